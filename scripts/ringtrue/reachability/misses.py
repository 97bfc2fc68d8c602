"""Why a name has no answer: the reasons of stage one, in the order of `Reason`."""

from ringtrue.cluster.names import MeantName, nearest_service
from ringtrue.cluster.resolver import Lookup, Resolver
from ringtrue.cluster.services import Service
from ringtrue.cluster.slips import is_slip
from ringtrue.cluster.top_level import TOP_LEVEL
from ringtrue.findings import Severity
from ringtrue.reachability import dead_ends, unsearched
from ringtrue.reachability.ending import Ending, caller, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Part, Result, Stage, Step, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.scope import Scope
from ringtrue.reachability.suggestions import own_services, rewritten, suggestion, surely_meant
from ringtrue.reachability.walks import walk
from ringtrue.references.reference import Certainty, Reference
from ringtrue.references.service_variables import host_variable


def missed(reference: Reference, meant: MeantName, seen: Lookup, via: Resolver, facts: Facts) -> Ending:
    """The ending of a lookup without an answer."""
    scope = facts.scope
    by_musl = unsearched.by_musl(reference, seen, via, facts)
    if by_musl is not None:
        return by_musl
    if meant.public and reference.host.endswith("."):
        return _external(reference)
    if meant.form == "outside":
        inside = dead_ends.peer(reference, facts) or _known_otherwise(reference, facts)
        if inside is None:
            return _external(reference)
        meant = inside
    if meant.form == "wrong-domain":
        return dead_ends.wrong_domain(reference, meant, via, facts)
    namespace = meant.namespace or reference.client.namespace
    if not via.cluster_dns and scope.cluster.service(namespace, meant.service) is not None:
        return dead_ends.no_cluster_dns(reference, via, Target(namespace, meant.service))
    if meant.form in ("svc.ns.svc", "fqdn") and meant.namespace is None:
        return dead_ends.namespace_only(reference, meant, seen, facts)
    as_written = unsearched.as_written(reference, meant, seen, via, facts)
    if as_written is not None:
        return as_written
    service = scope.cluster.service(namespace, meant.service)
    if service is not None and not meant.endpoint:
        return dead_ends.refused(reference, service, facts) or dead_ends.without_address(reference, service, facts)
    if service is not None:
        return dead_ends.no_endpoint_name(reference, meant, service, facts)
    return _missing(reference, meant, namespace, walk(reference.host, seen, via), facts)


def _known_otherwise(reference: Reference, facts: Facts) -> MeantName | None:
    """`service.namespace` of a namespace that nothing seen here fills, but another cluster or an unseen source does."""
    service, _, namespace = reference.host.lower().rstrip(".").partition(".")
    known = namespace in facts.scope.elsewhere or namespace in facts.scope.open
    return MeantName(service, namespace, "svc.ns") if known and namespace not in TOP_LEVEL else None


def no_such_service(reference: Reference, name: tuple[str, str], facts: Facts) -> Ending:
    """A field of the API names a Service that is not there; the field says the namespace, or it is the object's own."""
    namespace, service = name
    scope, target = facts.scope, Target(namespace, service)
    declared = declared_external(MeantName(service, namespace, "svc.ns"), reference, facts)
    if declared is not None:
        return declared
    unseen = scope.provider(namespace, service)
    if unseen:
        return _open(reference, namespace, service, unseen)
    severity = Severity.WARNING if reference.optional else None
    own = [each for each in own_services(service, scope) if each.namespace != namespace]
    foreign = namespace not in scope.filled and namespace != reference.client.namespace
    if foreign and own and _fits(reference, own[0], namespace, scope):
        message = f"{caller(reference)} names Service {service!r} of namespace {namespace!r}, in which there is none"
        step = Step(Stage.NAME, Result.BROKEN, f"Service {service} is in {own[0].namespace}, not in {namespace}")
        hint = f"did you mean namespace {own[0].namespace!r}?"
        return Ending(Reason.WRONG_NAMESPACE, step, message, hint, target, severity, blame=reference.spot)
    complete = scope.cluster.profile.complete
    if foreign and namespace not in scope.elsewhere and not complete:
        return _foreign(reference, service, namespace)
    if scope.leaf and reference.workload is None and not complete and not facts.brings_services(namespace):
        return _foreign(reference, service, namespace, "brings a Service into")
    message = f"{caller(reference)} names Service {service!r}, which namespace {namespace!r} does not have"
    step = Step(Stage.NAME, Result.BROKEN, f"no Service {service} in namespace {namespace}")
    near = nearest_service(service, namespace, scope.cluster)
    hint = f"did you mean {near.name!r}?" if near else ""
    sure = near is not None and surely_meant(service, near, facts)
    if not sure and scope.leaf and service in scope.siblings:
        hint, severity = f"{scope.siblings[service][0]!r} has a Service of that name", Severity.WARNING
    if reference.workload is not None:
        hint = _other_variable(near) if near else hint
        return _no_variable(reference, hint, step, target, sure or complete)
    if reference.client.kind == "StatefulSet":
        message = message.replace("names Service", "has serviceName")
    return Ending(Reason.NXDOMAIN, step, message, hint, target, severity, blame=reference.spot)


