"""What a kustomization names, what it reaches, and in which order it is built."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from ringtrue.repository.checkout import working_tree
from ringtrue.repository.graph import Graph, graph, on_demand
from ringtrue.repository.kustomization import Deprecated, Entry, State


def write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def read(root: Path, files: Mapping[str, str]) -> Graph:
    write(root, files)
    return graph(working_tree(root))


def entries(found: Graph, folder: str) -> list[tuple[str, int, str, str | None, str, int]]:
    layer = found.get(folder)
    assert layer is not None
    return [(e.field, e.index, e.text, e.path, e.state.value, e.line) for e in layer.entries]


EVERY_FIELD = """\
resources:
  - service.yaml
  - ../base
bases: [../old]
components: [part]
patches:
  - path: patch.yaml
  - target: {kind: Service}
    patch: |-
      - op: remove
        path: /spec/type
patchesStrategicMerge:
  - merge.yaml
  - |-
    apiVersion: v1
    kind: Service
patchesJson6902:
  - path: json.yaml
    target: {version: v1, kind: Service, name: x}
configMapGenerator:
  - name: settings
    files: [page.html, named=other.html]
    envs: [a.env]
    env: b.env
secretGenerator:
  - name: keys
    files: [key.pem]
replacements:
  - path: replacement.yaml
  - source: {kind: Service, name: x}
transformers: [transformer.yaml]
generators: [generator.yaml]
validators: [validator.yaml]
configurations: [configuration.yaml]
crds: [crd.json]
openapi: {path: schema.json}
helmCharts:
  - name: redis
