"""Fields of the API that name a Service themselves: no DNS is asked (PORT-03, DNS-12)."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference, Via


def structured(resource: Resource) -> Iterator[Reference]:
    """The Services that an Ingress or a StatefulSet names, in their own namespace."""
    if (resource.group, resource.kind) == ("networking.k8s.io", "Ingress"):
        yield from _backends(resource)
    elif (resource.group, resource.kind) == ("apps", "StatefulSet"):
        name = resource.get("spec", "serviceName")
        if isinstance(name, str) and name:
            yield _reference(resource, ("spec", "serviceName"), name)


def _backends(ingress: Resource) -> Iterator[Reference]:
    routes: list[Route] = [("spec", "defaultBackend")]
    for rule in range(len(ingress.items("spec", "rules"))):
        paths = ingress.items("spec", "rules", rule, "http", "paths")
        routes += (("spec", "rules", rule, "http", "paths", path, "backend") for path in range(len(paths)))
    for route in routes:
        service = ingress.mapping(*route, "service")
        name = service.get("name")
        if isinstance(name, str) and name:
            yield _reference(
                ingress, (*route, "service", "name"), name, service.get("port"), (*route, "service", "port")
            )


def _reference(resource: Resource, route: Route, name: str, port: Any = None, port_route: Route = ()) -> Reference:
    port = port if isinstance(port, Mapping) else {}
    number, port_name = port.get("number"), port.get("name")
    numbered = isinstance(number, int) and not isinstance(number, bool)
    named = isinstance(port_name, str) and port_name != ""
    key = "number" if numbered else "name"
    return Reference(
        client=resource,
        workload=None,
        container=None,
        via=Via.STRUCTURED,
        spot=resource.at(*route),
        field=shown(route),
        text=name,
        host=name,
        port=number if numbered else None,
        port_name=port_name if named and isinstance(port_name, str) else None,
        port_spot=resource.at(*port_route, key) if numbered or named else None,
        named_service=(resource.namespace, name),
    )


def shown(route: Route) -> str:
    """A route as people write it: "spec.rules[0].http.paths[1].backend.service.name"."""
    text = ""
    for step in route:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
