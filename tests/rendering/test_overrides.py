"""Argo CD's overrides: the same bytes as its own calls of `kustomize edit` and `kustomize build` in a copy."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringtrue.rendering.messages import cleaned
from ringtrue.rendering.overrides import Overrides, overrides_of
from ringtrue.rendering.request import Origin, Rendered, Renderer, Request
from ringtrue.rendering.substitution import application_variables, expand

HERE = Path(__file__).parent
REPOSITORY = HERE / "overridden"
CASES = yaml.safe_load((HERE / "overrides.yaml").read_text(encoding="utf-8"))
VARIABLES = application_variables(name="shop-dev", path="overlay", commit="0123456789abcdef")
NOT_WITH_KUBECTL = {
    "components-of-a-pattern",
    "components-of-a-pattern-in-the-middle",
    "component-that-is-hidden",
}
PATTERN = (
    "kubectl cannot edit a kustomization, and ringtrue cannot do it alike "
    "(a component given as a pattern): install kustomize 5.8.1"
)
MakeRenderer = Callable[[str], Renderer]
Case = Mapping[str, Any]


class Refused(Exception):
    """Kustomize's own words."""


class ArgoCD:
    """What Argo CD 3.5's repo-server does with `spec.source.kustomize`, step by step, in a copy of the repository."""

    def __init__(self, kustomize: Path, copy: Path) -> None:
        self.program = kustomize
        self.copy = copy

    def build(self, source: str, kustomize: Mapping[str, Any]) -> str:
        folder = self.copy / source
        for arguments in self.edits(kustomize):
            self.run(folder, "edit", *arguments)
        if kustomize.get("patches"):
            self.patch(folder, kustomize["patches"])
        components = [
            each
            for each in kustomize.get("components", [])
            if not kustomize.get("ignoreMissingComponents") or (folder / each).exists()
        ]
        if components:
            self.run(folder, "edit", "add", "component", *components)
        return self.run(self.copy, "build", str(folder))

    def edits(self, kustomize: Mapping[str, Any]) -> Iterator[list[str]]:
        if kustomize.get("namePrefix"):
            yield ["set", "nameprefix", "--", kustomize["namePrefix"]]
        if kustomize.get("nameSuffix"):
            yield ["set", "namesuffix", "--", kustomize["nameSuffix"]]
        if kustomize.get("images"):
            yield ["set", "image", *(expand(image, VARIABLES) for image in kustomize["images"])]
        if kustomize.get("replicas"):
            yield ["set", "replicas", *(f"{each['name']}={each['count']}" for each in kustomize["replicas"])]
        if kustomize.get("commonLabels"):
            flags = {
                "forceCommonLabels": "--force",
                "labelWithoutSelector": "--without-selector",
                "labelIncludeTemplates": "--include-templates",
            }
            given = [flag for field, flag in flags.items() if kustomize.get(field)]
            pairs = [f"{name}:{expand(value, VARIABLES)}" for name, value in kustomize["commonLabels"].items()]
            yield ["add", "label", *given, *pairs]
        if kustomize.get("commonAnnotations"):
            given = ["--force"] if kustomize.get("forceCommonAnnotations") else []
            variables = kustomize.get("commonAnnotationsEnvsubst")
            pairs = [
                f"{name}:{expand(value, VARIABLES) if variables else value}"
                for name, value in kustomize["commonAnnotations"].items()
            ]
            yield ["add", "annotation", *given, *pairs]
        if kustomize.get("namespace"):
            yield ["set", "namespace", "--", kustomize["namespace"]]

    def patch(self, folder: Path, patches: list[dict[str, Any]]) -> None:
        file = next(path for path in (folder / "kustomization.yaml", folder / "kustomization.yml") if path.exists())
        fields = yaml.safe_load(file.read_text(encoding="utf-8"))
        known = [{**patch, "target": {**patch["target"]}} if "target" in patch else patch for patch in patches]
        for patch in known:
            patch.get("target", {}).pop("unknown", None)
        fields["patches"] = [*fields.get("patches", []), *known]
        file.write_text(yaml.safe_dump(fields), encoding="utf-8")

    def run(self, folder: Path, *arguments: str) -> str:
        done = subprocess.run([self.program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            words = "\n".join(line for line in done.stderr.splitlines() if not line.startswith("#"))
            raise Refused(cleaned(words.partition("\nUsage:\n")[0].removeprefix("Error: "), self.copy))
        return done.stdout


@pytest.fixture(scope="module")
def argocd(tmp_path_factory: pytest.TempPathFactory, kustomize: Path) -> dict[str, str | Refused]:
    """What Argo CD makes of each case, each in a copy of its own."""

    def build(case: Case) -> str | Refused:
        copy = tmp_path_factory.mktemp("argocd").resolve() / "copy"
        shutil.copytree(REPOSITORY, copy, symlinks=True)
        try:
            return ArgoCD(kustomize, copy).build(case["source"], case["kustomize"])
        except Refused as refused:
            return refused

    cases = CASES["rendered"] | CASES["refused"]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(cases, pool.map(build, cases.values()), strict=True))


@pytest.fixture(scope="module")
def answers(make_renderer: MakeRenderer) -> dict[str, dict[tuple[str, str], Rendered]]:
    """For each renderer, its answer to every case; all cases in one call, so that they meet in one process."""
    named = {(kind, name): asked(case) for kind in CASES for name, case in CASES[kind].items()}
    before = state(REPOSITORY)
    given = {
        name: dict(zip(named, make_renderer(name).render(list(named.values()), REPOSITORY), strict=True))
        for name in ("builtin", "kustomize", "kubectl")
    }
    assert state(REPOSITORY) == before
    return given


def asked(case: Case, argocd_version: tuple[int, int] = (3, 5)) -> Request:
    return Request(case["source"], "yaml", overrides=overrides_of(case["kustomize"], VARIABLES, argocd_version))


def state(root: Path) -> dict[str, str]:
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path): f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files}