def _no_variable(reference: Reference, hint: str, step: Step, target: Target, certain: bool) -> Ending:
    """REF-02: a variable `FOO_SERVICE_HOST` that kubelet does not set, for there is no such Service."""
    message = (
        f"{caller(reference)} takes the address of Service {target.service!r} from a variable that kubelet does not "
        f"set: namespace {target.namespace!r} has no such Service"
    )
    return Ending(Reason.NXDOMAIN, step, message, hint, target, None if certain else Severity.WARNING)


def _other_variable(near: Service) -> str:
    if near.headless or near.external_name:
        return f"did you mean Service {near.name!r}? Kubelet sets no variables for it: write its name"
    return f"did you mean {host_variable(near.name)}, which holds the address of Service {near.name!r}?"


def declared_external(meant: MeantName, reference: Reference, facts: Facts) -> Ending | None:
    """`[[external]]` is asked first (`design.md` section 5)."""
    key = (meant.namespace or reference.client.namespace, meant.service)
    service, _, namespace = reference.host.lower().removesuffix(".").partition(".")
    if meant.form == "outside" and (namespace, service) in facts.scope.external:
        # Nothing seen here fills that namespace, so the name alone did not say that the cluster is meant.
        key = (namespace, service)
    ports = facts.scope.external.get(key)
    if ports is None or (ports and reference.port is not None and reference.port not in ports):
        return None
    step = Step(Stage.NAME, Result.UNDECIDED, f"Service {key[0]}/{key[1]} is declared under [[external]]")
    return Ending(Reason.EXTERNAL, step, f"{reference.host!r} is declared under [[external]]", target=Target(*key))


def other_environment(namespace: str, scope: Scope) -> str:
    """The named environment that fills a namespace, when it is not the caller's and not shared; else ""."""
    other = scope.environment_of.get(namespace, "")
    foreign = scope.named and other and other != scope.environment
    return other if foreign and namespace not in scope.shared and namespace not in scope.own else ""


def _missing(reference: Reference, meant: MeantName, namespace: str, walked: str, facts: Facts) -> Ending:
    scope = facts.scope
    unseen = scope.provider(namespace, meant.service)
    if unseen:
        return _open(reference, namespace, meant.service, unseen)
    own = [service for service in own_services(meant.service, scope) if service.namespace != namespace]
    other = other_environment(namespace, scope)
    if other and own:
        return _stale(reference, meant, namespace, other, own[0], facts)
    foreign = namespace not in scope.filled and namespace != reference.client.namespace
    if own and (not foreign or _fits(reference, own[0], namespace, scope)):
        return _wrong_namespace(reference, meant, namespace, own[0], walked, facts)
    if foreign and namespace not in scope.elsewhere and not scope.cluster.profile.complete:
        return _foreign(reference, meant.service, namespace)
    return _nxdomain(reference, meant, namespace, walked, facts)


def _foreign(reference: Reference, service: str, namespace: str, does: str = "fills") -> Ending:
    message = (
        f"{calls(reference)}: nothing seen here {does} namespace {namespace!r}, "
        "so whether it has that Service is not known"
    )
    step = Step(Stage.NAME, Result.UNDECIDED, f"nothing seen here {does} namespace {namespace}")
    return Ending(Reason.FOREIGN_NAMESPACE, step, message, target=Target(namespace, service), part=Part.NAMESPACE)


def _fits(reference: Reference, service: Service, namespace: str, scope: Scope) -> bool:
    """Whether a namespace that nothing fills was a slip: the own Service has the port, or the spelling is near.

    Undeclared manifests that say no namespace may be meant for that very one.
    """
    if reference.port is None or not (_placed(reference, scope) or reference.client.namespace == ""):
        return is_slip(namespace, service.namespace)
    return any(port.number == reference.port for port in service.ports)


def _placed(reference: Reference, scope: Scope) -> bool:
    """Whether the caller's namespace is known: undeclared manifests that say none are put where a command says."""
    return not scope.leaf or reference.client.get("metadata", "namespace") is not None


