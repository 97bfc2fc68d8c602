"""UPD-01, UPD-02: a strategy beside what was filled in for another one."""

import pytest
import yaml

from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates import rejections
from ringtrue.manifests.resource import Resource

ROLLING = "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
ON_DELETE = "spec.updateStrategy.rollingUpdate: Invalid value: only allowed for updateStrategy 'RollingUpdate'"


@pytest.mark.parametrize(
    ("kind", "server_side", "old", "new", "messages"),
    [
        pytest.param(
            "Deployment",
            True,
            "strategy: {}",
            "strategy: {type: Recreate}",
            [ROLLING],
            id="UPD-01-by-server-side-apply",
        ),
        pytest.param(
            "Deployment", False, "strategy: {}", "strategy: {type: Recreate}", [], id="UPD-01-by-client-side-apply"
        ),
        pytest.param(
            "Deployment",
            True,
            "strategy: {rollingUpdate: {maxSurge: 1}}",
            "strategy: {type: Recreate}",
            [],
            id="UPD-01-what-was-written-goes",
        ),
        pytest.param(
            "StatefulSet",
            False,
            "replicas: 1",
            "updateStrategy: {type: OnDelete}",
            [ON_DELETE],
            id="UPD-02-to-OnDelete",
        ),
        pytest.param(
            "StatefulSet",
            False,
            "replicas: 1",
            "updateStrategy: {type: OnDelete, rollingUpdate: null}",
            [],
            id="UPD-02-to-OnDelete-alone",
        ),
        pytest.param(
            "StatefulSet",
            True,
            "updateStrategy: {type: RollingUpdate}",
            "updateStrategy: {type: OnDelete}",
            [],
            id="UPD-02-nothing-was-filled-in",
        ),
    ],
)
def test_strategy(kind: str, server_side: bool, old: str, new: str, messages: list[str]) -> None:
    before, after = (
        Resource(
            {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "web"}, "spec": yaml.safe_load(f"{{{each}}}")},
            "shop",
        )
        for each in (old, new)
    )
    assert [each.message for each in rejections(before, after, Profile(), server_side)] == messages
