"""Stage four: do the NetworkPolicies let the call through, and the question to DNS before it (NET-01 to NET-04)?"""

from collections.abc import Iterable

from ringtrue.cluster.endpoints import Backend
from ringtrue.cluster.policies import Direction, Passage, dns_passage, near_misses, passage, unmodelled
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.backends import Behind
from ringtrue.reachability.ending import Ending, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.names import Found
from ringtrue.reachability.proof import Result, Stage, Step
from ringtrue.reachability.reasons import Reason
from ringtrue.references.reference import Reference


def allowed(reference: Reference, found: Found, behind: Behind, facts: Facts) -> Step | Ending:
    """The step when the policies of both ends allow the call, else the ending."""
    client = reference.workload
    if client is None:
        return Step(Stage.POLICY, Result.PASSED, "no pod of this environment makes the call")
    cluster = facts.scope.cluster
    servers = {backend.workload for backend in behind.backends if backend.workload is not None}
    other = [policy for pod in (client, *servers) for policy in unmodelled(pod, cluster)]
    if other:
        return _not_modelled(reference, f"{other[0].kind} {other[0].name!r} may select either end")
    crossings = [
        (backend, passage(client, backend.workload, backend.number, behind.protocol, cluster))
        for backend in behind.backends
        if backend.workload is not None
    ]
    ending = _crossed(reference, found, behind, crossings, facts) or _dns(reference, client, facts)
    if ending is not None:
        return ending
    if len(crossings) < max(1, len(behind.backends)):
        unseen = _to_addresses(reference, client, facts)
        if unseen is not None:
            return unseen
    return Step(Stage.POLICY, Result.PASSED, _evidence(client, crossings, facts))


def _crossed(
    reference: Reference,
    found: Found,
    behind: Behind,
    crossings: list[tuple[Backend, Passage]],
    facts: Facts,
) -> Ending | None:
    shut = [(backend, crossing) for backend, crossing in crossings if crossing.allowed is False]
    if shut and len(shut) == len(crossings):
        return _blocked(reference, behind, *shut[0], facts)
    undecided = [crossing for _, crossing in crossings if crossing.allowed is None]
    if undecided:
        return _not_modelled(reference, undecided[0].why)
    if not shut:
        return None
    pods = ", ".join(sorted({str(backend.workload) for backend, _ in shut}))
    message = f"{calls(reference)}, but the policies let it through to some pods only: not to those of {pods}"
    step = Step(Stage.POLICY, Result.BROKEN, f"not allowed to {pods}")
    return Ending(Reason.PARTIAL, step, message, "allow every pod behind the Service, or narrow its selector")


def _blocked(reference: Reference, behind: Behind, backend: Backend, crossing: Passage, facts: Facts) -> Ending:
    server, client = backend.workload, reference.workload
    assert server is not None
    assert client is not None
    way = "egress" if crossing.egress.allowed is False else "ingress"
    direction = crossing.egress if way == "egress" else crossing.ingress
    end = client if way == "egress" else server
    isolating = _names(direction.isolated_by)
    call = f"{backend.number}/{behind.protocol}"
    to = f"to {server}" if way == "egress" else f"from {client}"
    evidence = f"{isolating} isolates {way} of {end}, and no policy allows {call} {to}"
    message = f"{calls(reference)}, but {evidence}"
    near = near_misses(client, server, backend.number, behind.protocol, way, facts.scope.cluster)
    step = Step(Stage.POLICY, Result.BROKEN, evidence)
    related = tuple((policy.at("spec"), f"isolates {way}") for policy in direction.isolated_by)
    if near:
        listed = ", ".join(str(number) for number in near[0].listed)
        hint = f"{near[0].policy.name!r} allows {listed}; a policy sees the pod's port: allow {backend.number}"
        return Ending(Reason.BLOCKED, step, message, hint, spot=near[0].policy.at(*near[0].route), related=related)
    peer = ",".join(f"{k}={v}" for k, v in sorted((server if way == "egress" else client).labels.items()))
    hint = f"allow {way} of {end} on {call} {to.split()[0]} pods with {peer}"
    return Ending(Reason.BLOCKED, step, message, hint, related=related)


def _dns(reference: Reference, client: Workload, facts: Facts) -> Ending | None:
    if reference.named_service is not None:
        return None
    udp, _ = dns_passage(client, facts.scope.cluster)
    if udp.allowed is None:
        return _not_modelled(reference, udp.why)
    if udp.allowed:
        return None
    isolating = _names(udp.isolated_by)
    evidence = f"{isolating} isolates egress of {client}, and no policy allows 53/UDP to the DNS pods"
    message = f"{calls(reference)}, but cannot ask DNS: {evidence}"
    profile = facts.scope.cluster.profile
    labels = ",".join(f"{key}={value}" for key, value in sorted(profile.dns_labels.items()))
    hint = f"allow egress to pods {labels} in namespace {profile.dns_namespace}, ports 53/UDP and 53/TCP"
    related = tuple((policy.at("spec"), "isolates egress") for policy in udp.isolated_by)
    return Ending(Reason.DNS_BLOCKED, Step(Stage.POLICY, Result.BROKEN, evidence), message, hint, related=related)


def _to_addresses(reference: Reference, client: Workload, facts: Facts) -> Ending | None:
    """Addresses from a slice, or of the control plane: only an isolated client makes them undecided (NET-06)."""
    udp, _ = dns_passage(client, facts.scope.cluster)
    if not udp.isolated_by:
        return None
    return _not_modelled(
        reference, f"{_names(udp.isolated_by)} isolates egress, and the addresses are not pods seen here"
    )


def _not_modelled(reference: Reference, why: str) -> Ending:
    message = f"{calls(reference)}: whether policies allow it is not known: {why}"
    return Ending(Reason.POLICY_NOT_MODELLED, Step(Stage.POLICY, Result.UNDECIDED, why), message)


def _evidence(client: Workload, crossings: list[tuple[Backend, Passage]], facts: Facts) -> str:
    udp, tcp = dns_passage(client, facts.scope.cluster)
    egress = _said("egress", (crossing.egress for _, crossing in crossings), crossings)
    ingress = _said("ingress", (crossing.ingress for _, crossing in crossings), crossings)
    parts = [part for part in (egress, ingress, _said_dns(udp, tcp)) if part]
    return "; ".join(parts) if parts else "no policy selects either end"


def _said(way: str, directions: Iterable[Direction], crossings: list[tuple[Backend, Passage]]) -> str:
    allowing = list(dict.fromkeys(policy.name for each in directions for policy in each.allowed_by))
    if not allowing:
        return ""
    numbers = ", ".join(str(number) for number in dict.fromkeys(backend.number for backend, _ in crossings))
    return f"{way} {', '.join(allowing)} allows {numbers}"


def _said_dns(udp: Direction, tcp: Direction) -> str:
    if not udp.isolated_by:
        return ""
    name = udp.allowed_by[0].name if udp.allowed_by else "a policy"
    return f"DNS egress {name} allows 53/UDP" + (" and 53/TCP" if tcp.allowed else ", but not 53/TCP")


def _names(policies: Iterable[Resource]) -> str:
    return ", ".join(dict.fromkeys(f"{policy.kind} {policy.name!r}" for policy in policies))
