"""What would mend a refuted call: the proof's own hint, else that of the rule which reports the broken object."""

from collections.abc import Iterator

from ringtrue.checking.cascades import shared
from ringtrue.cluster.labels import join
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
    found = _of_the_object(proof.blame, environment) if proof.blame is not None else ""
    return found or _choices(proof, environment)


def _choices(proof: Proof, environment: Environment) -> str:
    """What there is instead, where nothing is near enough to say that it was meant."""
    target, cluster = proof.target, environment.cluster
    if proof.reason is Reason.NXDOMAIN:
        return _services(target.namespace if target else proof.reference.client.namespace, environment)
    service = cluster.service(target.namespace, target.service) if target else None
    if service is None:
        return ""
    if proof.reason is Reason.PORT_UNDECLARED and service.ports:
        return f"call one of its ports {', '.join(str(port.number) for port in service.ports)}"
    if proof.reason is Reason.NO_ENDPOINTS and service.selector:
        return f"no pod is like it: give those that it is for the labels {join(service.selector)}"
    return ""


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


def _services(namespace: str, environment: Environment) -> str:
    names = sorted(service for space, service in environment.cluster.services if space == namespace)
    if not names:
        return f"namespace {namespace!r} has no Service at all"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"the Services of namespace {namespace!r} are {', '.join(map(repr, names[:_SHOWN]))}{more}"
