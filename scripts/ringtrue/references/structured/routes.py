"""Gateway API routes: `backendRefs`, mirrors among the filters, and the ReferenceGrants they need (PORT-03)."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference
from ringtrue.references.structured.making import number, service_named, word

GROUP = "gateway.networking.k8s.io"
KINDS = ("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute")


def backends(route: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Services that a route sends traffic to; the port is the Service's, and must be given.

    The namespace is the route's unless the reference says one; another one needs a ReferenceGrant there. References to
    other kinds (ServiceImport, a Traefik or cloud backend) are left alone.
    """
    for place in range(len(route.items("spec", "rules"))):
        rule: Route = ("spec", "rules", place)
        yield from _mirrors(route, rule, cluster)
        for index in range(len(route.items(*rule, "backendRefs"))):
            where = (*rule, "backendRefs", index)
            yield from _backend(route, where, cluster)
            yield from _mirrors(route, where, cluster)


def _mirrors(route: Resource, holder: Route, cluster: Cluster) -> Iterator[Reference]:
    for index in range(len(route.items(*holder, "filters"))):
        yield from _backend(route, (*holder, "filters", index, "requestMirror", "backendRef"), cluster)


def _backend(route: Resource, where: Route, cluster: Cluster) -> Iterator[Reference]:
    ref = route.mapping(*where)
    if word(ref.get("group"), "") != "" or word(ref.get("kind"), "Service") != "Service" or not word(ref.get("name")):
        return
    name, namespace = word(ref.get("name")), word(ref.get("namespace"), route.namespace)
    refused = "" if namespace == route.namespace else _refused(route, namespace, name, cluster)
    yield service_named(
        route,
        (*where, "name"),
        namespace,
        name,
        port=number(ref.get("port")),
        port_route=(*where, "port"),
        protocol="UDP" if route.kind == "UDPRoute" else "TCP",
        needs_port=True,
        refused=refused,
    )


def _refused(route: Resource, namespace: str, name: str, cluster: Cluster) -> str:
    """Why a Service of another namespace may not be named; "" when a ReferenceGrant there allows it."""
    if any(
        _allows(grant, route, name)
        for grant in cluster.of_kind("ReferenceGrant", GROUP)
        if grant.namespace == namespace
    ):
        return ""
    return f"no ReferenceGrant in namespace {namespace!r} lets {route.kind}s of namespace {route.namespace!r} name it"


def _allows(grant: Resource, route: Resource, name: str) -> bool:
    granted = any(
        (entry.get("group"), entry.get("kind"), entry.get("namespace")) == (GROUP, route.kind, route.namespace)
        for entry in grant.items("spec", "from")
    )
    return granted and any(_is_to(entry, name) for entry in grant.items("spec", "to"))


def _is_to(entry: Mapping[str, Any], name: str) -> bool:
    return (word(entry.get("group"), ""), entry.get("kind")) == ("", "Service") and word(
        entry.get("name"), name
    ) == name
