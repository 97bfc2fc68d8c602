"""One container of a pod: ports, environment, mounts, probes, resources."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.environment import environment
from ringtrue.cluster.admission.probes import probes
from ringtrue.cluster.admission.quantities import resources
from ringtrue.cluster.admission.rejection import Rejection, duplicate, invalid, required, unsupported
from ringtrue.cluster.admission.service_ports import PROTOCOLS
from ringtrue.cluster.admission.volumes import mounts
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Container
from ringtrue.findings import Route


def container(found: Container, volumes: Collection[str], host_network: bool, profile: Profile) -> Iterator[Rejection]:
    """ADM-02, ADM-06, ADM-07, ADM-11 to ADM-13, ADM-15, ADM-16, ADM-22: a container, given the pod's volume names."""
    if found.name and text.dns_label(found.name):
        yield invalid("ADM-02", (*found.route, "name"), found.name, text.dns_label(found.name))
    yield from _fields(found)
    yield from _ports(found, host_network)
    yield from environment(found, profile)
    yield from mounts(found, volumes)
    yield from probes(found)
    yield from resources(found.data.get("resources"), (*found.route, "resources"))


def _fields(found: Container) -> Iterator[Rejection]:
    if found.data.get("name") == "":
        yield required("ADM-22", (*found.route, "name"))
    if found.name and found.data.get("image") in (None, ""):
        yield required("ADM-22", (*found.route, "image"))
    for field, known in _WORDS.items():
        yield from unsupported("ADM-22", (*found.route, field), found.data.get(field) or None, known)
    if found.init:
        policy = found.data.get("restartPolicy")
        yield from unsupported("ADM-22", (*found.route, "restartPolicy"), policy, ("Always", "Never", "OnFailure"))


_WORDS = {
    "imagePullPolicy": ("Always", "IfNotPresent", "Never"),
    "terminationMessagePolicy": ("File", "FallbackToLogsOnError"),
}


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
        if isinstance(host, int) and host and text.port_number(host):
            yield invalid("ADM-07", (*route, "hostPort"), host, text.port_number(host))
        elif host_network and isinstance(host, int) and host not in (0, number):
            said = "must match `containerPort` when `hostNetwork` is true"
            yield invalid("ADM-16", (*route, "hostPort"), host, said)


_MERGE = "a strategic merge patch adds a port when its containerPort differs from the base's; use a JSON6902 patch"


def _entries(found: Container, field: str) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    listed = found.data.get(field)
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield (*found.route, field, index), entry