@pytest.mark.parametrize("name", CASES["rendered"])
def test_the_bytes_are_those_of_argo_cd(
    name: str, argocd: dict[str, str | Refused], answers: dict[str, dict[tuple[str, str], Rendered]]
) -> None:
    expected = argocd[name]
    given = {each: answers[each]["rendered", name] for each in answers}
    assert {each: (answer.text, answer.error) for each, answer in given.items()} == {
        "builtin": (expected, ""),
        "kustomize": (expected, ""),
        "kubectl": (None, PATTERN) if name in NOT_WITH_KUBECTL else (expected, ""),
    }


@pytest.mark.parametrize("name", CASES["refused"])
def test_the_refusal_is_kustomizes_own(
    name: str, argocd: dict[str, str | Refused], answers: dict[str, dict[tuple[str, str], Rendered]]
) -> None:
    refused = argocd[name]
    assert isinstance(refused, Refused)
    words = str(refused)
    given = {each: answers[each]["refused", name] for each in answers}
    own = given["kubectl"].error
    assert words
    assert own
    assert {each: (answer.text, answer.error) for each, answer in given.items()} == {
        "builtin": (None, words),
        "kustomize": (None, words),
        "kubectl": (None, own),
    }
    assert words.startswith(own)


def test_origins_are_those_of_the_edited_kustomization(make_renderer: MakeRenderer) -> None:
    overrides = overrides_of({"namePrefix": "x-", "components": ["../components/debug"]}, VARIABLES)
    request = Request("yml", origins=True, values=False, overrides=overrides)
    for name in ("builtin", "kustomize"):
        answer = make_renderer(name).render([request], REPOSITORY)[0]
        assert answer == Rendered(request, origins=(Origin("base/shop.yaml"), Origin("base/shop.yaml")))


@pytest.mark.parametrize("name", ["builtin", "kustomize"])
def test_argo_cd_3_6_stops_at_the_first_component_that_is_there(name: str, make_renderer: MakeRenderer) -> None:
    wanted = {
        "components": ["../components/plain", "../components/debug", "../components/tls"],
        "ignoreMissingComponents": True,
    }
    case = {"source": "base", "kustomize": wanted}
    only = {"source": "base", "kustomize": {"components": ["../components/debug"]}}
    first, expected = make_renderer(name).render([asked(case, (3, 6)), asked(only)], REPOSITORY)
    assert first.text
    assert first.text == expected.text


@pytest.mark.parametrize("name", ["builtin", "kustomize"])
@pytest.mark.parametrize(
    ("component", "error"),
    [
        (
            "https://github.com/acme/parts//tls?ref=v1",
            "components entry 'https://github.com/acme/parts//tls?ref=v1' is remote, and ringtrue fetches nothing",
        ),
        ("../../..", "components entry '../../..' leads out of the root"),
    ],
    ids=["remote", "outside"],
)
def test_a_component_is_not_fetched(name: str, component: str, error: str, make_renderer: MakeRenderer) -> None:
    request = asked({"source": "base", "kustomize": {"components": [component]}})
    assert make_renderer(name).render([request], REPOSITORY) == [
        Rendered(request, error=f"spec.source.kustomize: {error}")
    ]


@pytest.mark.parametrize(
    "kustomize",
    [None, {}, [], {"version": "v5.8.1"}, {"namePrefix": 3, "images": "x", "commonLabels": {"a": 1}}],
    ids=["absent", "empty", "list", "version", "wrong-types"],
)
def test_what_changes_nothing_is_no_override(kustomize: Any) -> None:
    assert overrides_of(kustomize, VARIABLES) is None


def test_overrides_are_read_as_argo_cds_types() -> None:
    given = overrides_of(CASES["rendered"]["patch-with-every-target-field"]["kustomize"], VARIABLES)
    assert given
    assert replace(given, patches=()) == Overrides()
    assert given.wire()["patches"] == [
        {
            "target": {
                "group": "apps",
                "version": "v1",
                "kind": "Deployment",
                "name": "sho.",
                "labelSelector": "app=shop",
                "annotationSelector": "!none",
            },
            "patch": '- {op: add, path: /metadata/annotations, value: {text: "snow ☃ 😀 line\u2028break"}}',
            "options": {"allowNameChange": False},
        }
    ]


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("$NAME", "web"),
        ("${NAME}", "web"),
        ("$NAME-x/${NAME}y", "web-x/weby"),
        ("$NAMES", ""),
        ("$$NAME", "$NAME"),
        ("$${NAME}", "${NAME}"),
        ("${$}", "$"),
        ("$1st", "st"),
        ("${}x", "x"),
        ("${NAME", "NAME"),
        ("a $ b", "a $ b"),
        ("end$", "end$"),
        ("$é", "$é"),
        ("${a b}", "spaced"),
    ],
)
def test_variables_are_put_in_as_go_does(text: str, expanded: str) -> None:
    assert expand(text, {"NAME": "web", "a b": "spaced"}) == expanded


def test_an_unknown_commit_is_written_as_zeros() -> None:
    variables = application_variables(name="shop")
    assert {name: value for name, value in variables.items() if value} == {
        "ARGOCD_APP_NAME": "shop",
        "ARGOCD_APP_REVISION": "0" * 40,
        "ARGOCD_APP_REVISION_SHORT": "0" * 7,
        "ARGOCD_APP_REVISION_SHORT_8": "0" * 8,
    }