def _wrong_namespace(
    reference: Reference, meant: MeantName, namespace: str, own: Service, walked: str, facts: Facts
) -> Ending:
    said = "its own namespace" if meant.namespace is None else "namespace"
    message = (
        f"{calls(reference)}, but Service {meant.service!r} is in namespace "
        f"{own.namespace!r}, not in {said} {namespace!r}"
    )
    step = Step(Stage.NAME, Result.BROKEN, f"{walked}: Service {own.name} is in {own.namespace}, not in {namespace}")
    spot = own.at("metadata", "name")
    related = ((spot, "the Service"),) if spot else ()
    hint = f"did you mean {rewritten(reference, own, facts)!r}?"
    target = Target(own.namespace, own.name)
    grave = None if meant.namespace is not None or _placed(reference, facts.scope) else Severity.WARNING
    return Ending(Reason.WRONG_NAMESPACE, step, message, hint, target, grave, related=related, part=Part.NAMESPACE)


def _stale(reference: Reference, meant: MeantName, namespace: str, other: str, own: Service, facts: Facts) -> Ending:
    message = (
        f"{caller(reference)} of environment {facts.scope.environment!r} calls {reference.host!r}: namespace "
        f"{namespace!r} belongs to environment {other!r}, and has no such Service"
    )
    step = Step(Stage.NAME, Result.BROKEN, f"namespace {namespace} belongs to environment {other}")
    hint = f"did you mean {rewritten(reference, own, facts)!r}?"
    target = Target(namespace, meant.service)
    return Ending(Reason.LEAVES_ENVIRONMENT, step, message, hint, target, part=Part.NAMESPACE)


def _nxdomain(reference: Reference, meant: MeantName, namespace: str, walked: str, facts: Facts) -> Ending:
    scope = facts.scope
    where = f"its own namespace {namespace!r}" if meant.namespace is None else f"namespace {namespace!r}"
    elsewhere = scope.elsewhere.get(namespace)
    if elsewhere:
        why = f"namespace {namespace!r} is filled on cluster {elsewhere!r} only"
    elif namespace not in scope.filled and namespace not in scope.own:
        why = f"nothing fills namespace {namespace!r}"
    else:
        why = f"{where} has no Service {meant.service!r}"
    hint, near = suggestion(reference, meant, namespace, facts)
    step = Step(Stage.NAME, Result.BROKEN, f"{walked}: NXDOMAIN; {why}")
    message = f"{calls(reference)}, but {why}"
    severity = _severity(reference, meant, near, namespace, facts)
    blame, target = dead_ends.nameless(meant, namespace, facts), Target(namespace, meant.service)
    if namespace not in scope.filled and namespace not in scope.own:
        part = Part.NAMESPACE
        return Ending(Reason.NXDOMAIN, step, message, hint, target, severity, blame=blame, part=part)
    meaning = nearest_service(meant.service, namespace, scope.cluster)
    spot = meaning.at("metadata", "name") if meaning is not None else None
    return Ending(Reason.NXDOMAIN, step, message, hint, target, severity, blame=blame, near=spot)


def _severity(reference: Reference, meant: MeantName, near: bool, namespace: str, facts: Facts) -> Severity | None:
    """A miss is an error where it is certain that a host of the cluster is meant (`design.md` section 5)."""
    scope = facts.scope
    if scope.leaf and (meant.service in scope.siblings or (not near and facts.has_strangers(namespace))):
        return Severity.WARNING
    if scope.leaf and not near and facts.is_fragment(reference, meant.service, namespace):
        return Severity.WARNING
    certain = reference.certainty is Certainty.SURE or meant.form in ("svc.ns.svc", "fqdn")
    return None if certain or near else Severity.WARNING


def _external(reference: Reference) -> Ending:
    step = Step(Stage.NAME, Result.UNDECIDED, "outside the cluster")
    return Ending(Reason.EXTERNAL, step, f"{reference.host!r} is outside the cluster")


def _open(reference: Reference, namespace: str, service: str, unseen: str) -> Ending:
    message = (
        f"{caller(reference)} calls {reference.host or service!r}: no Service {service!r} is seen in namespace "
        f"{namespace!r}, but the namespace {unseen}"
    )
    step = Step(Stage.NAME, Result.UNDECIDED, f"no Service {service} seen in {namespace}, which {unseen}")
    hint = "list it under [[external]] with a reason"
    return Ending(Reason.OPEN_NAMESPACE, step, message, hint, Target(namespace, service))
