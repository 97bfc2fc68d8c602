"""From a report to its map: who calls whom, through which Service, to which pods."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ringtrue.checking import CheckedReference, Report
from ringtrue.cluster.endpoints import ServiceEndpoints, endpoints
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import Finding
from ringtrue.manifests.resource import Resource
from ringtrue.reports.map_parts import Edge, Kind, Mark, Node, Part, Role, mark_of, worst
from ringtrue.reports.map_policies import policies

UNREAD = "address not known"
"""The node of references of whose host nothing is known."""


def parts(report: Report) -> tuple[Part, ...]:
    """One map for each environment that has anything to show, in report order."""
    references = iter(report.references)
    taken = [(each, tuple(islice(references, len(each.proofs)))) for each in report.environments]
    names: list[str] = []
    made = []
    for environment, checked in taken:
        if not environment.listed and not checked:
            continue
        names.append(environment.name)
        again = names.count(environment.name)
        key = environment.name if again == 1 else f"{environment.name} {again}"
        about = [each for each in report.findings if environment.name in each.environments]
        part = _part(key, environment, checked, about)
        if part.nodes or part.findings:
            made.append(part)
    return tuple(made)


def _part(key: str, environment: Environment, checked: Iterable[CheckedReference], about: list[Finding]) -> Part:
    graph = _Graph(key, environment)
    for workload in environment.cluster.workloads:
        if id(workload.resource) in graph.own:
            graph.workload(workload)
    for service in environment.cluster.services.values():
        if id(service.resource) in graph.own:
            graph.service(service)
    calls: dict[tuple[str, str], list[CheckedReference]] = {}
    for each in checked:
        calls.setdefault((graph.client(each), graph.target(each)), []).append(each)
    edges = [*_calls(key, calls), *graph.behind()]
    nodes, rest = _with_findings(graph.nodes.values(), about)
    return Part(
        key,
        environment.cluster.name,
        environment.complete,
        tuple(sorted(nodes, key=lambda node: (node.namespace, node.role, node.name, node.id))),
        tuple(sorted(edges, key=lambda edge: edge.id)),
        policies(key, environment, [edge for edge in edges if edge.kind is Kind.CALLS], graph.ids),
        rest,
    )


class _Graph:
    """The nodes of one environment, each made once."""

    def __init__(self, key: str, environment: Environment) -> None:
        self.key = key
        self.cluster = environment.cluster
        self.own = {id(each) for each in environment.resources}
        self.nodes: dict[str, Node] = {}
        self.ids: dict[int, str] = {}
        """Of workloads, by identity of their resource."""
        self._services: dict[str, Service] = {}

    def _add(self, role: Role, kind: str, namespace: str, name: str, detail: str = "", own: bool = True) -> str:
        node = Node(f"{self.key}:{namespace}/{kind}/{name}", self.key, role, kind, namespace, name, detail, own)
        return self.nodes.setdefault(node.id, node).id

    def workload(self, workload: Workload) -> str:
        resource = workload.resource
        detail = "" if workload.replicas == 1 else f"{workload.replicas} replicas"
        known = self._add(
            Role.WORKLOAD, resource.kind, resource.namespace, _named(resource), detail, id(resource) in self.own
        )
        self.ids.setdefault(id(resource), known)
        return known

    def service(self, service: Service) -> str:
        kind = "headless" if service.headless else "" if service.type == "ClusterIP" else service.type
        ports = ", ".join(str(each) for each in service.ports)
        own = id(service.resource) in self.own
        detail = " ".join(filter(None, (kind, service.external_name, ports)))
        known = self._add(Role.SERVICE, "Service", service.namespace, service.name, detail, own)
        self._services.setdefault(known, service)
        return known

    def client(self, checked: CheckedReference) -> str:
        reference = checked.proof.reference
        if reference.workload is not None:
            return self.ids.get(id(reference.workload.resource)) or self.workload(reference.workload)
        client = reference.client
        return self._add(Role.OBJECT, client.kind, client.namespace, _named(client))

    def target(self, checked: CheckedReference) -> str:
        proof = checked.proof
        reference, meant = proof.reference, proof.target
        if mark_of(checked) is Mark.EXTERNAL or (not reference.host and meant is None):
            return self._add(Role.EXTERNAL, "host", "", reference.host or UNREAD, "", False)
        if meant is not None:
            service = self.cluster.service(meant.namespace, meant.service)
            if service is not None:
                return self.service(service)
            return self._add(Role.MISSING, "Service", meant.namespace, meant.service, "is not there", False)
        labels = reference.host.split(".")
        namespace = labels[1] if len(labels) > 1 and labels[1] in self.cluster.namespaces else ""
        said = "no answer" if mark_of(checked) is Mark.REFUTED else "not seen here"
        return self._add(Role.MISSING, "name", namespace or reference.client.namespace, reference.host, said, False)

    def behind(self) -> Iterator[Edge]:
        """What stands behind each Service of the map; its pods are nodes too."""
        for known, service in list(self._services.items()):
            found = endpoints(service, self.cluster)
            for workload in found.selected:
                pods = self.workload(workload)
                mark, detail = _served(workload, found)
                yield Edge(f"{known}>{pods}", self.key, Kind.ENDPOINTS, known, pods, mark, detail)


def _named(resource: Resource) -> str:
    return resource.name or resource.called


def _served(workload: Workload, found: ServiceEndpoints) -> tuple[Mark, str]:
    """Idle pods are undecided: they serve as soon as there are any."""
    if workload in found.idle:
        return Mark.UNKNOWN, "runs no pod that could serve"
    lacking = [
        f"{each.port} has no port {each.port.target!r} there" for each in found.ports if workload in each.lacking
    ]
    if lacking:
        return Mark.REFUTED, "; ".join(lacking)
    ports = [
        f"{each.port} to {backend.number}" + (f" of container {backend.container}" if backend.container else "")
        for each in found.ports
        for backend in each.serving
        if backend.workload is workload
    ]
    return Mark.PROVED, "; ".join(dict.fromkeys(ports)) or "its own addresses"


def _calls(key: str, calls: dict[tuple[str, str], list[CheckedReference]]) -> Iterator[Edge]:
    for (source, target), references in calls.items():
        mark = worst([mark_of(each) for each in references])
        yield Edge(f"{source}>{target}", key, Kind.CALLS, source, target, mark, "", tuple(references))


def _with_findings(nodes: Iterable[Node], about: list[Finding]) -> tuple[list[Node], tuple[Finding, ...]]:
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for each in about:
        if each.object is not None:
            found.setdefault((each.object.kind, each.object.namespace, each.object.name), []).append(each)
    made: list[Node] = []
    shown: set[int] = set()
    for node in nodes:
        mine = found.get((node.kind, node.namespace, node.name), []) if node.own else []
        shown.update(id(each) for each in mine)
        made.append(replace(node, findings=tuple(mine)))
    return made, tuple(each for each in about if id(each) not in shown)
