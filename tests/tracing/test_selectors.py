"""Targets of patches and replacements, as Kustomize matches them."""

from typing import Any

import pytest

from ringtrue.manifests.resource import Resource
from ringtrue.tracing.selectors import rejects, selects

WEB = Resource(
    {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "prod-web", "labels": {"app": "web", "tier": "front"}, "annotations": {"owner": "shop"}},
    },
    "shop",
)
NAMES = ("web", "prod-web")
NAMESPACES = ("default", "shop")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"kind": "Deployment"}, True),
        ({"kind": "Deploy"}, False),
        ({"group": "apps", "version": "v1"}, True),
        ({"group": "batch"}, False),
        ({"name": "web"}, True),
        ({"name": "prod-.*"}, True),
        ({"name": "we"}, False),
        ({"name": "web("}, False),
        ({"namespace": "shop"}, True),
        ({"namespace": "other"}, False),
        ({"labelSelector": "app=web, tier in (front, back)"}, True),
        ({"labelSelector": "app==web,!stage"}, True),
        ({"labelSelector": "app!=web"}, False),
        ({"labelSelector": "tier notin (front)"}, False),
        ({"labelSelector": "stage"}, False),
        ({"annotationSelector": "owner=shop"}, True),
        ({}, True),
        ("Deployment", False),
    ],
    ids=str,
)
def test_a_target_selects(target: Any, expected: bool) -> None:
    assert selects(target, WEB, NAMES, NAMESPACES) is expected


@pytest.mark.parametrize(
    ("rejected", "expected"),
    [([{"name": "web"}], True), ([{"name": "api"}], False), ([{}], False), (None, False)],
    ids=["named", "another", "empty", "none"],
)
def test_a_replacement_rejects(rejected: Any, expected: bool) -> None:
    assert rejects(rejected, WEB, NAMES, NAMESPACES) is expected
