"""Each NetworkPolicy between a caller and the pods it calls, and what it says of the call."""

from collections.abc import Iterator

from ringtrue.cluster.policies import Direction, dns_passage, passage
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.reachability import backends, names, ports
from ringtrue.reachability.ending import Ending
from ringtrue.reachability.facts import Facts
from ringtrue.references.reference import Reference

Line = tuple[str, str, Spot | None]
"""The question, what one policy says of it, where the policy is written."""


def crossings(reference: Reference, facts: Facts) -> tuple[Line, ...]:
    """NET-01 to NET-03: the question to DNS, then egress and ingress for each kind of pod behind the name.

    Empty where no policy selects either end.
    """
    asked = tuple(_questions(reference, facts))
    if not any(direction.isolated_by or direction.undecided for _, direction, _ in asked):
        return ()
    return tuple(line for question, direction, pod in asked for line in _said(question, direction, pod))


def _questions(reference: Reference, facts: Facts) -> Iterator[tuple[str, Direction, Workload]]:
    client, behind, cluster = reference.workload, _behind(reference, facts), facts.scope.cluster
    if client is None or behind is None:
        return
    for protocol, direction in zip(("UDP", "TCP"), dns_passage(client, cluster), strict=True):
        yield f"egress {cluster.profile.dns_port}/{protocol} to the DNS pods", direction, client
    for backend in behind.backends:
        server = backend.workload
        if server is not None:
            call = f"{backend.number}/{behind.protocol}"
            crossed = passage(client, server, backend.number, behind.protocol, cluster)
            yield f"egress {call} to {server}", crossed.egress, client
            yield f"ingress {call} from {client}", crossed.ingress, server


def _behind(reference: Reference, facts: Facts) -> backends.Behind | None:
    found = names.resolve(reference, facts)
    if isinstance(found, Ending):
        return None
    port = ports.declared(reference, found, facts)
    if isinstance(port, Ending):
        return None
    behind = backends.serving(reference, found, port, facts)
    return None if isinstance(behind, Ending) else behind


def _said(question: str, direction: Direction, pod: Workload) -> Iterator[Line]:
    """Those that allow it; where none does, all that select the pod: policies add up, none takes anything away."""
    for policy in direction.allowed_by:
        yield question, f"{policy.name} allows it", policy.at("metadata", "name")
    if direction.undecided:
        yield question, f"not known: {direction.undecided}", None
    elif not direction.isolated_by:
        yield question, f"open: no policy selects {pod}", None
    elif not direction.allowed_by:
        for policy in direction.isolated_by:
            yield question, f"{policy.name} {_refusal(policy, direction)}", policy.at("metadata", "name")


def _refusal(policy: Resource, direction: Direction) -> str:
    wrong = [spot for spot in direction.wrong_ports if spot.resource is policy]
    only = ", ".join(_listed(spot.value) for spot in wrong)
    return f"allows {only} only" if only else "isolates, and does not allow it"


def _listed(ports: object) -> str:
    entries = [each for each in ports if isinstance(each, dict)] if isinstance(ports, list) else []
    return ", ".join(f"{each.get('port', 'any port')}/{each.get('protocol') or 'TCP'}" for each in entries)
