"""What a Flux Kustomization says."""

import pytest

from ringtrue.flux.kustomizations import aimed, inside, other_cluster, overrides, patched_kind
from ringtrue.rendering.overrides import Overrides


@pytest.mark.parametrize(
    ("path", "expected"), [("", "."), ("./", "."), ("./a/b/", "a/b"), ("/a", "a"), ("../../a", "a"), ("a/../b", "b")]
)
def test_a_path_never_leaves_its_source(path: str, expected: str) -> None:
    assert inside(path) == expected


def test_overrides() -> None:
    images = [{"name": "a", "newTag": "2"}, {"name": "b", "newName": "c"}, {"name": "d", "digest": "sha256:1"}]
    spec = {"targetNamespace": "shop", "namePrefix": "p-", "images": images, "ignoreMissingComponents": True}
    assert overrides(spec) == Overrides(
        namespace="shop",
        name_prefix="p-",
        images=("a=*:2", "b=c:*@*", "d=*@sha256:1"),
        ignore_missing="directory",
    )
    assert overrides({"path": "./a"}) is None


def test_a_patch_is_aimed_at_what_it_names() -> None:
    patch = '{"patch": "kind: Service\\nmetadata: {name: web}\\n"}'
    assert patched_kind(patch) == "Service"
    assert '"target": {"kind": "Service", "name": "web"}' in aimed(patch)


def test_another_cluster() -> None:
    assert other_cluster({"kubeConfig": {"secretRef": {"name": "eu"}}}) == "eu"
    assert other_cluster({}) == ""
