"""A proof: the chain from a reference to the pods, step by step, and its verdict."""

from dataclasses import dataclass
from enum import StrEnum

from ringtrue.findings import Severity
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.references.reference import Reference


class Stage(StrEnum):
    NAME = "name"
    PORT = "port"
    ENDPOINTS = "endpoints"
    POLICY = "policy"


class Part(StrEnum):
    """Which part of a host a refuted reference has wrong; after the name stage the Service counts."""

    SERVICE = "service"
    NAMESPACE = "namespace"
    DOMAIN = "domain"


class Result(StrEnum):
    PASSED = "passed"
    BROKEN = "broken"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage; `evidence` is a short sentence with the objects and values it rests on, `spots` the places."""

    stage: Stage
    result: Result
    evidence: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The Service (and port, when known) that the reference reaches or means to reach."""

    namespace: str
    service: str
    port: int | None = None
    port_name: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """`proved` only when every step passed; a refuted or unknown one ends with the step that decided it."""

    reference: Reference
    steps: tuple[Step, ...]
    verdict: Verdict
    reason: Reason
    target: Target | None = None
    message: str = ""
    """Refuted or unknown: one sentence for the finding: what, which value, against what."""
    hint: str = ""
    """What mends it: the nearest name, the right namespace, the port meant."""
    severity: Severity | None = None
    """Lower than the reason's own where the case is less certain."""
    spot: Spot | None = None
    """The field to edit when it is not the reference's own (its port field; the policy that forbids)."""
    blame: Spot | None = None
    """The broken object, when a rule reports that object itself: this proof then becomes `related` of that finding."""
    related: tuple[tuple[Spot, str], ...] = ()
    """The other end: the Service, the policy, the pods."""
    part: Part = Part.SERVICE
    near: Spot | None = None
    """The name of the Service that was probably meant, where another one was written."""
    assumed: str = ""
    """Proved, where something is taken for granted of undeclared manifests: what."""
