"""Targets that select nothing, and labels in selectors: told from the files, and held to what is really built."""

from typing import Any

import pytest

from ringtrue.environments.effects import effects
from ringtrue.environments.environment import Idleness
from ringtrue.findings import Location
from ringtrue.repository.checkout import working_tree
from ringtrue.repository.graph import graph

WEB = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {app: web}}\n"
MOVED = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: other}\n"
HIT = 'patch: "- {op: add, path: /metadata/annotations, value: {hit: y-e-s}}"'


def patched(target: str, more: str = "", resources: str = "[web.yaml]") -> str:
    return f"resources: {resources}\n{more}patches:\n- target: {{{target}}}\n  {HIT}\n"


COMPONENT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
BASE = "namePrefix: a-\nnamespace: shop\nresources: [web.yaml]\n"

PATCHES = {
    "kind": (patched("kind: Deployment"), {}),
    "other kind": (patched("kind: StatefulSet"), {}),
    "regular expression": (patched("kind: Deploy.*, name: 'w[a-e]b'"), {}),
    "expressions are anchored": (patched("name: we"), {}),
    "group": (patched("group: apps, version: v1"), {}),
    "other group": (patched("group: extensions, kind: Deployment"), {}),
    "default namespace": (patched("namespace: default"), {}),
    "own namespace comes later": (patched("namespace: shop", "namespace: shop\n"), {}),
    "own prefix comes later": (patched("name: a-web", "namePrefix: a-\n"), {}),
    "prefix of a base": (patched("name: a-web", resources="[base]"), {"base/kustomization.yaml": BASE}),
    "name before the prefix of a base": (patched("name: web", resources="[base]"), {"base/kustomization.yaml": BASE}),
    "namespace of a base": (patched("namespace: shop", resources="[base]"), {"base/kustomization.yaml": BASE}),
    "former namespace": (patched("namespace: other", resources="[base]"), {
        "base/kustomization.yaml": BASE, "base/web.yaml": MOVED,
    }),
    "label": (patched('labelSelector: "app in (web, log),app!=log,app"'), {}),
    "other label": (patched("labelSelector: app=log"), {}),
    "label of a base": (patched("labelSelector: tier=front", resources="[base]"), {
        "base/kustomization.yaml": BASE + "labels: [{pairs: {tier: front}}]\n",
    }),
    "own label comes later": (patched("labelSelector: tier=front", "labels: [{pairs: {tier: front}}]\n"), {}),
    "generator": (patched("kind: ConfigMap, name: c", "configMapGenerator: [{name: c, literals: [a=b]}]\n"), {}),
    "annotation": (patched("annotationSelector: a=b"), {}),
    "component acts on what is there": ("resources: [web.yaml]\ncomponents: [base]\n", {
        "base/kustomization.yaml": COMPONENT + patched("kind: Deployment", resources="[]"),
    }),
    "component before it is renamed": ("namePrefix: a-\nresources: [web.yaml]\ncomponents: [base]\n", {
        "base/kustomization.yaml": COMPONENT + patched("name: a-web", resources="[]"),
    }),
    "item of a list": (patched("name: web", resources="[all.yaml]"), {
        "all.yaml": "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: web}}\n",
    }),
    "second document": (patched("kind: Secret", resources="[all.yaml]"), {
        "all.yaml": WEB + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n",
    }),
    "CRD": (patched("name: wells.example.org", resources="[all.yaml]"), {
        "all.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata:\n  name: wells.example.org\nspec:\n  group: example.org\n\n  names: {kind: Well}\n---\n" + WEB,
    }),
}  # fmt: skip


@pytest.mark.parametrize(("kustomization", "files"), PATCHES.values(), ids=PATCHES)
def test_a_patch_is_idle_exactly_where_kustomize_changes_nothing(
    world: Any, kustomization: str, files: dict[str, str]
) -> None:
    if "base/kustomization.yaml" in files:
        files = {"base/web.yaml": WEB, **files}
    world.write({"shop/web.yaml": WEB, "shop/kustomization.yaml": kustomization})
    world.write({f"shop/{path}": text for path, text in files.items()})
    environment = world.survey("shop").environments[0]
    assert environment.complete
    changed = any("y-e-s" in str(resource.data) for resource in environment.resources)
    assert (environment.idle == ()) == changed


