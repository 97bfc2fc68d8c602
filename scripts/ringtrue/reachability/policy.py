"""Stage four: do the NetworkPolicies let the call through, and the question to DNS before it (NET-01 to NET-04)?"""

from dataclasses import dataclass
from itertools import product

from ringtrue.cluster.endpoints import Backend
from ringtrue.cluster.labels import join
from ringtrue.cluster.manual import addresses
from ringtrue.cluster.near import own_labels
from ringtrue.cluster.policies import Direction, Passage, address_passage, dns_passage, passage, unmodelled
from ringtrue.cluster.policy_slips import peer_slip
from ringtrue.cluster.workloads import Workload
from ringtrue.reachability.backends import Behind
from ringtrue.reachability.ending import Ending, caller, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.names import Found
from ringtrue.reachability.proof import Result, Stage, Step
from ringtrue.reachability.reasons import Reason
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Crossing:
    """One kind of pod behind the Service, and whether the caller gets there."""

    backend: Backend
    server: Workload
    passage: Passage


def allowed(reference: Reference, found: Found, behind: Behind, facts: Facts) -> Step | Ending:
    """The step when the policies of both ends allow the call, else the ending."""
    client = reference.workload
    if reference.refused:
        return _refused(reference, found, facts)
    if client is None:
        return Step(Stage.POLICY, Result.PASSED, "no pod of this environment makes the call")
    cluster = facts.scope.cluster
    other = _of_another_kind(reference, client, behind, facts)
    if other is not None:
        return other
    crossings = [
        Crossing(backend, backend.workload, passage(client, backend.workload, backend.number, behind.protocol, cluster))
        for backend in behind.backends
        if backend.workload is not None
    ]
    ending = _crossed(reference, client, behind, crossings) or _dns(reference, client, facts)
    if ending is None and len(crossings) < max(1, len(behind.backends)):
        ending = _to_addresses(reference, client, found, behind, facts)
    return ending or Step(Stage.POLICY, Result.PASSED, _evidence(client, crossings, facts))


def _refused(reference: Reference, found: Found, facts: Facts) -> Ending:
    """A route names a Service of another namespace, which nothing there allows."""
    unseen = facts.scope.more(found.service.namespace)
    message = f"{caller(reference)} names Service {str(found.service)!r}, but {reference.refused}"
    if unseen:
        step = Step(Stage.POLICY, Result.UNDECIDED, f"{reference.refused}, and the namespace {unseen}")
        return Ending(Reason.OPEN_NAMESPACE, step, f"{message}; the namespace {unseen}")
    step = Step(Stage.POLICY, Result.BROKEN, reference.refused)
    hint = f"add a ReferenceGrant to namespace {found.service.namespace!r}"
    return Ending(Reason.BLOCKED, step, message, hint, blame=reference.spot)


def _crossed(reference: Reference, client: Workload, behind: Behind, crossings: list[Crossing]) -> Ending | None:
    shut = [crossing for crossing in crossings if not crossing.passage.allowed]
    hidden = next((way for each in shut if not each.backend.number for way in _ways(each) if way.wrong_ports), None)
    if hidden is not None:
        spot = hidden.wrong_ports[0]
        return _not_modelled(reference, f"no port is given, and {spot.resource.called} allows some ports only")
    if shut and len(shut) == len(crossings):
        return _blocked(reference, client, behind, shut[0])
    undecided = [crossing.passage.undecided for crossing in crossings if crossing.passage.undecided]
    if undecided:
        return _not_modelled(reference, undecided[0])
    if not shut:
        return None
    pods = ", ".join(sorted({crossing.server.called for crossing in shut}))
    message = f"{calls(reference)}, but the policies let it through to some pods only: not to those of {pods}"
    step = Step(Stage.POLICY, Result.BROKEN, f"not allowed to {pods}")
    return Ending(Reason.PARTIAL, step, message, "allow every pod behind the Service, or narrow its selector")


def _ways(crossing: Crossing) -> tuple[Direction, Direction]:
    return crossing.passage.egress, crossing.passage.ingress


def _blocked(reference: Reference, client: Workload, behind: Behind, crossing: Crossing) -> Ending:
    shut_out = not crossing.passage.egress.allowed
    direction = crossing.passage.egress if shut_out else crossing.passage.ingress
    way, end, peer = ("egress", client, crossing.server) if shut_out else ("ingress", crossing.server, client)
    call, preposition = f"{crossing.backend.number}/{behind.protocol}", "to" if shut_out else "from"
    evidence = f"{_isolation(direction, way)} of {end.called}, and no policy allows {call} {preposition} {peer.called}"
    step = Step(Stage.POLICY, Result.BROKEN, evidence)
    message = f"{calls(reference)}, but {evidence}"
    related = tuple((policy.at("spec"), f"isolates {way}") for policy in direction.isolated_by)
    caller_spot = (reference.spot, f"the call: {reference.field}")
    if direction.wrong_ports:
        spot = direction.wrong_ports[0]
        hint = f"a policy sees the pod's port, not the Service's: {spot.resource.name!r} must allow {call}"
        return Ending(Reason.BLOCKED, step, message, hint, spot=spot, related=(caller_spot, *related))
    slip = peer_slip(direction, way, peer, crossing.server, crossing.backend.number, behind.protocol)
    if slip is not None:
        hint = f"did you mean {join(slip.labels)}, the labels of the pods of {peer.called}?"
        return Ending(Reason.BLOCKED, step, message, hint, spot=slip.spot, related=(caller_spot, *related))
    pods, others = join(own_labels(end)), join(own_labels(peer))
    hint = f"add a NetworkPolicy that allows {way} of pods {pods} {preposition} pods {others} on {call}"
    return Ending(Reason.BLOCKED, step, message, hint, related=related)


