"""Istio's hosts: a name without a dot is a Service of the rule's own namespace, any other must be the full name."""

from collections.abc import Iterator

from ringtrue.cluster.cluster import Cluster
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference
from ringtrue.references.structured.making import number, service_named, word

GROUP = "networking.istio.io"
_PROTOCOLS = ("http", "tls", "tcp")


def destinations(virtual: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Services that a VirtualService routes or mirrors to, with the Service port where it is said."""
    for route in _destinations(virtual):
        yield from _host(virtual, (*route, "host"), cluster, number(virtual.get(*route, "port", "number")), route)


def subject(rule: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Service that a DestinationRule is about."""
    yield from _host(rule, ("spec", "host"), cluster)


def short_names(resource: Resource, cluster: Cluster) -> Iterator[tuple[Route, str, str]]:
    """Hosts `service.namespace` and `service.namespace.svc`, which Istio takes for full names, with the name meant.

    Only where that Service exists, and no ServiceEntry has the host.
    """
    routes = (
        [("spec", "host")] if resource.kind == "DestinationRule" else [(*r, "host") for r in _destinations(resource)]
    )
    for route in routes:
        host = word(resource.get(*route))
        parts = host.removesuffix(".svc").split(".")
        if len(parts) == 2 and cluster.service(parts[1], parts[0]) and host not in _declared(cluster):
            yield route, host, f"{parts[0]}.{parts[1]}.svc.{cluster.profile.domain}"


def _destinations(virtual: Resource) -> Iterator[Route]:
    for protocol in _PROTOCOLS:
        for index, rule in enumerate(virtual.items("spec", protocol)):
            here: Route = ("spec", protocol, index)
            yield from ((*here, "route", at, "destination") for at in range(len(virtual.items(*here, "route"))))
            if "mirror" in rule:
                yield (*here, "mirror")
            yield from ((*here, "mirrors", at, "destination") for at in range(len(virtual.items(*here, "mirrors"))))


def _host(
    resource: Resource, route: Route, cluster: Cluster, port: int | None = None, destination: Route = ()
) -> Iterator[Reference]:
    host = word(resource.get(*route)).lower().removesuffix(f".svc.{cluster.profile.domain}")
    full = host != word(resource.get(*route)).lower()
    parts = host.split(".")
    if not host or len(parts) != 1 + full or "*" in host or _declared(cluster) & {host, word(resource.get(*route))}:
        return
    namespace = parts[1] if full else resource.namespace
    yield service_named(
        resource,
        route,
        namespace,
        parts[0],
        port=port,
        port_route=(*destination, "port", "number"),
        optional=resource.kind == "DestinationRule",
    )


def _declared(cluster: Cluster) -> set[str]:
    """The hosts that ServiceEntries add to the mesh."""
    return {
        host
        for entry in cluster.of_kind("ServiceEntry", GROUP)
        for host in (entry.get("spec", "hosts") if isinstance(entry.get("spec", "hosts"), list) else [])
        if isinstance(host, str)
    }