OPEN = {
    "renaming patch": (
        "resources: [web.yaml]\npatches:\n- target: {name: web}\n  options: {allowNameChange: true}\n"
        '  patch: "- {op: replace, path: /metadata/name, value: log}"\n- target: {name: log}\n  ' + HIT + "\n"
    ),
    "transformer": patched("name: x-web", "transformers: [prefix.yaml]\n"),
    "remote base": patched("name: far", resources="[web.yaml, 'github.com/example/far?ref=v1']"),
    "expression that takes for ever": patched(
        "name: '(w*)*x'", "namePrefix: wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww-\n"
    ),
}


@pytest.mark.parametrize("kustomization", OPEN.values(), ids=OPEN)
def test_nothing_is_said_where_more_may_come(world: Any, kustomization: str) -> None:
    prefix = "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: x-\n"
    world.write({"shop/web.yaml": WEB, "shop/prefix.yaml": prefix, "shop/kustomization.yaml": kustomization})
    assert world.survey().environments[0].idle == ()


def test_a_component_is_idle_only_where_every_use_of_it_is(world: Any) -> None:
    world.write({"c/kustomization.yaml": COMPONENT + patched("kind: Deployment", resources="[]")})
    world.write({"a/kustomization.yaml": "resources: [s.yaml]\ncomponents: [../c]\n", "a/s.yaml": world.service("s")})
    assert [len(each.idle) for each in world.survey().environments] == [1]
    world.write({"b/kustomization.yaml": "resources: [web.yaml]\ncomponents: [../c]\n", "b/web.yaml": WEB})
    assert [len(each.idle) for each in world.survey().environments] == [0, 0]


def test_each_environment_has_what_is_in_its_own_kustomizations(world: Any) -> None:
    world.write({"base/kustomization.yaml": patched("kind: Job"), "base/web.yaml": WEB})
    world.write({f"{each}/kustomization.yaml": "resources: [../base]\n" for each in ("a", "b")})
    world.write({"c/kustomization.yaml": "resources: [web.yaml]\n", "c/web.yaml": WEB})
    found = {each.name: [str(idle.location) for idle in each.idle] for each in world.survey().environments}
    assert found == {"a": ["base/kustomization.yaml:3:11"], "b": ["base/kustomization.yaml:3:11"], "c": []}


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("kind: Deployment, name: wed", "did you mean 'web'?"),
        ("kind: Deploymant, name: web", "did you mean Deployment 'web'?"),
        ("kind: Deploymant", "did you mean 'Deployment'?"),
        (
            "kind: Deployment, name: web, namespace: shop",
            "Deployment 'web' is there, but its namespace here is 'default'",
        ),
        ("kind: Deployment, labelSelector: app=log", "Deployment 'web' is there, but does not fit the labelSelector"),
        ("kind: Job", "remove it, or mend its target"),
    ],
)
def test_hints(world: Any, target: str, hint: str) -> None:
    world.write({"shop/kustomization.yaml": patched(target), "shop/web.yaml": WEB})
    assert [idle.hint for idle in world.survey().environments[0].idle] == [hint]


def replaced(target: str, more: str = "") -> str:
    return (
        f"namePrefix: a-\nnamespace: shop\nresources: [web.yaml]\n{more}replacements:\n"
        "- sourceValue: y-e-s\n  targets:\n"
        f"  - {target}\n    fieldPaths: [metadata.labels.app]\n"
    )


REPLACEMENTS = {
    "former name": (replaced("select: {kind: Deployment, name: web}"), None),
    "name": (replaced("select: {kind: Deployment, name: a-web}"), None),
    "namespace": (replaced("select: {namespace: shop}"), None),
    "label": (replaced("select: {labelSelector: app=web}"), None),
    "other name": (replaced("select: {name: log}"), Idleness.UNMATCHED),
    "rejected": (replaced("select: {name: web}\n    reject: [{kind: Deployment}]"), Idleness.REJECTED),
    "other rejected": (replaced("select: {name: web}\n    reject: [{name: log}, {}]"), None),
    "index": (replaced("select: {name: web}\n    options: {index: 1}"), Idleness.INDEX),
    "index and delimiter": (replaced("select: {name: web}\n    options: {index: 1, delimiter: .}"), None),
}


