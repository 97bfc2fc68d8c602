"""Peers of a NetworkPolicy that were meant for a pod, but for a slip in a label."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from ringtrue.cluster.directions import Direction
from ringtrue.cluster.near import own_labels
from ringtrue.cluster.policy_ports import admits
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource, Spot, strings

CLOSE = 0.8
"""How much alike a key or value is when it is a slip of another (difflib's measure, 1 for equal)."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A peer's `podSelector` in a policy, and the pod's labels that it should have asked for."""

    spot: Spot
    labels: Mapping[str, str]


def peer_slip(shut: Direction, way: str, peer: Workload, server: Workload, port: int, protocol: str) -> Slip | None:
    """NET-01: among the policies that shut a direction ("egress" or "ingress"), the peer that misses a pod by a slip.

    Only peers of rules whose ports fit, and which a pod's own label differs from in spelling; None when there is none.
    """
    for policy in shut.isolated_by:
        for spot, selector in _selectors(policy, way, server, port, protocol):
            wanted = strings(selector.get("matchLabels"))
            carried = _carried(wanted, own_labels(peer))
            if carried and carried != wanted and not selector.get("matchExpressions"):
                return Slip(spot, carried)
    return None


def _selectors(
    policy: Resource, way: str, server: Workload, port: int, protocol: str
) -> Iterator[tuple[Spot, Mapping[str, object]]]:
    field = "to" if way == "egress" else "from"
    for index, rule in enumerate(policy.items("spec", way)):
        if not admits(rule.get("ports"), server, port, protocol):
            continue
        for place, _ in enumerate(policy.items("spec", way, index, field)):
            route = ("spec", way, index, field, place, "podSelector")
            yield policy.at(*route, "matchLabels"), policy.mapping(*route)


def _carried(wanted: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str]:
    """The pod's own labels for those wanted, each equal or spelt nearly so; {} when one has no counterpart."""
    found: dict[str, str] = {}
    for key, value in wanted.items():
        best = max(labels.items(), key=lambda label: _alike(key, value, label), default=None)
        if best is None or _alike(key, value, best) < CLOSE:
            return {}
        found[best[0]] = best[1]
    return found


def _alike(key: str, value: str, label: tuple[str, str]) -> float:
    return min(SequenceMatcher(None, key, label[0]).ratio(), SequenceMatcher(None, value, label[1]).ratio())
