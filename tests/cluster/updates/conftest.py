"""A change of one object, written as YAML on both sides."""

from collections.abc import Callable

import pytest
import yaml

from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates import rejections
from ringtrue.manifests.resource import Resource

Said = Callable[..., list[str]]
"""What is said against the change from one text to another: "UPD-01 spec.selector: ..."."""

API = {
    "Deployment": "apps/v1",
    "ReplicaSet": "apps/v1",
    "DaemonSet": "apps/v1",
    "StatefulSet": "apps/v1",
    "Job": "batch/v1",
    "RoleBinding": "rbac.authorization.k8s.io/v1",
    "ClusterRoleBinding": "rbac.authorization.k8s.io/v1",
    "StorageClass": "storage.k8s.io/v1",
    "VolumeAttributesClass": "storage.k8s.io/v1",
    "CSIDriver": "storage.k8s.io/v1",
    "PriorityClass": "scheduling.k8s.io/v1",
    "IngressClass": "networking.k8s.io/v1",
    "RuntimeClass": "node.k8s.io/v1",
    "EndpointSlice": "discovery.k8s.io/v1",
}


def made(kind: str, text: str, name: str = "web") -> Resource:
    fields = yaml.safe_load(text) or {}
    return Resource({"apiVersion": API.get(kind, "v1"), "kind": kind, "metadata": {"name": name}, **fields}, "shop")


@pytest.fixture(scope="session")
def said() -> Said:
    def say(kind: str, old: str, new: str, version: tuple[int, int] = (1, 35)) -> list[str]:
        before, after = made(kind, old), made(kind, new)
        found = rejections(before, after, Profile(version=version))
        for each in found:
            assert after.get(*each.route[:1]) is not None or len(each.route) == 1
        return [f"{each.id} {each.message}" for each in found]

    return say
