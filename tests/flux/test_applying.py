"""How Flux changes an object that is there."""

import pytest

from ringtrue.flux.applying import leaves_alone, makes_anew
from ringtrue.manifests.resource import Resource

PREFIX = "kustomize.toolkit.fluxcd.io"


def made(key: str = "", value: str = "", field: str = "annotations") -> Resource:
    metadata = {"name": "web", field: {f"{PREFIX}/{key}": value} if key else {}}
    return Resource({"apiVersion": "v1", "kind": "Service", "metadata": metadata}, "shop")


@pytest.mark.parametrize(
    ("live", "target", "spec", "expected"),
    [
        pytest.param(made(), made(), {}, False, id="applied"),
        pytest.param(made(), made(), {"force": True}, True, id="by-the-kustomization"),
        pytest.param(made(), made("force", "Enabled"), {}, True, id="by-annotation"),
        pytest.param(made("force", "enabled", "labels"), made(), {}, True, id="by-label-of-what-is-there"),
        pytest.param(made(), made("force", "disabled"), {}, False, id="disabled"),
    ],
)
def test_makes_anew(live: Resource, target: Resource, spec: dict[str, object], expected: bool) -> None:
    assert makes_anew(live, target, spec) is expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param(made(), False, id="plain"),
        pytest.param(made("reconcile", "disabled"), True, id="not-reconciled"),
        pytest.param(made("ssa", "IfNotPresent"), True, id="made-once"),
        pytest.param(made("ssa", "Merge"), False, id="merged"),
    ],
)
def test_leaves_alone(target: Resource, expected: bool) -> None:
    assert leaves_alone(made(), target) is expected
