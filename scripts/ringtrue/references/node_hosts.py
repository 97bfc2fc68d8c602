"""Hosts that the kubelet calls itself: it asks the node's DNS, not the cluster's."""

from collections.abc import Iterator

from ringtrue.cluster.workloads import Container, Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import follow
from ringtrue.references.hosts import is_callable
from ringtrue.references.reference import Reference, Via
from ringtrue.references.structured.making import number, shown, word

_CALLS: tuple[tuple[Route, Via], ...] = (
    *(((probe,), Via.PROBE) for probe in ("startupProbe", "readinessProbe", "livenessProbe")),
    *((("lifecycle", hook), Via.LIFECYCLE) for hook in ("postStart", "preStop")),
)


def node_hosts(workload: Workload, container: Container) -> Iterator[Reference]:
    """The `host` of probes and hooks by HTTP or TCP; without one the kubelet calls the pod, which is no reference."""
    for call, via in _CALLS:
        for handler in ("httpGet", "tcpSocket"):
            route = (*call, handler)
            host = word(follow(container.data, (*route, "host")))
            if is_callable(host):
                yield Reference(
                    client=workload.resource,
                    workload=workload,
                    container=container.name,
                    via=via,
                    spot=workload.resource.at(*container.route, *route, "host"),
                    field=shown((*route, "host")),
                    text=host,
                    host=host,
                    port=_port(container, follow(container.data, (*route, "port"))),
                    scheme=word(
                        follow(container.data, (*route, "scheme")), "http" if handler == "httpGet" else ""
                    ).lower(),
                    port_spot=workload.resource.at(*container.route, *route, "port"),
                    by_node=True,
                )


def _port(container: Container, port: object) -> int | None:
    """EP-06: a name is looked up among the container's own ports."""
    if isinstance(port, str):
        return next((each.number for each in container.ports if each.name == port), None)
    return number(port)
