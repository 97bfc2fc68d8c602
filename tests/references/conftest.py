"""Small worlds of one workload, and what is found in them, as short lines."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns
from ringtrue.references.reference import Reference

Make = Callable[..., Resource]


@pytest.fixture(scope="session")
def made() -> Make:
    """An object of a namespace, `shop` unless said."""

    def make(kind: str, name: str, api_version: str = "v1", namespace: str = "shop", **data: Any) -> Resource:
        return Resource({"apiVersion": api_version, "kind": kind, "metadata": {"name": name}, **data}, namespace)

    return make


@pytest.fixture(scope="session")
def deployment(made: Make) -> Make:
    """A Deployment `web` whose one container `web` has the given fields."""

    def make(spec: dict[str, Any] | None = None, labels: dict[str, str] | None = None, **container: Any) -> Resource:
        pod = {"containers": [{"name": "web", "image": "example.org/web:1", **container}], **(spec or {})}
        return made(
            "Deployment", "web", "apps/v1", spec={"template": {"metadata": {"labels": labels or {}}, "spec": pod}}
        )

    return make


@pytest.fixture(scope="session")
def world() -> Callable[..., Cluster]:
    return lambda *resources: build("test", resources, Profile())


@pytest.fixture(scope="session")
def search(world: Callable[..., Cluster]) -> Callable[..., tuple[Reference, ...]]:
    """The references of all the objects given."""

    def run(*resources: Resource, host_keys: tuple[str, ...] = ()) -> tuple[Reference, ...]:
        return find(world(*resources), resources, key_patterns(host_keys))

    return run


@pytest.fixture(scope="session")
def hosts(search: Callable[..., tuple[Reference, ...]], deployment: Make) -> Callable[..., list[str]]:
    """What a container with the given fields is configured with, as `short` writes it."""

    def run(*others: Resource, spec: dict[str, Any] | None = None, **container: Any) -> list[str]:
        return [short(reference) for reference in search(deployment(spec, **container), *others)]

    return run


def short(reference: Reference) -> str:
    """ "scheme host:port", without scheme and port where there is none; "?" for a host that is not known."""
    port = reference.port if reference.port is not None else reference.port_name
    name = reference.host or "?"
    shown = f"{reference.scheme} {name}" + ("" if port is None else f":{port}")
    return f"{shown} open".strip() if reference.unresolved else shown.strip()
