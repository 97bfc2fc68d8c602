"""What a map is made of: nodes, connections between them, policies."""

from dataclasses import dataclass
from enum import StrEnum

from ringtrue.checking import CheckedReference
from ringtrue.findings import Finding


class Role(StrEnum):
    """What a node stands for; a closed enum of the JSON contract."""

    WORKLOAD = "workload"
    SERVICE = "service"
    OBJECT = "object"
    """What makes no pods and still names Services: an Ingress, a route, a webhook."""
    MISSING = "missing"
    """A name that somebody calls and nothing provides."""
    EXTERNAL = "external"
    """Outside the cluster, or not known to be inside."""


class Kind(StrEnum):
    """What a connection is; a closed enum of the JSON contract."""

    CALLS = "calls"
    ENDPOINTS = "endpoints"


class Mark(StrEnum):
    """What a connection came to, the worst of its references: `external` apart from `unknown`, as in every count."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    EXTERNAL = "external"


GRAVITY = (Mark.REFUTED, Mark.UNKNOWN, Mark.PROVED, Mark.EXTERNAL)
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Node:
    """`id` is environment, namespace, kind and name: the same after anything else changes."""

    id: str
    environment: str
    role: Role
    kind: str
    """Of the object; "Service" for a missing one, "host" for what is outside."""
    namespace: str
    """"" for what has none, or is outside."""
    name: str
    detail: str = ""
    """What a glance wants to know beside the name: ports of a Service, replicas of a workload."""
    own: bool = True
    """False for what other environments, or the cluster itself, bring."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """All references of one client to one target, or one kind of pod behind a Service."""

    id: str
    environment: str
    kind: Kind
    source: str
    target: str
    mark: Mark
    detail: str = ""
    """Of endpoints: the ports, or why nothing is served."""
    references: tuple[CheckedReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A NetworkPolicy: the pods it selects, the calls that it lets through, those that break on it."""

    id: str
    environment: str
    namespace: str
    name: str
    selects: tuple[str, ...]
    """Ids of workloads."""
    allows: tuple[str, ...]
    """Ids of connections."""
    cuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The map of one environment."""

    name: str
    cluster: str
    complete: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    policies: tuple[Policy, ...]
    findings: tuple[Finding, ...] = ()
    """Those that are about no node of the map."""

    def count(self, mark: Mark) -> int:
        """References, not connections: the figures of a check."""
        return sum(mark_of(each) is mark for edge in self.edges for each in edge.references)


def mark_of(checked: CheckedReference) -> Mark:
    reason = checked.proof.reason.value
    return Mark.EXTERNAL if reason == "external" else Mark(checked.proof.verdict.value)


def worst(marks: "list[Mark]") -> Mark:
    return min(marks, key=GRAVITY.index)