@pytest.mark.parametrize(("kustomization", "reason"), REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_replacements(world: Any, kustomization: str, reason: Idleness | None) -> None:
    world.write({"shop/kustomization.yaml": kustomization, "shop/web.yaml": WEB})
    environment = world.survey().environments[0]
    assert environment.complete
    assert [idle.reason for idle in environment.idle] == ([reason] if reason else [])
    changed = "y-e-s" in str(environment.resources[0].data)
    assert changed == (reason in (None, Idleness.INDEX))


def test_replacements_in_a_file(world: Any) -> None:
    targets = "  targets:\n  - select: {name: log}\n    fieldPaths: [metadata.labels.app]\n"
    world.write({"shop/kustomization.yaml": "resources: [web.yaml]\nreplacements: [{path: r.yaml}]\n"})
    world.write({"shop/web.yaml": WEB, "shop/r.yaml": "- sourceValue: x\n" + targets})
    idle = world.survey().environments[0].idle[0]
    assert (idle.layer, idle.location) == ("shop/kustomization.yaml", Location("shop/r.yaml", 3, 13))


LABELLED = "labels: [{pairs: {team: red}, includeSelectors: true}]\nresources: [all.yaml]\n"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n---\n"
SLICE = (
    "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\naddressType: IPv4\nendpoints: []\n"
    "metadata: {name: s-1, labels: {kubernetes.io/service-name: s}}\n---\n"
)
POLICY = (
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n"
    "spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: in}}}, {namespaceSelector: {}}]}]}\n"
)


@pytest.mark.parametrize(
    ("layer", "objects", "expected"),
    [
        (LABELLED, WEB, (["web"], [], [])),
        (LABELLED, SERVICE, (["s"], [], [])),
        (LABELLED, SERVICE + SLICE, ([], [], ["s"])),
        (LABELLED, SERVICE.replace("ports", "type: ExternalName, externalName: x.example, ports"), None),
        (LABELLED, SERVICE.replace("{ports", "{selector: {team: red}, ports"), None),
        (LABELLED, POLICY, ([], ["p"], [])),
        (LABELLED, POLICY.replace("podSelector: {}", "podSelector: {matchLabels: {app: web}}"), (["p"], ["p"], [])),
        (LABELLED.replace("includeSelectors", "includeTemplates"), WEB, None),
        ("commonLabels: {team: red}\nresources: [all.yaml]\n", WEB, (["web"], [], [])),
    ],
)
def test_labels_in_selectors(world: Any, layer: str, objects: str, expected: tuple[list[str], ...] | None) -> None:
    world.write({"shop/kustomization.yaml": layer, "shop/all.yaml": objects})
    found = world.survey().environments[0].relabelled
    assert [
        tuple([each.name for each in part] for part in (change.selecting, change.peers, change.invented))
        for change in found
    ] == ([expected] if expected else [])


def test_labels_that_an_inner_layer_has_written_already(world: Any) -> None:
    world.write({"base/kustomization.yaml": LABELLED, "base/all.yaml": WEB})
    world.write({"shop/kustomization.yaml": LABELLED.replace("all.yaml", "../base")})
    found = world.survey().environments[0].relabelled
    assert [(change.layer, str(change.location)) for change in found] == [
        ("base/kustomization.yaml", "base/kustomization.yaml:1:10")
    ]


def test_deep_and_doubling_kustomizations_end(world: Any) -> None:
    world.write({"l0/kustomization.yaml": patched("kind: Job", resources="[web.yaml]"), "l0/web.yaml": WEB})
    for number in range(1, 120):
        world.write({f"l{number}/kustomization.yaml": f"resources: [../l{number - 1}]\n" + patched("kind: Job")[22:]})
    for number in range(1, 40):
        twice = f"components: [../c{number - 1}, ../c{number - 1}]\n"
        world.write({f"c{number}/kustomization.yaml": COMPONENT + twice})
    world.write({"c0/kustomization.yaml": COMPONENT + patched("kind: Job", resources="[]")})
    world.write({"many/kustomization.yaml": "resources: [web.yaml]\ncomponents: [../c39]\n", "many/web.yaml": WEB})
    tree = working_tree(world.root)
    found = effects(tree, graph(tree), ["l119", "many"]).by_file
    assert "l0/kustomization.yaml" not in found
    assert ("l119/kustomization.yaml" in found, len(found["c0/kustomization.yaml"].idle)) == (False, 1)
