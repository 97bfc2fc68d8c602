"""One side of a connection: what the NetworkPolicies that select a pod say of its ingress or egress."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.indexes import labels_asked
from ringtrue.cluster.peers import Peer, fits, on_host_network, selects_pods, undecided_because
from ringtrue.cluster.policy_ports import admits
from ringtrue.cluster.workloads import Workload
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


OPEN = Direction()


@dataclass(frozen=True, slots=True)
class Question:
    """May `pod`, on its `direction` side, exchange packets with `peer` on `port` of `server` (None when no pod)?"""

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


def policy_types(policy: Resource) -> tuple[str, ...]:
    """NET-01: `policyTypes`, by default Ingress, and Egress too when there is an egress rule."""
    found = policy.get("spec", "policyTypes")
    if isinstance(found, list) and found:
        return tuple(each for each in found if isinstance(each, str))
    return (INGRESS, EGRESS) if policy.get("spec", "egress") else (INGRESS,)


def judge(question: Question) -> Direction:
    """NET-01, NET-02, NET-06, NET-07: one side: open, allowed by a policy, forbidden, or undecided with the reason."""
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
    return f"{vote.policy.called}: {vote.why or 'it selects by a label that differs from pod to pod'}"


def _votes(question: Question) -> Iterator[_Vote]:
    """One for each policy that may select the pod for the direction, in the order of their names."""
    pod, policies = question.pod, question.cluster.policies
    found = {p.name: p for key in labels_asked(pod.namespace, pod.labels) for p in policies.get(key, ())}
    for policy in (found[name] for name in sorted(found)):
        selects = selects_pods(policy.mapping("spec", "podSelector"), pod)
        if selects is not False and question.direction in policy_types(policy):
            yield _vote(policy, selects, question)


def _vote(policy: Resource, selects: bool | None, question: Question) -> _Vote:
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


def _peers(entries: object, namespace: str, question: Question) -> tuple[bool | None, str]:
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
