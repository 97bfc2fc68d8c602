"""`ringtrue trace`: would a call that nobody wrote down work from this workload, and where does it break?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ringtrue.checking.assumptions import Assumption, assumptions
from ringtrue.checking.calls import call
from ringtrue.checking.choosing import chosen
from ringtrue.checking.clients import find
from ringtrue.checking.curl import Outcome, outcomes
from ringtrue.checking.evidence import Detail, details
from ringtrue.checking.mending import mend
from ringtrue.checking.places import Places
from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import Answer
from ringtrue.cluster.policies import address_passage, dns_passage, passage
from ringtrue.cluster.probes import keeping_from_ready
from ringtrue.cluster.resolver import Lookup, lookup, resolver
from ringtrue.cluster.workloads import Workload
from ringtrue.config import Config
from ringtrue.environments import survey
from ringtrue.environments.views import Revisions
from ringtrue.findings import Location
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Proof, Step
from ringtrue.reachability.prove import prove
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.scope import Scope
from ringtrue.rendering.request import Progress, Renderer
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was asked, what it came to, and where that is written; None where nothing is."""

    subject: str
    result: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class Traced:
    """One step of the proof with what it rests on."""

    step: Step
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to one question."""

    environment: str
    client: Location | None
    proof: Proof
    stages: tuple[Traced, ...]
    curl: tuple[Outcome, ...]
    hint: str
    assumptions: tuple[Assumption, ...]
    bugs: tuple[str, ...] = ()


def trace(
    tree: Tree,
    config: Config,
    renderer: Renderer,
    words: tuple[str, str],
    names: Sequence[str] = (),
    progress: Progress | None = None,
    revisions: Revisions | None = None,
) -> Trace:
    """`words` are CLIENT and HOST[:PORT], `names` the environments to look in, all when empty.

    Raises UsageError for a client that is not there or not the only one, and for a HOST that names none.
    """
    found = survey(tree, config, renderer, (), progress, revisions)
    client = find(words[0], chosen(found.environments, names))
    reference = call(words[1], client.workload)
    facts = Facts(client.environment.scope)
    proof = prove(reference, facts)
    seen = lookup(reference.host, resolver(client.workload, facts.scope.cluster.profile), facts.scope.cluster)
    real = _as_packets_go(proof, facts)
    physical = prove(reference, real)
    steps = (*proof.steps, *physical.steps[len(proof.steps) :])
    evidence = [(step, details(step.stage, physical, seen, real)) for step in steps]
    places = Places(tree, renderer, found.environments)
    places.ask([*_spots(each for _, lines in evidence for each in lines), client.workload.resource.at()], progress)
    asked = replace(client.environment, proofs=(proof,))
    return Trace(
        client.environment.name,
        _written(client.workload.resource.at("metadata", "name"), places),
        proof,
        tuple(Traced(step, tuple(_placed(each, places) for each in lines)) for step, lines in evidence),
        _ends(physical, client.workload, seen, facts.scope.cluster),
        mend(proof, client.environment),
        assumptions((asked,), config, found.assumptions),
        tuple(places.bugs),
    )


def _as_packets_go(proof: Proof, facts: Facts) -> Facts:
    """That a call leaves its environment ends its proof, but stops no packet."""
    left = proof.reason is Reason.LEAVES_ENVIRONMENT
    return Facts(replace(facts.scope, named=False)) if left else facts


def predicted(proof: Proof, scope: Scope) -> tuple[Outcome, ...]:
    """How curl would end for a reference that a workload holds, judged by `scope`; empty where it has no host."""
    reference, facts = proof.reference, Facts(scope)
    if reference.workload is None or proof.reason is Reason.UNRESOLVED_TEXT:
        return ()
    seen = lookup(reference.host, resolver(reference.workload, scope.cluster.profile), scope.cluster)
    return _ends(prove(reference, _as_packets_go(proof, facts)), reference.workload, seen, scope.cluster)


def _ends(physical: Proof, client: Workload, seen: Lookup, cluster: Cluster) -> tuple[Outcome, ...]:
    port = physical.reference.port or 0
    asks = bool(seen.tries) and resolver(client, cluster.profile).cluster_dns
    unheard = asks and not dns_passage(client, cluster)[0].allowed
    if seen.answer.headless:
        forbidden = [each for each in seen.answer.workloads if not passage(client, each, port, "TCP", cluster).allowed]
        return outcomes(physical, True, bool(forbidden), unheard, _without_address(seen.answer))
    # NET-06: an address that is no pod's.
    return outcomes(physical, False, not address_passage(client, "", port, "TCP", cluster).allowed, unheard)


def _without_address(answer: Answer) -> bool:
    """Whether the name is of a headless Service none of whose pods ever gets ready (EP-06, DNS-10)."""
    service = answer.service
    if service is None or not answer.workloads or answer.manual:
        return False
    return all(keeping_from_ready(each, service.publish_not_ready) for each in answer.workloads)


def _spots(lines: Iterable[Detail]) -> Iterator[Spot]:
    return (each.spot for each in lines if each.spot is not None)


def _placed(detail: Detail, places: Places) -> Evidence:
    return Evidence(detail.subject, detail.result, _written(detail.spot, places) if detail.spot else None)


def _written(spot: Spot, places: Places) -> Location | None:
    """None for a pod that no manifest holds."""
    return places.of(spot) if spot.resource.source else None
