"""What Kustomize says of a source that does not render: its own words, the same from each renderer, no path of ours."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ringtrue.rendering.request import Rendered, Renderer, Request

Tree = Mapping[str, str]
Plant = Callable[[Tree], Path]
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: m}\nspec: {replicas: 1}\n"


def alone(kustomization: str, **files: str) -> Tree:
    return {"app/kustomization.yaml": kustomization, "app/m.yaml": MAP} | {f"app/{k}.yaml": v for k, v in files.items()}


CASES: dict[str, tuple[Tree, str]] = {
    "missing file": (
        alone("resources: [service.yaml]"),
        (
            "accumulating resources: accumulation err='accumulating resources from 'service.yaml': evalsymlink "
            "failure on 'app/service.yaml' : lstat app/service.yaml: no such file or directory': must build at "
            "directory: not a valid directory: evalsymlink failure on 'app/service.yaml' : lstat "
            "app/service.yaml: no such file or directory"
        ),
    ),
    "itself": (
        alone("resources: [.]"),
        (
            "accumulating resources: accumulation err='accumulating resources from '.': 'app' must resolve to "
            "a file': cycle detected: candidate root 'app' contains visited root 'app'"
        ),
    ),
    "a cycle of two": (
        alone("resources: [../other]") | {"other/kustomization.yaml": "resources: [../app]"},
        (
            "accumulating resources: accumulation err='accumulating resources from '../other': 'other' must "
            "resolve to a file': recursed accumulation of path 'other': accumulating resources: accumulation "
            "err='accumulating resources from '../app': 'app' must resolve to a file': cycle detected: "
            "candidate root 'app' contains visited root 'app'"
        ),
    ),
    "no kustomization": (
        {"app/m.yaml": MAP},
        "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'app'",
    ),
    "two kustomizations": (
        alone("resources: [m.yaml]") | {"app/Kustomization": ""},
        "Found multiple kustomization files under: app",
    ),
    "no such directory": (
        {"other": ""},
        (
            "must build at directory: not a valid directory: evalsymlink failure on 'app' : lstat app: no such "
            "file or directory"
        ),
    ),
    "an empty kustomization": (alone(""), "kustomization.yaml is empty"),
    "a field that does not exist": (
        alone("resource: [m.yaml]"),
        'invalid Kustomization: json: unknown field "resource"',
    ),
    "a kustomization that is no YAML": (
        alone("resources:\n\t- m.yaml"),
        "invalid Kustomization: yaml: line 2: found character that cannot start any token",
    ),
    "a duplicate resource": (
        alone("resources: [m.yaml, n.yaml]", n=MAP),
        (
            "accumulating resources: accumulation err='merging resources from 'n.yaml': may not add resource "
            "with an already registered id: ConfigMap.v1.[noGrp]/m.[noNs]': must build at directory: "
            "'app/n.yaml': file is not directory"
        ),
    ),
    "an exec plugin": (
        alone("generators: [g.yaml]", g="apiVersion: example.org/v1\nkind: Exec\nmetadata: {name: m}\n"),
        (
            "loading generator plugins: failed to load generator: external plugins disabled; unable to load "
            "external plugin 'Exec'"
        ),
    ),
    "a file of another directory": (
        alone("configMapGenerator: [{name: x, files: [../other]}]") | {"other": "text"},
        "loading KV pairs: file sources: [../other]: security; file 'other' is not in or below 'app'",
    ),
    "a Secret's value in a malformed literal": (
        alone("secretGenerator: [{name: x, literals: ['password=x', 'hunter2']}]"),
        "loading KV pairs: a literal source is malformed, expected key=value",
    ),
    "a patch for nothing": (
        alone("resources: [m.yaml]\npatches: [{patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: z}}'}]"),
        (
            'no resource matches strategic merge patch "ConfigMap.v1.[noGrp]/z.[noNs]": no matches for Id '
            "ConfigMap.v1.[noGrp]/z.[noNs]; failed to find unique target for patch "
            "ConfigMap.v1.[noGrp]/z.[noNs]"
        ),
    ),
    "a key that is null": (
        alone("resources: [n.yaml]", n=f"{MAP}null: {{}}\n"),
        (
            'map[string]interface {}(nil): yaml: unmarshal errors:\n  line 5: mapping key "null" already '
            "defined at line 4"
        ),
    ),
}


PANIC = alone("resources: [d.yaml]\nopenapi: {path: s.json}\npatches: [{path: d.yaml}]", d=DEPLOYMENT) | {
    "app/s.json": "{broken"
}


@pytest.mark.parametrize("case", CASES)
def test_the_message_is_kustomizes_own(plant: Plant, renderer: Renderer, case: str) -> None:
    tree, message = CASES[case]
    answer = renderer.render([Request("app", origins=True)], plant(tree))
    assert answer == [Rendered(Request("app", origins=True), error=message)]


def test_a_panic_is_an_error_of_its_source(plant: Plant, renderer: Renderer) -> None:
    error = renderer.render([Request("app")], plant(PANIC))[0].error
    assert re.fullmatch("Kustomize panics: invalid schema file: [^\n]+", error)


def test_the_other_sources_go_on(plant: Plant, renderer: Renderer) -> None:
    root = plant(
        alone("resources: [service.yaml]") | {"good/kustomization.yaml": "resources: [m.yaml]", "good/m.yaml": MAP}
    )
    answers = renderer.render([Request("app"), Request("good"), Request("app")], root)
    assert [bool(answer.error) for answer in answers] == [True, False, True]


def test_a_panic_under_a_schema_of_its_own_leaves_the_others_alone(plant: Plant, builtin: Renderer) -> None:
    good = {"good/kustomization.yaml": "resources: [d.yaml]\npatches: [{path: d.yaml}]", "good/d.yaml": DEPLOYMENT}
    answers = builtin.render([Request("app"), Request("good")] * 5, plant({**PANIC, **good}))
    assert [bool(answer.error) for answer in answers] == [True, False] * 5
