"""What would mend a refuted call: the proof's own hint, else that of the rule which reports the broken object."""

from collections.abc import Iterator

from ringtrue.checking.cascades import shared
from ringtrue.environments.environment import Environment
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.rules import RULES

_SHOWN = 6
"""Services that are listed where none of them has a near name."""


def mend(proof: Proof, environment: Environment) -> str:
    """One sentence; "" for a proved call, and where nothing is known to help."""
    if proof.verdict is not Verdict.REFUTED or proof.hint:
        return proof.hint
    if proof.blame is not None:
        return _of_the_object(proof.blame, environment)
    return _services(proof, environment) if proof.reason is Reason.NXDOMAIN else ""


def _of_the_object(blame: Spot, environment: Environment) -> str:
    found = [
        (-near, index, problem.hint)
        for index, problem in enumerate(_problems(environment))
        if problem.hint and isinstance(problem.where, Spot) and problem.where.resource is blame.resource
        if (near := shared(problem.where.route, blame.route)) is not None
    ]
    return min(found)[2] if found else ""


def _problems(environment: Environment) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule.check(environment)


def _services(proof: Proof, environment: Environment) -> str:
    namespace = proof.target.namespace if proof.target else proof.reference.client.namespace
    names = sorted(service for space, service in environment.cluster.services if space == namespace)
    if not names:
        return f"namespace {namespace!r} has no Service at all"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"the Services of namespace {namespace!r} are {', '.join(names[:_SHOWN])}{more}"
