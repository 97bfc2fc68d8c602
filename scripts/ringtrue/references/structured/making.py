"""Makes a reference from a field of the API that names a Service itself."""

from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference, Via


def service_named(
    resource: Resource,
    route: Route,
    namespace: str,
    name: str,
    *,
    port: int | str | None = None,
    port_route: Route = (),
    protocol: str = "TCP",
    optional: bool = False,
    needs_port: bool = False,
    refused: str = "",
) -> Reference:
    """A reference to Service `namespace/name`, written at `route`; `port` is the Service port's number or its name.

    `port_route` leads to the port; () where nothing is written and a default holds.
    """
    return Reference(
        client=resource,
        workload=None,
        container=None,
        via=Via.STRUCTURED,
        spot=resource.at(*route),
        field=shown(route),
        text=name,
        host=name,
        port=port if isinstance(port, int) else None,
        port_name=port if isinstance(port, str) else None,
        protocol=protocol,
        port_spot=resource.at(*port_route) if port is not None and port_route else None,
        named_service=(namespace, name),
        optional=optional,
        needs_port=needs_port,
        refused=refused,
    )


def word(value: Any, default: str = "") -> str:
    """A text that is not empty, or the default that the API fills in."""
    return value if isinstance(value, str) and value else default


def number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def shown(route: Route) -> str:
    """A route as people write it: "spec.rules[0].http.paths[1].backend.service.name"."""
    text = ""
    for step in route:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
