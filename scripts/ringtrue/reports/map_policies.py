"""What each NetworkPolicy of an environment lets through, and what breaks on it."""

from collections.abc import Iterator, Mapping, Sequence

from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.peers import selects_pods
from ringtrue.cluster.policies import Direction, dns_passage, passage
from ringtrue.cluster.workloads import Workload
from ringtrue.environments.environment import Environment
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason
from ringtrue.reports.map_parts import Edge, Policy

_CUT = frozenset({Reason.BLOCKED, Reason.DNS_BLOCKED, Reason.PARTIAL})


def policies(key: str, environment: Environment, calls: Sequence[Edge], ids: Mapping[int, str]) -> tuple[Policy, ...]:
    """NET-01: by namespace and name. `calls` are the connections, `ids` the nodes by identity of the workload."""
    found = [
        each for each in environment.resources if (each.group, each.kind) == ("networking.k8s.io", "NetworkPolicy")
    ]
    if not found:
        return ()
    allows: dict[int, dict[str, None]] = {}
    cuts: dict[int, dict[str, None]] = {}
    asked: dict[tuple[int, str], tuple[Direction, ...]] = {}
    for edge in calls:
        for checked in edge.references:
            for direction in _directions(checked.proof, environment, asked):
                for policy in direction.allowed_by:
                    allows.setdefault(id(policy), {})[edge.id] = None
            for policy in _cutting(checked.proof, environment, asked):
                cuts.setdefault(id(policy), {})[edge.id] = None
    made = (
        Policy(
            f"{key}:{each.namespace}/NetworkPolicy/{each.name}",
            key,
            each.namespace,
            each.name,
            tuple(sorted(_selected(each, environment, ids))),
            tuple(sorted(allows.get(id(each), ()))),
            tuple(sorted(cuts.get(id(each), ()))),
        )
        for each in found
    )
    return tuple(sorted({each.id: each for each in made}.values(), key=lambda policy: policy.id))


def _selected(policy: Resource, environment: Environment, ids: Mapping[int, str]) -> Iterator[str]:
    for workload in environment.cluster.pods.get(policy.namespace, ()):
        known = ids.get(id(workload.resource))
        if known is not None and selects_pods(policy.mapping("spec", "podSelector"), workload):
            yield known


def _cutting(
    proof: Proof, environment: Environment, asked: dict[tuple[int, str], tuple[Direction, ...]]
) -> Iterator[Resource]:
    """The policies that isolate an end which none of them opens: no policy forbids by itself."""
    if proof.reason not in _CUT:
        return
    for direction in _directions(proof, environment, asked):
        if not direction.allowed:
            yield from direction.isolated_by


def _directions(
    proof: Proof, environment: Environment, asked: dict[tuple[int, str], tuple[Direction, ...]]
) -> tuple[Direction, ...]:
    """Both ends of the call, to each kind of pod behind its Service, and the question to DNS over UDP before it."""
    client, target = proof.reference.workload, proof.target
    if client is None:
        return ()
    where = f"{target.namespace}/{target.service}:{target.port}" if target else ""
    if (id(client), where) not in asked:
        asked[id(client), where] = tuple(_judged(client, proof, environment))
    return asked[id(client), where]


def _judged(client: Workload, proof: Proof, environment: Environment) -> Iterator[Direction]:
    cluster, target = environment.cluster, proof.target
    yield dns_passage(client, cluster)[0]
    service = cluster.service(target.namespace, target.service) if target else None
    if service is None or target is None:
        return
    for each in endpoints(service, cluster).ports:
        if target.port not in (None, each.port.number):
            continue
        for backend in each.serving:
            if backend.workload is not None:
                crossed = passage(client, backend.workload, backend.number, each.port.protocol, cluster)
                yield crossed.egress
                yield crossed.ingress
