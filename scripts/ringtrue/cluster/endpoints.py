"""Which pods serve a Service, and on which port: what the EndpointSlice controller would write."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.hostnames import VARYING_KEYS, may_carry, varies
from ringtrue.cluster.manual import manual_backends
from ringtrue.cluster.operated import OPERATOR, operated
from ringtrue.cluster.operators import maker
from ringtrue.cluster.services import Service, ServicePort
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.manifests.resource import Resource, Spot

SIDECARS_COUNT = (1, 33)
"""EP-02: the Kubernetes minor from which the named ports of sidecars are in EndpointSlices."""


@dataclass(frozen=True, slots=True)
class Backend:
    """One kind of pod behind a Service port, or an EndpointSlice that somebody wrote by hand."""

    workload: Workload | None
    """None for a slice written by hand."""
    container: str
    """The container that declares the port, or the pod's only one; "" when it cannot be told."""
    number: int
    """The port on the pod."""
    manual: Spot | None = None
    """The port's entry in a hand-written EndpointSlice or Endpoints object."""
    declared: bool = True
    """False when a numeric targetPort is in no container's `ports`: it works all the same (EP-03)."""


@dataclass(frozen=True, slots=True)
class PortEndpoints:
    """What stands behind one Service port."""

    port: ServicePort
    serving: tuple[Backend, ...]
    lacking: tuple[Workload, ...]
    """Selected, but without a port of the named targetPort and protocol (EP-01)."""


@dataclass(frozen=True, slots=True)
class ServiceEndpoints:
    """All that is behind a Service. Readiness is assumed of every pod that can come up."""

    service: Service
    selected: tuple[Workload, ...]
    idle: tuple[Workload, ...]
    """Selected, but with `replicas: 0` or with pods that complete (SEL-07, EP-05); never among `serving`."""
    ports: tuple[PortEndpoints, ...]
    """One for each Service port; () for a headless Service without ports, which still has addresses."""
    manual: tuple[Resource, ...] = ()
    """EndpointSlices and Endpoints in the manifests that name the Service (SEL-02)."""
    made_by: str = ""
    """The operator that is known to make pods with labels of the selector; "" when none is, or its pods lack others."""

    @property
    def active(self) -> tuple[Workload, ...]:
        """Selected and not idle: the pods that a headless name resolves to (EP-01, DNS-10)."""
        return tuple(each for each in self.selected if each not in self.idle)

    @property
    def decided(self) -> bool:
        """False where no manifest can show the endpoints: a Service every cluster has (DNS-20), an operator's pods."""
        return not self.service.builtin and not (self.made_by and not self.selected)

    def of_port(self, number: int, protocol: str = "TCP") -> PortEndpoints | None:
        """PORT-01: what is behind a Service port, or None when the Service declares no such port and protocol."""
        for each in self.ports:
            if (each.port.number, each.port.protocol) == (number, protocol):
                return each
        return None


def selected(service: Service, cluster: Cluster) -> tuple[Workload, ...]:
    """SEL-01, SEL-02: the workloads of the Service's namespace whose pods carry every label of its selector.

    Without a selector, with an empty one, and for ExternalName the controller selects nothing.
    """
    if not service.selector or service.type == "ExternalName":
        return ()
    return tuple(each for each in _narrowest(service, cluster) if carries(each, service.selector.items()))


def carries(workload: Workload, labels: Iterable[tuple[str, str]]) -> bool:
    """SEL-01: whether pods of the workload carry these labels, those included that a controller adds.

    A PodTemplate makes no pods: no controller reads it.
    """
    return workload.kind != "PodTemplate" and all(
        may_carry(workload, key, value) if varies(workload, key) else workload.labels.get(key) == value
        for key, value in labels
    )


def selecting(workload: Workload, cluster: Cluster) -> tuple[Service, ...]:
    """SEL-01, the other way round: the Services that select the workload's pods, by name. For hints: reads them all."""
    return tuple(
        service
        for (namespace, _), service in sorted(cluster.services.items())
        if namespace == workload.namespace and service.selector and carries(workload, service.selector.items())
    )


def endpoints(service: Service, cluster: Cluster) -> ServiceEndpoints:
    """EP-01 to EP-05, EP-07, SEL-01, SEL-02: what the EndpointSlices of the Service would hold, port by port.

    A pod without the named targetPort stays selected and is `lacking` at that port only. hostNetwork pods
    count like others.
    """
    if service.type == "ExternalName":
        return ServiceEndpoints(service, (), (), ())
    found = selected(service, cluster)
    idle = tuple(each for each in found if each.replicas <= 0 or each.completes)
    active = tuple(each for each in found if each not in idle)
    manual = manual_slices(service, cluster)
    return ServiceEndpoints(
        service=service,
        selected=found,
        idle=idle,
        ports=tuple(_behind(port, active, manual, cluster) for port in service.ports),
        manual=manual,
        made_by="" if found else _made_by(service, cluster),
    )


def _made_by(service: Service, cluster: Cluster) -> str:
    known = operated(service, cluster)
    if known is not None:
        return "" if known.lacking else OPERATOR
    return maker(service.selector)


def manual_slices(service: Service, cluster: Cluster) -> tuple[Resource, ...]:
    """SEL-02: EndpointSlices that name the Service, and an Endpoints object, which counts only without a selector."""
    found = cluster.slices.get((service.namespace, service.name), ())
    return tuple(each for each in found if each.kind == "EndpointSlice" or not service.selector)


def _narrowest(service: Service, cluster: Cluster) -> tuple[Workload, ...]:
    pods = cluster.pods.get(service.namespace, ())
    for key, value in service.selector.items():
        if key not in VARYING_KEYS:
            pods = min(pods, cluster.labelled.get((service.namespace, key, value), ()), key=len)
    return pods


def _behind(
    port: ServicePort, active: tuple[Workload, ...], manual: tuple[Resource, ...], cluster: Cluster
) -> PortEndpoints:
    served = [(each, backend(each, port, cluster.profile.version)) for each in active]
    return PortEndpoints(
        port,
        (*(found for _, found in served if found), *_by_hand(port, manual)),
        tuple(each for each, found in served if found is None),
    )


def _by_hand(port: ServicePort, manual: tuple[Resource, ...]) -> Iterator[Backend]:
    for number, spot in manual_backends(port, manual):
        yield Backend(None, "", number, spot)


def backend(workload: Workload, port: ServicePort, version: tuple[int, int]) -> Backend | None:
    """EP-01, EP-02, EP-03: the pod's port behind a Service port; None when the named targetPort is missing there.

    A name is looked up in the containers, from Kubernetes 1.33 on in sidecars too; the first with the same protocol
    wins. A number needs no declaration.
    """
    containers = counted(workload, version)
    for container in containers:
        for declared in container.ports:
            wanted = declared.name if isinstance(port.target, str) else declared.number
            if wanted == port.target and declared.protocol == port.protocol:
                return Backend(workload, container.name, declared.number)
    if isinstance(port.target, str):
        return None
    return Backend(workload, _only(containers), port.target, declared=False)


def counted(workload: Workload, version: tuple[int, int]) -> tuple[Container, ...]:
    """EP-02: the containers whose named ports the EndpointSlice controller of that Kubernetes minor knows."""
    return tuple(each for each in workload.serving if not each.init or version >= SIDECARS_COUNT)


def _only(containers: tuple[Container, ...]) -> str:
    return containers[0].name if len(containers) == 1 else ""
