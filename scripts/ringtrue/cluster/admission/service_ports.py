"""The ports of a Service."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, duplicate, forbidden, invalid, required, unsupported
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

PROTOCOLS = ("TCP", "UDP", "SCTP")

_MERGE = (
    "a strategic merge patch adds a port when its number differs from the base's: change it with a JSON6902 patch, "
    "or give each port a name of its own"
)


def ports(resource: Resource, kind: str) -> Iterator[Rejection]:
    """ADM-05, ADM-06, ADM-08, ADM-10: each port alone, then names, (protocol, port) and nodePorts side by side."""
    entries = resource.items("spec", "ports")
    for index, entry in enumerate(entries):
        yield from _port(entry, ("spec", "ports", index), len(entries) > 1)
        if kind == "ClusterIP" and entry.get("nodePort"):
            said = "may not be used when `type` is 'ClusterIP'"
            yield forbidden("ADM-08", ("spec", "ports", index, "nodePort"), said)
    yield from _repeated(entries)


def _port(entry: Mapping[str, Any], route: Route, several: bool) -> Iterator[Rejection]:
    name, number, protocol = entry.get("name"), entry.get("port"), entry.get("protocol") or "TCP"
    if not name and several:
        yield required("ADM-05", (*route, "name"), hint=_MERGE)
    elif isinstance(name, str) and name and text.dns_label(name):
        yield invalid("ADM-02", (*route, "name"), name, text.dns_label(name))
    if isinstance(number, int) and text.port_number(number):
        yield invalid("ADM-05", (*route, "port"), number, text.port_number(number))
    yield from unsupported("ADM-05", (*route, "protocol"), protocol, PROTOCOLS)
    target = entry.get("targetPort")
    if target not in (None, "", 0) and text.port(target):
        yield invalid("ADM-06", (*route, "targetPort"), target, text.port(target), text.quoted_number(target))
    application = entry.get("appProtocol")
    if isinstance(application, str) and text.label_key(application):
        yield invalid("ADM-10", (*route, "appProtocol"), application, text.label_key(application))


def _repeated(entries: list[Mapping[str, Any]]) -> Iterator[Rejection]:
    names: set[str] = set()
    pairs: set[tuple[str, int]] = set()
    node_ports: dict[int, dict[str, object]] = {}
    for index, entry in enumerate(entries):
        route: Route = ("spec", "ports", index)
        name, number, node_port = entry.get("name"), entry.get("port"), entry.get("nodePort")
        protocol = str(entry.get("protocol") or "TCP")
        if isinstance(name, str) and name:
            if name in names:
                yield duplicate("ADM-05", (*route, "name"), name, _MERGE)
            names.add(name)
        if isinstance(number, int):
            if (protocol, number) in pairs:
                said = f"{number}/{protocol}"
                yield Rejection("ADM-05", route, f"spec.ports[{index}]: Duplicate value: {said}")
            pairs.add((protocol, number))
        if isinstance(node_port, int) and node_port:
            holders = node_ports.setdefault(node_port, {})
            if protocol in holders:
                yield duplicate("ADM-08", (*route, "nodePort"), node_port)
            elif any(holder != number for holder in holders.values()):
                said = "provided port is already allocated"
                hint = "two protocols share a nodePort only under one port number"
                yield invalid("ADM-08", (*route, "nodePort"), node_port, said, hint)
            holders[protocol] = number
