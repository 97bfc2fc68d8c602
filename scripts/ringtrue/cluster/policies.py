"""NetworkPolicy: which pods may open a connection to which, on the pod's port."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.directions import EGRESS, INGRESS, OPEN, Direction, Question, judge
from ringtrue.cluster.labels import join
from ringtrue.cluster.other_policies import unmodelled
from ringtrue.cluster.peers import Peer
from ringtrue.cluster.workloads import Workload, workload
from ringtrue.manifests.resource import Resource

__all__ = ["Direction", "Passage", "address_passage", "dns_passage", "passage", "unmodelled"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Both sides of one connection."""

    egress: Direction
    ingress: Direction

    @property
    def allowed(self) -> bool:
        """NET-01: neither side forbids it; where one cannot be decided, `undecided` says why."""
        return self.egress.allowed and self.ingress.allowed

    @property
    def undecided(self) -> str:
        """NET-06: why it cannot be decided; "" when it is, also when the other side forbids it anyway."""
        return (self.egress.undecided or self.ingress.undecided) if self.allowed else ""


def passage(client: Workload, server: Workload, port: int, protocol: str, cluster: Cluster) -> Passage:
    """NET-01, NET-02, NET-06, NET-07: may a pod of `client` reach `port` (the pod's, behind the Service) of `server`?

    A pod may always reach itself. hostNetwork pods, `ipBlock` against pods, and labels that no manifest shows leave
    it undecided.
    """
    if client is server and client.replicas == 1 and client.kind not in ("DaemonSet", "Job", "CronJob"):
        return Passage(OPEN, OPEN)
    return Passage(
        judge(Question(EGRESS, client, Peer(server), server, port, protocol, cluster)),
        judge(Question(INGRESS, server, Peer(client), server, port, protocol, cluster)),
    )


def dns_passage(client: Workload, cluster: Cluster) -> tuple[Direction, Direction]:
    """NET-03: egress from `client` to the DNS pods of the profile, which are virtual: (UDP, TCP).

    Undecided when a policy allows DNS pods that other distributions have: the profile may be wrong then.
    """
    profile = cluster.profile
    pods = _dns_pods(profile.dns_namespace, profile.dns_labels, profile.dns_port)
    udp, tcp = (_to_dns(client, pods, profile.dns_port, protocol, cluster) for protocol in ("UDP", "TCP"))
    if not udp.allowed:
        for namespace, key, value, port in _OTHER_DNS:
            other = _to_dns(client, _dns_pods(namespace, {key: value}, port), port, "UDP", cluster)
            if other.allowed_by:
                why = (
                    f"{other.allowed_by[0].called} allows DNS pods {key}={value} in namespace {namespace!r}, "
                    f"where this cluster's are taken to be {join(profile.dns_labels)} in {profile.dns_namespace!r}"
                )
                return Direction(udp.isolated_by, (), True, why), tcp
    return udp, tcp


_OTHER_DNS = (
    ("openshift-dns", "dns.operator.openshift.io/daemonset-dns", "default", 5353),
    ("kube-system", "k8s-app", "node-local-dns", 53),
    ("kube-system", "k8s-app", "coredns", 53),
    ("kube-system", "app.kubernetes.io/name", "coredns", 53),
)
"""Where other distributions run their DNS: namespace, label, port."""


def _to_dns(client: Workload, pods: Workload, port: int, protocol: str, cluster: Cluster) -> Direction:
    return judge(Question(EGRESS, client, Peer(pods), pods, port, protocol, cluster))


def address_passage(client: Workload, address: str, port: int, protocol: str, cluster: Cluster) -> Direction:
    """NET-06: egress from `client` to what is no pod: an address in a hand-written EndpointSlice.

    "" is an address that nobody knows, the API server's for example: `ipBlock` then decides nothing.
    """
    return judge(Question(EGRESS, client, Peer(None, address), None, port, protocol, cluster))


def _dns_pods(namespace: str, labels: Mapping[str, str], port: int) -> Workload:
    """The DNS pods, which no repository shows, with the port names that CoreDNS' manifests have."""
    named = {"UDP": "dns", "TCP": "dns-tcp"}
    ports = [{"name": named[each], "protocol": each, "containerPort": port} for each in named]
    data: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "the cluster's DNS", "labels": dict(labels)},
        "spec": {"containers": [{"name": "dns", "ports": ports}]},
    }
    made = workload(Resource(data, namespace))
    assert made is not None
    return made
