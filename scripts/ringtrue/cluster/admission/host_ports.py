"""Ports that a pod takes from its node."""

from collections.abc import Iterator, Mapping

from ringtrue.cluster.admission.rejection import Rejection, duplicate
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.findings import Route

_Taken = set[tuple[str, str, int]]


def host_ports(workload: Workload) -> Iterator[Rejection]:
    """ADM-16: the same node port twice in a pod, by protocol and `hostIP`.

    Init containers run one after another: each is looked at alone. A Pod on the host's network takes its containerPorts
    too; in a template the API server does not fill those in.
    """
    fills_in = workload.kind == "Pod" and workload.host_network
    together: _Taken = set()
    for each in workload.containers:
        taken = set() if each.init else together
        for route, key in _taken(each, fills_in):
            if key in taken:
                yield duplicate("ADM-16", (*route, "hostPort"), "/".join(map(str, key)))
            taken.add(key)


def _taken(container: Container, fills_in: bool) -> Iterator[tuple[Route, tuple[str, str, int]]]:
    """Each port of the node that a container takes, as the API server compares and writes it."""
    listed = container.data.get("ports")
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(entry, Mapping):
            continue
        number = entry.get("hostPort") or (entry.get("containerPort") if fills_in else 0)
        if isinstance(number, int) and number:
            key = (str(entry.get("protocol") or "TCP"), str(entry.get("hostIP") or ""), number)
            yield (*container.route, "ports", index), key
