"""Edits for kubectl: what they write, and when they would rather not."""

from pathlib import Path

import pytest

from ringtrue.rendering.kubectl_edits import edit

LABEL = ("add", "label", "--without-selector", "env:dev")
IMAGE = ("set", "image", "web=registry.example:5000/web:2@sha256:12")


def edited(text: str, arguments: tuple[str, ...], folder: Path) -> str:
    """The text afterwards, or what is said against it."""
    file = folder / "kustomization.yaml"
    file.write_text(text, encoding="utf-8")
    error = edit(arguments, folder)
    assert not error or file.read_text(encoding="utf-8") == text
    return error or file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "arguments", "expected"),
    [
        (
            "# top\nnamespace: a # ours\nresources: [b]\n",
            ("set", "namespace", "--", "é\u2028"),
            '# top\nnamespace: "é\\u2028" # ours\nresources: [b]\n',
        ),
        ("{resources: [b]}", ("set", "nameprefix", "--", "x-"), '{namePrefix: "x-", resources: [b]}'),
        ("resources:\n- b", ("set", "namesuffix", "--", "-x"), 'nameSuffix: "-x"\nresources:\n- b'),
        ("NameSpace: a\n", ("set", "namespace", "--", "b"), 'namespace: "b"\n'),
        (
            "images:\n- name: web\n  newTag: 'one'\n# end\n",
            IMAGE,
            'images: [{"name": "web", "newName": "registry.example:5000/web", "newTag": "2", "digest": "sha256:12"}]\n',
        ),
        (
            "labels:\n  - pairs: {a: b}\n",
            LABEL,
            'labels:\n  - pairs: {a: b}\n  - {"pairs": {"env": "dev"}, "includeTemplates": false}\n',
        ),
        (
            "commonLabels:\n  a: b\n",
            ("add", "label", 'c:"d"', "e"),
            'commonLabels: {"a": "b", "c": "d", "e": ""}\n',
        ),
        (
            "replicas: [{name: b, count: 2}]",
            ("set", "replicas", "a=1", "b=3"),
            ('replicas: [{"name": "a", "count": 1}, {"name": "b", "count": 3}]'),
        ),
    ],
    ids=["comment", "flow", "no-line-end", "case", "image", "labels", "common-labels", "replicas"],
)
def test_what_is_written(text: str, arguments: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    assert edited(text, arguments, tmp_path) == expected


@pytest.mark.parametrize(
    ("text", "arguments", "reason"),
    [
        ("- a\n", IMAGE, "the kustomization is no mapping, so nothing can be added to it"),
        ("a: [\n", IMAGE, "the kustomization cannot be read as YAML"),
        ("<<: {images: []}\n", IMAGE, "the kustomization has a merge key"),
        ("images: &a []\ncrds: *a\n", IMAGE, "images of the kustomization is an alias or has an anchor"),
        ("images: []\nImages: []\n", IMAGE, "images of the kustomization is given twice"),
        ("images: {}\n", IMAGE, "images of the kustomization is no list"),
        (
            "images: [{name: a, newTag: 1.5}]\n",
            IMAGE,
            "the kustomization holds a value without quotes that may be no text",
        ),
        ("images: [{name: !!int '1'}]\n", IMAGE, "the kustomization holds a value without quotes that may be no text"),
        ("images: [{name: yes}]\n", IMAGE, "the kustomization holds a value without quotes that may be no text"),
        ("images: [{name: a, other: b}]\n", IMAGE, "images of the kustomization have fields that are not known"),
        ("replicas: [{name: a, count: 0o7}]\n", ("set", "replicas", "b=1"), "replicas of the kustomization"),
        ("labels: [{pairs: {}, fields: []}]\n", LABEL, "labels of the kustomization have fields that are not known"),
        (
            "labels: [{pairs: {env: x}, includeSelectors: true}]\n",
            LABEL,
            "label env is there with other settings",
        ),
        ("resources: []\n", ("add", "label", "-x:y"), "a name such as '-x:y'"),
        ("resources: []\n", ("set", "annotation", "x:y"), "edit set annotation"),
    ],
)
def test_what_is_not_certain_is_left_alone(text: str, arguments: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    assert edited(text, arguments, tmp_path) == (
        f"kubectl cannot edit a kustomization, and ringtrue cannot do it alike ({reason}): install kustomize 5.8.1"
    )


def test_there_must_be_one_file(tmp_path: Path) -> None:
    assert edit(IMAGE, tmp_path) == "Missing kustomization file 'kustomization.yaml'."
    for name in ("kustomization.yaml", "Kustomization"):
        (tmp_path / name).write_text("resources: []\n")
    assert edit(IMAGE, tmp_path) == "Found multiple kustomization file: [kustomization.yaml Kustomization]"
