"""One container of a pod: ports, environment, mounts, probes, resources."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.environment import environment
from ringtrue.cluster.admission.probes import probes
from ringtrue.cluster.admission.quantities import resources
from ringtrue.cluster.admission.rejection import Rejection, duplicate, invalid, path, unsupported
from ringtrue.cluster.admission.service_ports import PROTOCOLS
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Container
from ringtrue.findings import Route


def container(found: Container, volumes: Collection[str], host_network: bool, profile: Profile) -> Iterator[Rejection]:
    """ADM-02, ADM-06, ADM-07, ADM-11 to ADM-13, ADM-15, ADM-16: a container, given the pod's volume names."""
    if found.name and text.dns_label(found.name):
        yield invalid("ADM-02", (*found.route, "name"), found.name, text.dns_label(found.name))
    yield from _ports(found, host_network)
    yield from environment(found, profile)
    yield from _mounts(found, volumes)
    yield from probes(found)
    yield from resources(found.data.get("resources"), (*found.route, "resources"))


def _ports(found: Container, host_network: bool) -> Iterator[Rejection]:
    names: set[str] = set()
    for route, entry in _entries(found, "ports"):
        name, number, host = entry.get("name"), entry.get("containerPort"), entry.get("hostPort")
        if isinstance(name, str) and name:
            if text.port_name(name):
                yield invalid("ADM-06", (*route, "name"), name, text.port_name(name))
            elif name in names:
                yield duplicate("ADM-07", (*route, "name"), name, _MERGE)
            names.add(name)
        if isinstance(number, int) and text.port_number(number):
            yield invalid("ADM-07", (*route, "containerPort"), number, text.port_number(number))
        protocol = entry.get("protocol") or "TCP"
        yield from unsupported("ADM-07", (*route, "protocol"), protocol, PROTOCOLS)
        if host_network and isinstance(host, int) and host not in (0, number):
            said = "must match `containerPort` when `hostNetwork` is true"
            yield invalid("ADM-16", (*route, "hostPort"), host, said)


_MERGE = "a strategic merge patch adds a port when its containerPort differs from the base's; use a JSON6902 patch"


def _mounts(found: Container, volumes: Collection[str]) -> Iterator[Rejection]:
    paths: set[str] = set()
    for route, entry in _entries(found, "volumeMounts"):
        name, mounted = entry.get("name"), entry.get("mountPath")
        if isinstance(name, str) and name not in volumes:
            exist = ", ".join(sorted(volumes)) or "none"
            message = f'{path((*route, "name"))}: Not found: "{name}"'
            yield Rejection("ADM-12", (*route, "name"), message, f"volumes of this pod: {exist}")
        if isinstance(mounted, str):
            if mounted in paths:
                yield invalid("ADM-12", (*route, "mountPath"), mounted, "must be unique")
            paths.add(mounted)


def _entries(found: Container, field: str) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    listed = found.data.get(field)
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield (*found.route, field, index), entry
