"""How Argo CD marks what it owns."""

import pytest

from ringtrue.argocd.tracking import instance_name, labels
from ringtrue.manifests.resource import Resource

LABEL = "app.kubernetes.io/instance"


def made(kind: str, **metadata: object) -> Resource:
    return Resource({"apiVersion": "v1", "kind": kind, "metadata": {"name": "cart", **metadata}}, "shop")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [({}, "cart"), ({"namespace": "argocd"}, "cart"), ({"namespace": "teams"}, "teams_cart")],
)
def test_instance_name(metadata: dict[str, object], expected: str) -> None:
    assert instance_name(made("Application", **metadata), "argocd") == expected


@pytest.mark.parametrize(
    ("kind", "method", "instance", "expected"),
    [
        ("Service", "annotation", "shop", {LABEL: "cart", "team": "a"}),
        ("Service", "label", "shop", {LABEL: "shop", "team": "a"}),
        ("Service", "annotation+label", "shop", {LABEL: "shop", "team": "a"}),
        ("CustomResourceDefinition", "label", "shop", {LABEL: "cart", "team": "a"}),
        ("Service", "label", "a" * 62 + "-b", {LABEL: "a" * 62 + "-b", "team": "a"}),
        ("Service", "annotation+label", "a" * 62 + "-b", {LABEL: "a" * 62, "team": "a"}),
    ],
)
def test_labels(kind: str, method: str, instance: str, expected: dict[str, str]) -> None:
    assert labels(made(kind, labels={LABEL: "cart", "team": "a"}), LABEL, instance, method) == expected
