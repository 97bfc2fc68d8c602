"""Ports of NetworkPolicies that are a Service's port and not the pods'."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.directions import EGRESS, INGRESS
from ringtrue.cluster.endpoints import backend, selecting
from ringtrue.cluster.peers import Peer, fits
from ringtrue.cluster.policy_ports import admits
from ringtrue.cluster.selection import chosen
from ringtrue.cluster.services import Service, ServicePort
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A port number of a policy that only a Service has; `behind` is the pods' own."""

    route: Route
    number: int
    behind: int
    pods: tuple[Workload, ...]
    service: Service
    port: ServicePort


def translated(cluster: Cluster) -> frozenset[int]:
    """NET-02: the numbers of Service ports that lead to another number, or a name, on the pods."""
    return frozenset(
        port.number
        for service in cluster.services.values()
        if service.selector and not service.headless
        for port in service.ports
        if port.target != port.number
    )


def mistaken_ports(policy: Resource, cluster: Cluster, numbers: Set[int]) -> Iterator[Mistaken]:
    """NET-02: the ports of a policy's rules that none of the pods it leads to has, but a Service of theirs translates.

    `numbers` are those of `translated`. A rule for everybody, or of a port that some of the pods have, says nothing.
    """
    for way in (INGRESS, EGRESS):
        for index, rule in enumerate(policy.items("spec", way.lower())):
            ports = policy.items("spec", way.lower(), index, "ports")
            for place, entry in enumerate(ports):
                number = entry.get("port")
                if not isinstance(number, int) or number not in numbers or entry.get("endPort") is not None:
                    continue
                pods = _led_to(way, policy, rule, cluster)
                found = _service(pods, number, str(entry.get("protocol") or "TCP"), cluster)
                if found and not admits(ports, pods[0], found[2], found[1].protocol):
                    route: Route = ("spec", way.lower(), index, "ports", place, "port")
                    yield Mistaken(route, number, found[2], pods, found[0], found[1])


def _led_to(way: str, policy: Resource, rule: Mapping[str, object], cluster: Cluster) -> tuple[Workload, ...]:
    """The pods whose ports the rule means: the policy's own for ingress, the peers for egress."""
    if way == INGRESS:
        return chosen(policy.mapping("spec", "podSelector"), policy.namespace, cluster)
    peers = rule.get("to")
    entries = [entry for entry in peers if isinstance(entry, Mapping)] if isinstance(peers, list) else []
    return tuple(
        pod
        for pod in cluster.workloads
        if any(fits(entry, policy.namespace, Peer(pod), cluster) is True for entry in entries)
    )


def _service(
    pods: tuple[Workload, ...], number: int, protocol: str, cluster: Cluster
) -> tuple[Service, ServicePort, int] | None:
    """A Service with that port in front of the pods, and the pods' number; None when one of them has the number."""
    found: tuple[Service, ServicePort, int] | None = None
    for pod in pods:
        if any(port.number == number for container in pod.containers for port in container.ports):
            return None
        for service in selecting(pod, cluster):
            for port in service.ports:
                behind = backend(pod, port, cluster.profile.version)
                if behind is not None and behind.number == number:
                    return None
                if behind is not None and (port.number, port.protocol) == (number, protocol) and not service.headless:
                    found = found or (service, port, behind.number)
    return found
