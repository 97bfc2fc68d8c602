"""Stage one: which object answers the name, from this pod (DNS-01 to DNS-04, DNS-09, DNS-16, DNS-21)?"""

from dataclasses import dataclass, replace

from ringtrue.cluster.dns import Rcode
from ringtrue.cluster.names import MeantName, parse
from ringtrue.cluster.resolver import Lookup, Resolver, lookup, resolver
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Spot
from ringtrue.reachability import dead_ends, misses, unsearched
from ringtrue.reachability.ending import Ending, caller, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Part, Result, Stage, Step, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.suggestions import own_services, rewritten
from ringtrue.reachability.walks import walk
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Found:
    """The Service that answers; `pods` when the name is that of an endpoint (`db-0.db.shop`)."""

    service: Service
    pods: tuple[Workload, ...]
    step: Step
    target: Target
    spots: tuple[Spot, ...] = ()


def resolve(reference: Reference, facts: Facts) -> Found | Ending:
    """The Service that the reference's host leads to, or why it leads to none."""
    if not reference.host:
        return unresolved(reference, Stage.NAME)
    if reference.named_service is not None:
        return _named(reference, reference.named_service, facts)
    if reference.workload is None:
        raise ValueError(f"a reference by DNS needs its pod: {reference.field}")
    meant = parse(reference.host, facts.scope.cluster, reference.client.namespace)
    declared = misses.declared_external(meant, reference, facts)
    if declared is not None:
        return declared
    if reference.by_node:
        return dead_ends.asked_by_node(reference, meant, facts)
    via = resolver(reference.workload, facts.scope.cluster.profile)
    if reference.literal:
        via = replace(via, search=())
    seen = lookup(reference.host, via, facts.scope.cluster)
    if seen.answer.rcode is Rcode.OK and seen.answer.service is not None:
        return unsearched.by_image(reference, seen, via, facts) or _answered(
            reference, meant, seen.answer.service, seen, via, facts
        )
    return _undecided(reference, seen) or misses.missed(reference, meant, seen, via, facts)


def unresolved(reference: Reference, stage: Stage) -> Ending:
    """The text stays open: the whole of it, or the port after a host that is known."""
    why = reference.unresolved or "the host is not known"
    message = f"{caller(reference)}: the address in {reference.field} is not known before the pod runs: {why}"
    return Ending(Reason.UNRESOLVED_TEXT, Step(stage, Result.UNDECIDED, why), message)


def _undecided(reference: Reference, seen: Lookup) -> Ending | None:
    """Answers that no manifest can confirm: other servers, the hosts file, the names of addresses."""
    answer, host = seen.answer, repr(reference.host)
    if answer.address:
        step = Step(Stage.NAME, Result.UNDECIDED, f"{reference.host} is {answer.address}, without asking DNS")
        return Ending(Reason.EXTERNAL, step, f"{host} is {answer.address}")
    if answer.cname and answer.rcode is Rcode.OUTSIDE:
        why = f"ExternalName: alias of {answer.cname[-1]}, outside the cluster"
        return Ending(Reason.EXTERNAL, Step(Stage.NAME, Result.UNDECIDED, why), f"{host}: {why}")
    if answer.pod_ip:
        step = Step(Stage.NAME, Result.UNDECIDED, "the name of a pod's address, answered whether the pod exists or not")
        return Ending(Reason.RESOLVER_DEPENDENT, step, f"{calls(reference)}, the name of a pod's address")
    if answer.rcode is Rcode.UNKNOWN:
        step = Step(Stage.NAME, Result.UNDECIDED, f"it depends on {answer.outside}")
        return Ending(Reason.RESOLVER_DEPENDENT, step, f"{calls(reference)}: it depends on {answer.outside}")
    return None


def _named(reference: Reference, name: tuple[str, str], facts: Facts) -> Found | Ending:
    service = facts.scope.cluster.service(*name)
    if service is None:
        return misses.no_such_service(reference, name, facts)
    if service.external_name:
        why = f"ExternalName: alias of {service.external_name}"
        step = Step(Stage.NAME, Result.UNDECIDED, why)
        return Ending(Reason.EXTERNAL, step, f"Service {str(service)!r}: {why}", target=Target(*name))
    step = Step(Stage.NAME, Result.PASSED, f"Service {service}", _spots(service))
    return _judged(reference, Found(service, (), step, Target(*name), _spots(service)), facts)


def _answered(
    reference: Reference, meant: MeantName, service: Service, seen: Lookup, via: Resolver, facts: Facts
) -> Found | Ending:
    answer = seen.answer
    target = Target(service.namespace, service.name)
    shadowing = _shadowed(reference, meant, service, answer.workloads, facts)
    if shadowing is not None:
        return shadowing
    pods = f", pods of {answer.workloads[0]}" if answer.workloads and meant.endpoint else ""
    alias = f" (alias {' -> '.join(answer.cname)})" if answer.cname else ""
    evidence = f"{walk(reference.host, seen, via)} -> Service {service}{pods}{alias}"
    step = Step(Stage.NAME, Result.PASSED, evidence, _spots(service))
    return _judged(reference, Found(service, answer.workloads, step, target, _spots(service)), facts)


def _judged(reference: Reference, found: Found, facts: Facts) -> Found | Ending:
    """TARGET_REJECTED and LEAVES_ENVIRONMENT come before everything that the Service itself can say."""
    return dead_ends.refused(reference, found.service, facts) or _leaving(reference, found, facts) or found


def _leaving(reference: Reference, found: Found, facts: Facts) -> Ending | None:
    scope, service = facts.scope, found.service
    other = misses.other_environment(service.namespace, scope)
    if not other:
        return None
    own = own_services(service.name, scope)
    message = (
        f"{caller(reference)} of environment {scope.environment!r} calls {reference.host!r}, "
        f"which is in namespace {service.namespace!r} of environment {other!r}"
    )
    step = Step(Stage.NAME, Result.BROKEN, f"Service {service} belongs to environment {other}")
    hint = (
        f"did you mean {rewritten(reference, own[0], facts)!r}?"
        if own
        else f"list {service.namespace!r} under [environments] shared if it is meant"
    )
    severity = None if own else Severity.WARNING
    related = tuple((spot, f"the Service in environment {other!r}") for spot in found.spots)
    return Ending(
        Reason.LEAVES_ENVIRONMENT, step, message, hint, found.target, severity, related=related, part=Part.NAMESPACE
    )


def _shadowed(
    reference: Reference, meant: MeantName, got: Service, pods: tuple[Workload, ...], facts: Facts
) -> Ending | None:
    """DNS-05: `a.b` reached endpoint `a` of Service `b` here, although Service `a` in namespace `b` exists."""
    if not pods or meant.form != "svc.ns" or meant.namespace is None:
        return None
    wanted = facts.scope.cluster.service(meant.namespace, meant.service)
    if wanted is None or wanted is got:
        return None
    message = f"{calls(reference)}, which reaches a pod of Service {str(got)!r}, not Service {str(wanted)!r}"
    step = Step(Stage.NAME, Result.BROKEN, f"an earlier candidate is an endpoint of Service {got}")
    right = f"{reference.host}.svc"
    return Ending(Reason.SHADOWED, step, message, f"write {right!r}", Target(wanted.namespace, wanted.name))


def _spots(service: Service) -> tuple[Spot, ...]:
    spot = service.at("metadata", "name")
    return (spot,) if spot else ()
