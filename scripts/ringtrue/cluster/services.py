"""Services and their ports, with the defaults the API server fills in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, Spot, fact, strings


@dataclass(frozen=True, slots=True)
class ServicePort:
    """`target` is the port number or name on the pod; it defaults to `port` (EP-03). `number` is 0 where unreadable."""

    name: str
    number: int
    protocol: str
    target: int | str
    app_protocol: str
    route: Route

    def __str__(self) -> str:
        return f"{self.number}/{self.protocol}"


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A v1 Service; `resource` is None for those every cluster has (DNS-20)."""

    namespace: str
    name: str
    type: str
    headless: bool
    selector: Mapping[str, str]
    """Empty when absent: absent and empty are the same to the controller (SEL-02)."""
    ports: tuple[ServicePort, ...]
    external_name: str
    publish_not_ready: bool
    resource: Resource | None

    @property
    def builtin(self) -> bool:
        return self.resource is None

    def at(self, *route: str | int) -> Spot | None:
        return None if self.resource is None else Spot(self.resource, route)

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}"


@fact
def service(resource: Resource) -> Service | None:
    """SEL-02, EP-03: the Service an object is, with the API's defaults; None for other kinds."""
    if (resource.group, resource.kind) != ("", "Service"):
        return None
    kind = resource.get("spec", "type") or "ClusterIP"
    external = resource.get("spec", "externalName")
    return Service(
        namespace=resource.namespace,
        name=resource.name,
        type=kind if isinstance(kind, str) else "ClusterIP",
        headless=resource.get("spec", "clusterIP") == "None" and kind != "ExternalName",
        selector={} if kind == "ExternalName" else strings(resource.get("spec", "selector")),
        ports=tuple(_ports(resource)),
        external_name=external if isinstance(external, str) and kind == "ExternalName" else "",
        publish_not_ready=resource.get("spec", "publishNotReadyAddresses") is True,
        resource=resource,
    )


def builtin(namespace: str, name: str, *ports: tuple[str, int, str]) -> Service:
    """DNS-20: a Service that every cluster has and no repository shows; ports are (name, number, protocol)."""
    made = tuple(ServicePort(n, number, protocol, number, "", ()) for n, number, protocol in ports)
    return Service(namespace, name, "ClusterIP", False, {}, made, "", False, None)


def _ports(resource: Resource) -> Iterator[ServicePort]:
    for index, data in enumerate(resource.items("spec", "ports")):
        number = data.get("port")
        number = number if isinstance(number, int) and not isinstance(number, bool) else 0
        target = data.get("targetPort")
        named = isinstance(target, str) and target != ""
        numbered = isinstance(target, int) and not isinstance(target, bool) and target != 0
        name, protocol, app = data.get("name"), data.get("protocol"), data.get("appProtocol")
        yield ServicePort(
            name if isinstance(name, str) else "",
            number,
            protocol if isinstance(protocol, str) and protocol else "TCP",
            target if (named or numbered) and isinstance(target, str | int) else number,
            app if isinstance(app, str) else "",
            ("spec", "ports", index),
        )