def _dns(reference: Reference, client: Workload, facts: Facts) -> Ending | None:
    if reference.named_service is not None:
        return None
    udp, _ = dns_passage(client, facts.scope.cluster)
    if udp.undecided:
        return _not_modelled(reference, udp.undecided)
    if udp.allowed:
        return None
    profile = facts.scope.cluster.profile
    question = f"{profile.dns_port}/UDP"
    evidence = f"{_isolation(udp, 'egress')} of {client.called}, and no policy allows {question} to the DNS pods"
    message = f"{calls(reference)}, but cannot ask DNS: {evidence}"
    hint = (
        f"allow egress to pods {join(profile.dns_labels)} in namespace {profile.dns_namespace!r}, "
        f"ports {question} and {profile.dns_port}/TCP"
    )
    related = tuple((policy.at("spec"), "isolates egress") for policy in udp.isolated_by)
    return Ending(Reason.DNS_BLOCKED, Step(Stage.POLICY, Result.BROKEN, evidence), message, hint, related=related)


def _of_another_kind(reference: Reference, client: Workload, behind: Behind, facts: Facts) -> Ending | None:
    """NET-08: a policy of a kind that is not modelled and may select either end."""
    servers = dict.fromkeys(backend.workload for backend in behind.backends if backend.workload is not None)
    for pod in (client, *servers):
        for policy in unmodelled(pod, facts.scope.cluster):
            return _not_modelled(reference, f"{policy.called} may select the pods of {pod.called}")
    return None


def _to_addresses(reference: Reference, client: Workload, found: Found, behind: Behind, facts: Facts) -> Ending | None:
    """NET-06: the addresses of a slice, or the control plane's, which nobody knows: then `ipBlock` decides nothing."""
    numbers = {backend.number for backend in behind.backends if backend.workload is None} or {reference.port or 443}
    known = () if found.service.builtin else facts.endpoints(found.service).manual
    for number, address in product(sorted(numbers), [each.address for each in addresses(known)] or [""]):
        egress = address_passage(client, address, number, behind.protocol, facts.scope.cluster)
        if egress.undecided or not egress.allowed:
            return _to_address(reference, client, egress, address, f"{number}/{behind.protocol}")
    return None


def _to_address(reference: Reference, client: Workload, egress: Direction, address: str, call: str) -> Ending:
    if egress.undecided or not address:
        isolating = f"{_isolation(egress, 'egress')}, and the addresses are of no pod seen here"
        return _not_modelled(reference, egress.undecided or isolating)
    evidence = f"{_isolation(egress, 'egress')} of {client.called}, and no policy allows {call} to {address}"
    related = tuple((policy.at("spec"), "isolates egress") for policy in egress.isolated_by)
    hint = f"add a NetworkPolicy that allows egress of pods {join(own_labels(client))} to an ipBlock with {address}"
    step = Step(Stage.POLICY, Result.BROKEN, evidence)
    return Ending(Reason.BLOCKED, step, f"{calls(reference)}, but {evidence}", f"{hint} on {call}", related=related)


def _not_modelled(reference: Reference, why: str) -> Ending:
    message = f"{calls(reference)}: whether policies allow it is not known: {why}"
    return Ending(Reason.POLICY_NOT_MODELLED, Step(Stage.POLICY, Result.UNDECIDED, why), message)


def _evidence(client: Workload, crossings: list[Crossing], facts: Facts) -> str:
    egress = _said("egress", [(each.passage.egress, each.backend) for each in crossings])
    ingress = _said("ingress", [(each.passage.ingress, each.backend) for each in crossings])
    parts = [part for part in (egress, ingress, _said_dns(*dns_passage(client, facts.scope.cluster))) if part]
    return "; ".join(parts) if parts else "no policy selects either end"


def _said(way: str, directions: list[tuple[Direction, Backend]]) -> str:
    allowing = dict.fromkeys(policy.name for direction, _ in directions for policy in direction.allowed_by)
    if not allowing:
        return ""
    numbers = ", ".join(str(number) for number in dict.fromkeys(backend.number for _, backend in directions))
    return f"{way} {', '.join(allowing)} allows {numbers}"


def _said_dns(udp: Direction, tcp: Direction) -> str:
    if not udp.isolated_by:
        return ""
    name = udp.allowed_by[0].name if udp.allowed_by else "a policy"
    return f"DNS egress {name} allows 53/UDP" + (" and 53/TCP" if tcp.allowed else ", but not 53/TCP")


def _isolation(direction: Direction, way: str) -> str:
    names = list(dict.fromkeys(repr(policy.name) for policy in direction.isolated_by))
    if len(names) == 1:
        return f"NetworkPolicy {names[0]} isolates {way}"
    return f"NetworkPolicies {', '.join(names)} isolate {way}"
