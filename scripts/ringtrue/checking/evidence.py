"""What stands behind each stage of a proof, line by line: the answers, the ports, the pods."""

from collections.abc import Iterator
from dataclasses import dataclass

from ringtrue.checking.crossings import crossings
from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import Answer, Rcode
from ringtrue.cluster.endpoints import PortEndpoints
from ringtrue.cluster.labels import join
from ringtrue.cluster.manual import addresses
from ringtrue.cluster.near import own_labels
from ringtrue.cluster.resolver import Lookup
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Proof, Stage
from ringtrue.reachability.reasons import Reason

_NEIGHBOURS = 5
"""Workloads that are shown where a Service selects none."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One line below a stage: what was asked, what it came to, where that is written."""

    subject: str
    result: str
    spot: Spot | None = None


def details(stage: Stage, proof: Proof, seen: Lookup, facts: Facts) -> tuple[Detail, ...]:
    """The evidence of one stage that the proof came to."""
    if stage is Stage.NAME:
        return tuple(_tries(proof.reference.host, seen))
    service = _service(proof, seen, facts.scope.cluster)
    if service is None:
        return ()
    if stage is Stage.PORT:
        return tuple(_ports(service))
    if stage is Stage.ENDPOINTS:
        return tuple(_endpoints(proof, service, facts))
    return tuple(Detail(*line) for line in crossings(proof.reference, facts))


def _service(proof: Proof, seen: Lookup, cluster: Cluster) -> Service | None:
    if proof.reason is not Reason.SHADOWED and proof.target is not None:
        return cluster.service(proof.target.namespace, proof.target.service)
    return seen.answer.service


def _tries(host: str, seen: Lookup) -> Iterator[Detail]:
    if not seen.tries:
        yield Detail(host, f"{seen.answer.address}, without asking DNS")
    for each in seen.tries:
        service = each.answer.service
        spot = service.at("metadata", "name") if service and each.answer.positive else None
        yield Detail(each.name, _answered(each.answer), spot)


def _answered(answer: Answer) -> str:
    alias = "".join(f"alias of {name}, " for name in answer.cname)
    return alias + _end(answer)


def _end(answer: Answer) -> str:
    match answer.rcode:
        case Rcode.NXDOMAIN:
            return "NXDOMAIN"
        case Rcode.NODATA:
            return "NODATA"
        case Rcode.OUTSIDE:
            return "outside the cluster"
        case Rcode.UNKNOWN:
            return f"depends on {answer.outside}"
    if answer.pod_ip:
        return "the address of a pod"
    pods = ", ".join(str(each) for each in answer.workloads)
    return f"pods of {pods}, in Service {answer.service}" if pods else f"Service {answer.service}"


def _ports(service: Service) -> Iterator[Detail]:
    for port in service.ports:
        name = f" {port.name!r}" if port.name else ""
        target = f'"{port.target}"' if isinstance(port.target, str) else str(port.target)
        meant = "the pods' own port, not translated" if service.headless else f"targetPort {target}"
        yield Detail(f"{port}{name}", meant, service.at(*port.route))


def _endpoints(proof: Proof, service: Service, facts: Facts) -> Iterator[Detail]:
    known = facts.endpoints(service)
    asked = [each for each in known.ports if _is_asked(each, proof)] or list(known.ports)
    for workload in known.selected:
        why = "runs no pod" if workload in known.idle else _serves(workload, asked, service)
        yield Detail(str(workload), why, workload.at("metadata", "labels"))
    for manual in known.manual:
        listed = ", ".join(sorted(each.address for each in addresses([manual]))) or "no address"
        yield Detail(f"{manual.kind} {manual.name}", listed, manual.at("metadata", "name"))
    if known.selected or known.manual or not service.selector:
        return
    for workload in facts.scope.cluster.pods.get(service.namespace, ())[:_NEIGHBOURS]:
        carried = join(own_labels(workload)) or "no labels"
        yield Detail(str(workload), f"not selected: its pods carry {carried}", workload.at("metadata", "labels"))


def _is_asked(port: PortEndpoints, proof: Proof) -> bool:
    return proof.target is not None and port.port.number == proof.target.port


def _serves(workload: Workload, asked: list[PortEndpoints], service: Service) -> str:
    if service.headless and not asked:
        return "has its own address"
    found = [backend for each in asked for backend in each.serving if backend.workload is workload]
    if not found:
        named = ", ".join(f'"{each.port.target}"' for each in asked)
        return f"has no port {named}"
    ports = ", ".join(dict.fromkeys(str(backend.number) for backend in found))
    container = next((f", container {backend.container}" for backend in found if backend.container), "")
    undeclared = "" if all(backend.declared for backend in found) else ", which no container declares"
    return f"port {ports}{container}{undeclared}"
