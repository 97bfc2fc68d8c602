"""Environments and findings made by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.environments.environment import Environment, Source
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.scope import Scope

MakeEnvironment = Callable[..., Environment]


def resource(kind: str, namespace: str, name: str, **data: Any) -> Resource:
    metadata = {"name": name, "namespace": namespace, "annotations": data.pop("annotations", {})}
    document = {"apiVersion": "v1", "kind": kind, "metadata": metadata, **data}
    return Resource(document, namespace, f"overlays/{namespace}")


@pytest.fixture
def make_resource() -> Callable[..., Resource]:
    return resource


@pytest.fixture
def make_environment() -> MakeEnvironment:
    def make(name: str, *resources: Resource, listed: bool = True) -> Environment:
        cluster = build("in-cluster", resources, Profile())
        own = frozenset(each.namespace for each in resources)
        source = Source(f"overlays/{name}", resources=resources)
        return Environment(
            name,
            cluster,
            Scope(cluster, name, bool(name), own),
            (source,),
            resources,
            listed=listed,
        )

    return make