"""


def test_every_field_that_names_a_file_is_followed(tmp_path: Path) -> None:
    files = [
        *("service.yaml", "patch.yaml", "merge.yaml", "json.yaml", "page.html", "other.html", "a.env", "b.env"),
        *("key.pem", "replacement.yaml", "transformer.yaml", "generator.yaml", "validator.yaml"),
        *("configuration.yaml", "crd.json", "schema.json"),
    ]
    found = read(
        tmp_path,
        {
            "app/kustomization.yaml": EVERY_FIELD,
            "base/kustomization.yml": "",
            "old/Kustomization": "{}",
            "app/part/kustomization.yaml": "kind: Component\n",
            **{f"app/{file}": "" for file in files},
        },
    )

    assert entries(found, "app") == [
        ("resources", 0, "service.yaml", "app/service.yaml", "file", 2),
        ("resources", 1, "../base", "base", "folder", 3),
        ("bases", 0, "../old", "old", "folder", 4),
        ("components", 0, "part", "app/part", "folder", 5),
        ("configurations", 0, "configuration.yaml", "app/configuration.yaml", "file", 34),
        ("crds", 0, "crd.json", "app/crd.json", "file", 35),
        ("patchesStrategicMerge", 0, "merge.yaml", "app/merge.yaml", "file", 13),
        ("transformers", 0, "transformer.yaml", "app/transformer.yaml", "file", 31),
        ("generators", 0, "generator.yaml", "app/generator.yaml", "file", 32),
        ("validators", 0, "validator.yaml", "app/validator.yaml", "file", 33),
        ("patches", 0, "patch.yaml", "app/patch.yaml", "file", 7),
        ("patchesJson6902", 0, "json.yaml", "app/json.yaml", "file", 18),
        ("replacements", 0, "replacement.yaml", "app/replacement.yaml", "file", 29),
        ("configMapGenerator", 0, "page.html", "app/page.html", "file", 22),
        ("configMapGenerator", 0, "other.html", "app/other.html", "file", 22),
        ("configMapGenerator", 0, "a.env", "app/a.env", "file", 23),
        ("configMapGenerator", 0, "b.env", "app/b.env", "file", 24),
        ("secretGenerator", 0, "key.pem", "app/key.pem", "file", 27),
        ("openapi", 0, "schema.json", "app/schema.json", "file", 36),
        ("helmCharts", 0, "redis", None, "remote", 38),
    ]
    assert found.closure("app") == tuple(
        sorted(
            [
                *(f"app/{file}" for file in files),
                *(
                    "app/kustomization.yaml",
                    "app/part/kustomization.yaml",
                    "base/kustomization.yml",
                    "old/Kustomization",
                ),
            ]
        )
    )
    assert [layer.folder for layer in found.layers("app")] == ["base", "old", "app/part", "app"]
    assert found.leaves() == ("app",)


@pytest.mark.parametrize(
    ("text", "path", "state"),
    [
        ("gone.yaml", "app/gone.yaml", State.MISSING),
        ("../gone", "gone", State.MISSING),
        ("https://example.com/x.yaml", None, State.REMOTE),
        ("github.com/org/repo//deploy?ref=v1", None, State.REMOTE),
        ("git@example.com:org/repo", None, State.REMOTE),
        ("ssh://git@example.com/org/repo", None, State.REMOTE),
        ("../../up.yaml", None, State.OUTSIDE),
        ("/etc/hosts", None, State.OUTSIDE),
        ("out.yaml", None, State.OUTSIDE),
        ("linked.yaml", "app/linked.yaml", State.FILE),
        ("dangling.yaml", "app/dangling.yaml", State.MISSING),
        ("folder.yaml", "app/folder.yaml", State.FOLDER),
    ],
)
def test_state_of_a_resource(tmp_path: Path, text: str, path: str | None, state: State) -> None:
    root = tmp_path / "root"
    write(tmp_path, {"secret.yaml": ""})
    write(root, {"app/real.yaml": "", "app/folder.yaml/x.yaml": ""})
    (root / "app/out.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "app/linked.yaml").symlink_to("real.yaml")
    (root / "app/dangling.yaml").symlink_to("nowhere.yaml")

    found = read(root, {"app/kustomization.yaml": f"resources:\n- {text}\n"}).get("app")

    assert found is not None
    expected = Entry("app/kustomization.yaml", "resources", 0, text, path, state, 2, 3, 3 + len(text))
    assert found.entries == (expected,)


def test_field_names_have_no_case(tmp_path: Path) -> None:
    found = read(tmp_path, {"Kustomization": "Resources: [a.yaml]\n", "a.yaml": ""})
    assert entries(found, ".") == [("resources", 0, "a.yaml", "a.yaml", "file", 1)]


def test_cycle_is_bounded_named_once_and_stands_as_a_leaf(tmp_path: Path) -> None:
    found = read(
        tmp_path, {"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"}
    )
    assert [entry.file for entry in found.cycle("a")] == ["a/kustomization.yaml", "b/kustomization.yaml"]
    assert found.closure("a") == ("a/kustomization.yaml", "b/kustomization.yaml")
    assert found.leaves() == ("a",)


def test_kustomization_in_itself_is_a_cycle(tmp_path: Path) -> None:
    found = read(tmp_path, {"a/kustomization.yaml": "resources: [.]\n"})
    assert [entry.text for entry in found.cycle("a")] == ["."]
    assert found.leaves() == ("a",)


def test_diamond_is_no_cycle_and_built_once(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "top/kustomization.yaml": "resources: [../left, ../right]\n",
            "left/kustomization.yaml": "resources: [../base]\n",
            "right/kustomization.yaml": "resources: [../base]\n",
            "base/kustomization.yaml": "",
        },
    )
    assert found.cycle("top") == ()
    assert [layer.folder for layer in found.layers("top")] == ["base", "left", "right", "top"]


def test_components_are_no_leaves_and_skipped_folders_use_nothing(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "prod/kustomization.yaml": "{}",
            "unused/kustomization.yaml": "kind: Component\n",
            "tests/kustomization.yaml": "resources: [../prod]\n",
        },
    )
    assert found.leaves() == ("tests",)
    assert found.leaves(lambda folder: folder == "tests") == ("prod",)


@pytest.mark.parametrize(
    ("content", "broken", "place"),
    [
        (b"resources:\n\t- a\n", "found character that cannot start any token", (2, 1)),
        (b"- a\n", "is not a mapping", (1, 1)),
        (b"# nothing yet\n", "is empty", (1, 1)),
        (b"a: \xff\n", "is not UTF-8", (1, 1)),
        (b"a: " + b"[" * 6000, "is nested deeper than 200 levels", (1, 1)),
    ],
    ids=["tab", "list", "empty", "latin-1", "deep"],
)
def test_kustomization_that_cannot_be_read_is_kept(
    tmp_path: Path, content: bytes, broken: str, place: tuple[int, int]
) -> None:
    (tmp_path / "kustomization.yaml").write_bytes(content)
    found = graph(working_tree(tmp_path)).get(".")
    assert found is not None
    assert (found.broken, found.broken_at, found.entries) == (broken, place, ())


def test_two_kustomization_files_in_one_folder_are_a_fault(tmp_path: Path) -> None:
    found = read(tmp_path, {"kustomization.yaml": "", "Kustomization": ""}).get(".")
    assert found is not None
    assert found.broken == "more than one kustomization file: 'kustomization.yaml' and 'Kustomization'"


def test_deprecated_fields_with_their_places(tmp_path: Path) -> None:
    text = "resources: []\ncommonLabels: {a: b}\nvars: []\npatchesStrategicMerge: []\n"
    found = read(tmp_path, {"kustomization.yaml": text}).get(".")
    assert found is not None
    assert found.deprecated == (
        Deprecated("commonLabels", "labels", 2, 1),
        Deprecated("patchesStrategicMerge", "patches", 4, 1),
        Deprecated("vars", "replacements", 3, 1),
    )


def test_values_of_a_kustomization_stay_text(tmp_path: Path) -> None:
    text = 'images: [{name: a, newTag: "1"}, {name: b, newTag: 2.40}]\nreplicas: [{name: c, count: 3}]\nx: yes\ny: ~\n'
    found = read(tmp_path, {"kustomization.yaml": text}).get(".")
    assert found is not None
    assert found.data == {
        "images": [{"name": "a", "newTag": "1"}, {"name": "b", "newTag": "2.40"}],
        "replicas": [{"name": "c", "count": 3}],
        "x": "yes",
        "y": None,
    }


def test_aliases_are_shared_so_that_a_bomb_stays_small(tmp_path: Path) -> None:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 40)]
    found = read(tmp_path, {"kustomization.yaml": "a0: &a0 [x]\n" + "".join(lines) + "loop: &loop [*loop]\n"}).get(".")
    assert found is not None
    assert (found.data["a1"], found.data["loop"]) == ([["x"]] * 10, [None])


def test_only_the_first_document_counts(tmp_path: Path) -> None:
    found = read(tmp_path, {"kustomization.yaml": "resources: [a.yaml]\n---\nresources: [b.yaml]\n", "a.yaml": ""})
    assert entries(found, ".") == [("resources", 0, "a.yaml", "a.yaml", "file", 1)]


def test_base_in_an_ignored_folder_is_read_when_it_is_named(tmp_path: Path) -> None:
    found = read(
        tmp_path, {"app/kustomization.yaml": "resources: [../.made]\n", ".made/kustomization.yaml": "resources: []\n"}
    )
    assert list(found.kustomizations) == [".made", "app"]


def test_a_skipped_folder_is_read_when_something_asks_for_it(tmp_path: Path) -> None:
    files = {
        "prod/kustomization.yaml": "resources: [../tests/base]",
        "tests/base/kustomization.yaml": "resources: [a.yaml]",
        "tests/base/a.yaml": "",
        "tests/case/kustomization.yaml": "resources: [../base, b.yaml]",
        "tests/case/b.yaml": "",
    }
    write(tmp_path, files)

    found = graph(working_tree(tmp_path), skip=lambda folder: folder.startswith("tests"))

    assert list(found.kustomizations) == ["prod", "tests/base"]
    assert found.closure("tests/case") == (
        "tests/base/a.yaml",
        "tests/base/kustomization.yaml",
        "tests/case/b.yaml",
        "tests/case/kustomization.yaml",
    )
    assert found.get("tests") is None


def test_on_demand_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"kustomization.yaml": "resources: [base]", "base/kustomization.yaml": ""})
    found = on_demand(working_tree(tmp_path))

    assert list(found.kustomizations) == []
    assert [layer.folder for layer in found.layers(".")] == ["base", "."]
