"""Collects what the rooms below, the rules and the proofs say is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ringtrue.checking import bugs
from ringtrue.checking.raised import Raised
from ringtrue.checking.severities import lower
from ringtrue.environments.environment import Environment
from ringtrue.findings import Severity
from ringtrue.manifests.problem import Fault, Problem
from ringtrue.reachability.proof import Proof
from ringtrue.rules import Rule

Severities = Mapping[str, Severity | None]


def from_faults(faults: Iterable[Fault], chosen: frozenset[str] | None, severities: Severities) -> Iterator[Raised]:
    """What was found before there was an environment; `chosen` leaves out faults of other environments only."""
    for fault in faults:
        severity = severities[fault.rule]
        if severity is None or (chosen is not None and fault.environments and chosen.isdisjoint(fault.environments)):
            continue
        grave = lower(severity, fault.problem.severity)
        yield Raised(fault.rule, fault.problem, grave, None, fault.environments)


def from_rules(
    rules: Iterable[Rule], environments: Sequence[Environment], severities: Severities
) -> tuple[list[Raised], list[str]]:
    """What the rules that are on say, and a sentence for each rule that failed in an environment."""
    raised: list[Raised] = []
    failures: list[str] = []
    for rule in rules:
        severity = severities[rule.NAME]
        if severity is None:
            continue
        for environment in environments:
            try:
                raised.extend(_judged(rule, environment, severity))
            except Exception as error:  # our own fault in one rule: it is named, the others are still worth having
                failures.append(bugs.sentence(f"rule {rule.NAME} in environment {environment.name!r}", error))
    return raised, failures


def _judged(rule: Rule, environment: Environment, severity: Severity) -> Iterator[Raised]:
    for problem in rule.check(environment):
        yield Raised(rule.NAME, problem, lower(severity, problem.severity), environment)


def from_proof(proof: Proof, environment: Environment, reference_id: str, severities: Severities) -> Raised | None:
    """A refuted or undecided reference as a problem of its own; None when it is proved, or its rule is off."""
    rule = proof.reason.rule
    severity = severities[rule] if rule else None
    if rule is None or severity is None:
        return None
    reference = proof.reference
    problem = Problem(
        proof.spot or reference.spot,
        proof.message,
        hint=proof.hint,
        related=proof.related,
        value=f"{reference.host}:{reference.port or reference.port_name or ''}",
        references=(reference_id,),
    )
    return Raised(rule, problem, lower(severity, proof.severity), environment, client=reference.client, proof=proof)
