"""Ingress backends, in the Ingress's own namespace (PORT-03); `resource` backends are no Services."""

from collections.abc import Iterator

from ringtrue.cluster.cluster import Cluster
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference
from ringtrue.references.structured.making import number, service_named, word

_ACTION = "use-annotation"
"""The port name by which AWS' load balancer controller takes an annotation for the backend: no Service is meant."""


def backends(ingress: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Services of an Ingress; those of the old form (`v1beta1`) say `serviceName` and `servicePort`."""
    old = ingress.api_version.endswith("/v1beta1")
    routes: list[Route] = [("spec", "backend" if old else "defaultBackend")]
    for rule in range(len(ingress.items("spec", "rules"))):
        paths = ingress.items("spec", "rules", rule, "http", "paths")
        routes += (("spec", "rules", rule, "http", "paths", path, "backend") for path in range(len(paths)))
    for route in routes:
        yield from _old(ingress, route) if old else _backend(ingress, route)


def _backend(ingress: Resource, backend: Route) -> Iterator[Reference]:
    route = (*backend, "service")
    name = word(ingress.get(*route, "name"))
    if not name:
        return
    if ingress.get(*route, "port", "name") == _ACTION:
        return
    numbered = number(ingress.get(*route, "port", "number"))
    port = numbered if numbered is not None else word(ingress.get(*route, "port", "name")) or None
    key = "number" if numbered is not None else "name"
    yield service_named(ingress, (*route, "name"), ingress.namespace, name, port=port, port_route=(*route, "port", key))


def _old(ingress: Resource, backend: Route) -> Iterator[Reference]:
    name, port = word(ingress.get(*backend, "serviceName")), ingress.get(*backend, "servicePort")
    if name:
        known = port if isinstance(port, str) and port else number(port)
        yield service_named(
            ingress,
            (*backend, "serviceName"),
            ingress.namespace,
            name,
            port=known,
            port_route=(*backend, "servicePort"),
        )
