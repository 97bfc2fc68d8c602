"""What writes out of sight, and text whose lines cannot be counted: small trees, rendered values given."""

from pathlib import Path

import pytest

from ringtrue.environments.environment import Source
from ringtrue.manifests.resource import Resource
from ringtrue.rendering.request import Origin
from ringtrue.repository.graph import graph
from ringtrue.repository.tree import FolderTree
from ringtrue.tracing import trace

SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: ClusterIP\n"
HEAD = "resources:\n- service.yaml\n"
FOLDED = """patches:
- target: {kind: Service}
  patch: >-
    [{"op": "replace", "path": "/spec/type",

    "value": "NodePort"}]
"""
ESCAPED = r"""patches:
- target: {kind: Service}
  patch: "- op: replace\n  path: /spec/type\n  value: NodePort"
"""
COPIED = """patches:
- target: {kind: Service}
  patch: |
    - {op: copy, from: /spec/other, path: /spec/type}
"""


def test_a_kind_that_a_patch_has_changed(tmp_path: Path) -> None:
    (tmp_path / "both.yaml").write_text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n---\n" + SERVICE
    )
    (tmp_path / "kustomization.yaml").write_text(
        "resources:\n- both.yaml\npatches:\n- target: {kind: Service}\n"
        "  patch: '[{op: replace, path: /kind, value: Door}]'\n"
    )
    tree = FolderTree(tmp_path, tmp_path)
    rendered = {"apiVersion": "v1", "kind": "Door", "metadata": {"name": "web"}, "spec": {"type": "ClusterIP"}}
    resource = Resource(rendered, "default", ".")
    place = trace(
        resource.at("spec", "type"), Origin("both.yaml"), graph(tree), tree, Source(".", resources=(resource,))
    )
    assert str(place.location) == "both.yaml:11:9"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", "service.yaml:6:9"),
        ("vars:\n- name: TYPE\n", "kustomization.yaml:3:1"),
        ("transformers:\n- plugin.yaml\n", "kustomization.yaml:3:1"),
        (FOLDED, "kustomization.yaml:5:10"),
        (ESCAPED, "kustomization.yaml:5:10"),
        (COPIED, "kustomization.yaml:6:43"),
        ("patches:\n- path: gone.yaml\n", "service.yaml:6:9"),
        ("patches: 7\nreplicas: x\nimages: [1]\nlabels: {}\nreplacements: [{targets: 3}]\n", "service.yaml:6:9"),
    ],
    ids=["nobody", "vars", "transformers", "folded patch", "escaped patch", "copy", "no such patch", "nonsense"],
)
def test_a_value_that_no_line_has(tmp_path: Path, fields: str, expected: str) -> None:
    (tmp_path / "service.yaml").write_text(SERVICE)
    (tmp_path / "kustomization.yaml").write_text(HEAD + fields)
    tree = FolderTree(tmp_path, tmp_path)
    rendered = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "NodePort"}}
    resource = Resource(rendered, "default", ".")
    source = Source(".", resources=(resource,))
    place = trace(resource.at("spec", "type"), Origin("service.yaml"), graph(tree), tree, source)
    assert str(place.location) == expected
