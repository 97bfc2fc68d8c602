"""The ports of a NetworkPolicy rule against a port of the destination pod."""

from collections.abc import Mapping
from typing import Any

from ringtrue.cluster.workloads import Workload


def admits(ports: object, server: Workload | None, number: int, protocol: str) -> bool | None:
    """NET-02: whether a rule's `ports` hold the pod's port; none at all hold every port.

    A name is looked up in the destination pod; in a sidecar it depends on the network plugin: None (NET-09).
    """
    if not isinstance(ports, list) or not ports:
        return True
    verdicts = [_holds(each, server, number, protocol) for each in ports if isinstance(each, Mapping)]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _holds(entry: Mapping[str, Any], server: Workload | None, number: int, protocol: str) -> bool | None:
    if (entry.get("protocol") or "TCP") != protocol:
        return False
    wanted, last = entry.get("port"), entry.get("endPort")
    if wanted is None:
        return True
    if isinstance(wanted, str):
        return _named(wanted, server, number, protocol)
    if not isinstance(wanted, int):
        return False
    return wanted <= number <= last if isinstance(last, int) else wanted == number


def _named(name: str, server: Workload | None, number: int, protocol: str) -> bool | None:
    found: bool | None = False
    for container in server.serving if server else ():
        if any((p.name, p.number, p.protocol) == (name, number, protocol) for p in container.ports):
            if not container.sidecar:
                return True
            found = None
    return found
