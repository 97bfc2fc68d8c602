"""NetworkPolicy: which pods may open a connection to which, on the pod's port."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.indexes import labels_asked
from ringtrue.cluster.peers import Peer, fits, on_host_network, selects_pods, undecided_because
from ringtrue.cluster.policy_ports import admits
from ringtrue.cluster.workloads import Workload, workload
from ringtrue.manifests.resource import Resource, Spot

EGRESS = "Egress"
INGRESS = "Ingress"


@dataclass(frozen=True, slots=True)
class Direction:
    """One side of a connection: egress at the client, ingress at the server."""

    isolated_by: tuple[Resource, ...] = ()
    """The policies that select the pod for this direction; without one everything is allowed (NET-01)."""
    allowed_by: tuple[Resource, ...] = ()
    """Those among them that have a rule which allows the connection."""
    allowed: bool = True
    """False only when it is decided that no rule allows it."""
    undecided: str = ""
    """Why it cannot be decided; `allowed` is then True, but proves nothing."""
    wrong_ports: tuple[Spot, ...] = ()
    """When not allowed: the `ports` of rules whose peers fit, but not their ports (NET-02)."""


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


OPEN = Direction()


@dataclass(frozen=True, slots=True)
class _Question:
    direction: str
    pod: Workload
    peer: Peer
    server: Workload | None
    port: int
    protocol: str
    cluster: Cluster


@dataclass(frozen=True, slots=True)
class _Vote:
    policy: Resource
    selects: bool | None
    allows: bool | None
    why: str
    wrong_ports: tuple[Spot, ...]


def passage(client: Workload, server: Workload, port: int, protocol: str, cluster: Cluster) -> Passage:
    """NET-01, NET-02, NET-05 to NET-07: may a pod of `client` reach `port` (the pod's, behind the Service) of `server`?

    A pod may always reach itself. hostNetwork pods, `ipBlock` against pods, and labels that no manifest shows leave
    it undecided.
    """
    if client is server and client.replicas == 1 and client.kind not in ("DaemonSet", "Job", "CronJob"):
        return Passage(OPEN, OPEN)
    return Passage(
        _judge(_Question(EGRESS, client, Peer(server), server, port, protocol, cluster)),
        _judge(_Question(INGRESS, server, Peer(client), server, port, protocol, cluster)),
    )


def dns_passage(client: Workload, cluster: Cluster) -> tuple[Direction, Direction]:
    """NET-03: egress from `client` to the DNS pods of the profile, which are virtual: (UDP, TCP)."""
    server = _dns_pods(cluster)
    udp, tcp = (
        _judge(_Question(EGRESS, client, Peer(server), server, cluster.profile.dns_port, protocol, cluster))
        for protocol in ("UDP", "TCP")
    )
    return udp, tcp


def address_passage(client: Workload, address: str, port: int, protocol: str, cluster: Cluster) -> Direction:
    """NET-06: egress from `client` to what is no pod: an address in a hand-written EndpointSlice.

    "" is an address that nobody knows, the API server's for example: `ipBlock` then decides nothing.
    """
    return _judge(_Question(EGRESS, client, Peer(None, address), None, port, protocol, cluster))


def policy_types(policy: Resource) -> tuple[str, ...]:
    """NET-01: `policyTypes`, by default Ingress, and Egress too when there is an egress rule."""
    found = policy.get("spec", "policyTypes")
    if isinstance(found, list) and found:
        return tuple(each for each in found if isinstance(each, str))
    return (INGRESS, EGRESS) if policy.get("spec", "egress") else (INGRESS,)


def unmodelled(workload: Workload, cluster: Cluster) -> tuple[Resource, ...]:
    """NET-08: policies of other kinds that may select the workload's pods; what they forbid is not known here."""
    return tuple(
        policy
        for kind in sorted(_OTHERS)
        for policy in cluster.by_kind.get(kind, ())
        if _may_select(policy, _OTHERS[kind], workload)
    )


_OTHERS: Mapping[tuple[str, str], str] = {
    ("cilium.io", "CiliumNetworkPolicy"): "endpointSelector",
    ("cilium.io", "CiliumClusterwideNetworkPolicy"): "endpointSelector",
    ("policy.networking.k8s.io", "AdminNetworkPolicy"): "",
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"): "",
    ("policy.networking.k8s.io", "ClusterNetworkPolicy"): "",
    ("projectcalico.org", "NetworkPolicy"): "",
    ("projectcalico.org", "GlobalNetworkPolicy"): "",
    ("crd.projectcalico.org", "NetworkPolicy"): "",
    ("crd.projectcalico.org", "GlobalNetworkPolicy"): "",
    ("crd.antrea.io", "NetworkPolicy"): "",
    ("crd.antrea.io", "ClusterNetworkPolicy"): "",
    ("security.istio.io", "AuthorizationPolicy"): "selector",
}
"""By (group, kind): the field with a LabelSelector, "" where selection is not read."""

_MESH_ROOT = "istio-system"


def _may_select(policy: Resource, field: str, workload: Workload) -> bool:
    if policy.namespace not in ("", workload.namespace, _MESH_ROOT):
        return False
    selector = policy.get("spec", field) if field else None
    if not isinstance(selector, Mapping) or (policy.group == "cilium.io" and ":" in str(selector)):
        return True
    return selects_pods(selector, workload) is not False


def _judge(question: _Question) -> Direction:
    votes = [v for v in _votes(question) if v.selects is not False]
    if not votes:
        return OPEN
    isolating = tuple(v.policy for v in votes if v.selects)
    allowing = tuple(v.policy for v in votes if v.selects and v.allows)
    if question.pod.host_network:
        return Direction(isolating, allowing, True, on_host_network(question.pod))
    if allowing:
        return Direction(isolating, allowing)
    open_votes = [v for v in votes if (v.allows is not False if isolating else v.allows is not True)]
    if open_votes:
        return Direction(isolating, (), True, _why(open_votes[0]))
    if not isolating:
        return OPEN
    return Direction(isolating, (), False, "", tuple(spot for v in votes for spot in v.wrong_ports))


def _why(vote: _Vote) -> str:
    return f"NetworkPolicy {vote.policy.name}: {vote.why or 'it selects by a label that differs from pod to pod'}"


def _votes(question: _Question) -> Iterator[_Vote]:
    """One for each policy that may select the pod for the direction, in the order of their names."""
    pod, policies = question.pod, question.cluster.policies
    found = {p.name: p for key in labels_asked(pod.namespace, pod.labels) for p in policies.get(key, ())}
    for policy in (found[name] for name in sorted(found)):
        selects = selects_pods(policy.mapping("spec", "podSelector"), pod)
        if selects is not False and question.direction in policy_types(policy):
            yield _vote(policy, selects, question)


def _vote(policy: Resource, selects: bool | None, question: _Question) -> _Vote:
    field, peers_field = question.direction.lower(), "to" if question.direction == EGRESS else "from"
    allows: bool | None = False
    why, wrong = "", []
    for index, rule in enumerate(policy.items("spec", field)):
        peers, reason = _peers(rule.get(peers_field), policy.namespace, question)
        ports = admits(rule.get("ports"), question.server, question.port, question.protocol)
        if peers and ports:
            return _Vote(policy, selects, True, "", ())
        if peers is not False and ports is False:
            wrong.append(policy.at("spec", field, index, "ports"))
        elif peers is not False:
            allows, why = None, why or reason or "a named port of a sidecar depends on the network plugin"
    return _Vote(policy, selects, allows, why, tuple(wrong))


def _peers(entries: object, namespace: str, question: _Question) -> tuple[bool | None, str]:
    if not isinstance(entries, list) or not entries:
        return True, ""
    reason = ""
    for entry in entries:
        found = fits(entry, namespace, question.peer, question.cluster) if isinstance(entry, Mapping) else False
        if found:
            return True, ""
        if found is None:
            reason = reason or undecided_because(entry, question.peer)
    return (None, reason) if reason else (False, "")


def _dns_pods(cluster: Cluster) -> Workload:
    profile = cluster.profile
    ports = [
        {"name": n, "protocol": p, "containerPort": profile.dns_port} for n, p in (("dns", "UDP"), ("dns-tcp", "TCP"))
    ]
    data: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "the cluster's DNS", "labels": dict(profile.dns_labels)},
        "spec": {"containers": [{"name": "dns", "ports": ports}]},
    }
    made = workload(Resource(data, profile.dns_namespace))
    assert made is not None
    return made
