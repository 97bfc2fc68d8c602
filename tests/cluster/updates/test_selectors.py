"""UPD-01: what changes a selector, and what is the same selector written otherwise."""

from collections.abc import Callable

import pytest

from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates import rejections
from ringtrue.manifests.resource import Resource

Said = Callable[..., list[str]]
WEB = "spec: {selector: {matchLabels: {app: web}}}"
IN = "spec: {selector: {matchExpressions: [{key: app, operator: In, values: [%s]}]}}"
IMMUTABLE = "field is immutable; it is app=web"


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "DaemonSet"])
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(WEB, "spec: {selector: {matchLabels: {app: shop}}}", f"app=shop: {IMMUTABLE}", id="UPD-01-value"),
        pytest.param(
            WEB,
            "spec: {selector: {matchLabels: {app: web, tier: front}}}",
            f"app=web,tier=front: {IMMUTABLE}",
            id="UPD-01-label-added",
        ),
        pytest.param(
            "spec: {selector: {matchLabels: {app: web, tier: front}}}",
            WEB,
            "app=web: field is immutable; it is app=web,tier=front",
            id="UPD-01-label-taken-away",
        ),
        pytest.param(
            IN % "a, b",
            IN % "b, a",
            "app in (b,a): field is immutable; it is app in (a,b)",
            id="UPD-01-order-of-values",
        ),
        pytest.param(
            WEB,
            "spec: {selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}",
            f"app in (web): {IMMUTABLE}",
            id="UPD-01-same-meaning-otherwise",
        ),
    ],
)
def test_another_selector(said: Said, kind: str, old: str, new: str, message: str) -> None:
    assert said(kind, old, new) == [f"UPD-01 spec.selector: Invalid value: {message}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(WEB, "spec: {replicas: 3, selector: {matchLabels: {app: web}}}", id="UPD-01-other-field"),
        pytest.param(WEB, "spec: {selector: {matchLabels: {app: web}, matchExpressions: []}}", id="UPD-01-empty-list"),
        pytest.param(
            "spec: {selector: {matchLabels: {a: b, c: d}}}",
            "spec: {selector: {matchLabels: {c: d, a: b}}, replicas: 2}",
            id="UPD-01-order-of-labels",
        ),
        pytest.param(WEB, "spec: {replicas: 2}", id="UPD-01-no-selector-is-for-the-schema"),
    ],
)
def test_the_same_selector(said: Said, old: str, new: str) -> None:
    assert said("Deployment", old, new) == []


def test_another_object_is_no_update() -> None:
    old, new = (
        Resource(
            {
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "metadata": {"name": name},
                "spec": {"selector": {"matchLabels": {"app": name}}},
            },
            "shop",
        )
        for name in ("a", "b")
    )
    assert rejections(old, new, Profile()) == ()


def test_a_custom_resource_of_that_kind_is_left_alone(said: Said) -> None:
    old, new = (
        Resource(
            {
                "apiVersion": "example.com/v1",
                "kind": "Deployment",
                "metadata": {"name": "web"},
                "spec": {"selector": {"matchLabels": {"app": app}}},
            },
            "shop",
        )
        for app in ("a", "b")
    )
    assert rejections(old, new, Profile()) == ()
