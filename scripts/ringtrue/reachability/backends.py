"""Stage three: is there a pod behind that port (SEL-01, SEL-02, SEL-07, EP-01, EP-04)?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ringtrue.cluster.endpoints import Backend, PortEndpoints, ServiceEndpoints
from ringtrue.cluster.labels import join
from ringtrue.cluster.probes import keeping_from_ready
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.ending import Ending, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.names import Found
from ringtrue.reachability.ports import Port
from ringtrue.reachability.proof import Result, Stage, Step
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.selection import severity, unseen_pods
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Behind:
    """The pods and pod ports that a call may land on; none of them known for Services that every cluster has."""

    backends: tuple[Backend, ...]
    protocol: str
    step: Step


def serving(reference: Reference, found: Found, port: Port, facts: Facts) -> Behind | Ending:
    """The pods behind the port, or why there is none."""
    service = found.service
    if service.builtin:
        step = Step(Stage.ENDPOINTS, Result.PASSED, "every cluster has this Service and its endpoints")
        return Behind((), reference.protocol, step)
    known = facts.endpoints(service)
    if known.manual:
        return _manual(reference, known, port)
    if not service.selector:
        return _elsewhere(reference, service, facts)
    if not known.selected:
        return _nothing_selected(reference, service, facts)
    alive = tuple(pod for pod in known.selected if pod not in known.idle)
    if not alive:
        return _all_idle(reference, service, known)
    refused = _rejected(reference, alive, facts)
    if refused is not None:
        return refused
    pods = found.pods or alive
    ready = tuple(pod for pod in pods if _becomes_ready(pod, service))
    if not ready:
        return _never_ready(reference, service, pods[0])
    if port.direct is not None or not port.ports:
        return _direct(reference, service, port, ready)
    return _best(reference, service, port, known)


def _manual(reference: Reference, known: ServiceEndpoints, port: Port) -> Behind | Ending:
    meant = {each.number for each in port.ports}
    served = [p for p in known.ports if p.port.number in meant and p.serving]
    names = ", ".join(sorted(slice_.called for slice_ in known.manual))
    if port.ports and not served:
        message = f"{calls(reference)}, but {names} gives Service {str(known.service)!r} no such port"
        hint = "give the slice's port the name of the Service's port"
        spots = tuple((slice_.at("ports"), "the ports of the slice") for slice_ in known.manual)
        step = Step(Stage.ENDPOINTS, Result.BROKEN, f"{names} has no port for it")
        return Ending(Reason.NO_ENDPOINTS, step, message, hint, related=spots)
    backends = tuple(backend for each in served for backend in each.serving)
    numbers = ", ".join(str(number) for number in sorted({backend.number for backend in backends}))
    step = Step(Stage.ENDPOINTS, Result.PASSED, f"addresses of {names}" + (f", port {numbers}" if numbers else ""))
    return Behind(backends, reference.protocol, step)


def _elsewhere(reference: Reference, service: Service, facts: Facts) -> Ending:
    complete = facts.scope.cluster.profile.complete
    message = f"{calls(reference)}, but Service {str(service)!r} has no selector, and no EndpointSlice names it"
    step = Step(Stage.ENDPOINTS, Result.BROKEN, "no selector and no EndpointSlice")
    hint = f"add a selector, or an EndpointSlice with the label kubernetes.io/service-name={service.name}"
    return Ending(
        Reason.NO_ENDPOINTS,
        step,
        message,
        hint,
        severity=None if complete else Severity.WARNING,
        related=_place(service.at("spec"), "the Service"),
    )


def _nothing_selected(reference: Reference, service: Service, facts: Facts) -> Ending:
    labels = join(service.selector)
    grave = severity(service, facts.scope)
    unseen = unseen_pods(service, facts.scope)
    if unseen:
        step = Step(Stage.ENDPOINTS, Result.UNDECIDED, f"no pod seen carries {labels}; {unseen}")
        message = f"{calls(reference)}: no pod seen carries {labels}, but {unseen}"
        return Ending(Reason.OPEN_NAMESPACE, step, message)
    message = f"{calls(reference)}, but no pod carries {labels}, which Service {str(service)!r} selects"
    step = Step(Stage.ENDPOINTS, Result.BROKEN, f"no pod carries {labels}")
    return Ending(Reason.NO_ENDPOINTS, step, message, severity=grave, blame=service.at("spec", "selector"))


def _all_idle(reference: Reference, service: Service, known: ServiceEndpoints) -> Ending:
    names = ", ".join(sorted({pod.called for pod in known.idle}))
    message = f"{calls(reference)}, but all that Service {str(service)!r} selects is idle: {names}"
    step = Step(Stage.ENDPOINTS, Result.BROKEN, f"only {names}, which runs no pod")
    return Ending(
        Reason.NO_ENDPOINTS,
        step,
        message,
        "scale it up, or take the caller away",
        severity=Severity.WARNING,
        related=tuple((pod.resource.at("spec"), "selected, and runs no pod") for pod in known.idle),
    )


def _rejected(reference: Reference, pods: Iterable[Workload], facts: Facts) -> Ending | None:
    pods = tuple(pods)
    reasons = [(pod, facts.rejections(pod.resource)) for pod in pods]
    if not all(why for _, why in reasons):
        return None
    pod, why = reasons[0]
    message = f"{calls(reference)}, but the API server would refuse {pod.called}: {why[0].message}"
    step = Step(Stage.ENDPOINTS, Result.BROKEN, f"{pod.called} would be refused")
    return Ending(Reason.TARGET_REJECTED, step, message, why[0].hint, blame=pod.resource.at(*why[0].route))


def _becomes_ready(pod: Workload, service: Service) -> bool:
    return keeping_from_ready(pod, service.publish_not_ready) is None


def _never_ready(reference: Reference, service: Service, pod: Workload) -> Ending:
    """EP-06: only ready pods are endpoints, and the names of a headless Service."""
    kept = keeping_from_ready(pod, service.publish_not_ready)
    if kept is None:
        raise ValueError(f"{pod.called} becomes ready")
    container, found = kept
    why = (
        f"the {found.what} of container {container.name!r} in {pod.called} asks for port {found.port!r}, "
        "which the container does not declare"
    )
    message = f"{calls(reference)}, but no pod of Service {str(service)!r} becomes ready: {why}"
    step = Step(Stage.ENDPOINTS, Result.BROKEN, f"no pod becomes ready: {why}")
    return Ending(Reason.NO_ENDPOINTS, step, message, blame=pod.resource.at(*found.route))


def _direct(reference: Reference, service: Service, port: Port, pods: tuple[Workload, ...]) -> Behind:
    number = port.direct or 0
    step = Step(Stage.ENDPOINTS, Result.PASSED, _pods(pods, service))
    return Behind(tuple(Backend(pod, "", number, None) for pod in pods), reference.protocol, step)


def _best(reference: Reference, service: Service, port: Port, known: ServiceEndpoints) -> Behind | Ending:
    wanted = {(each.number, each.protocol) for each in port.ports}
    asked = [p for p in known.ports if (p.port.number, p.port.protocol) in wanted]
    served = [p for p in asked if p.serving]
    if not served:
        return _unserved(reference, service, asked)
    kept = [b.workload for p in served for b in p.serving if b.workload and not _becomes_ready(b.workload, service)]
    served = [replace(p, serving=tuple(b for b in p.serving if b.workload not in kept)) for p in served]
    served = [p for p in served if p.serving]
    if not served:
        return _never_ready(reference, service, kept[0])
    whole = [p for p in served if not p.lacking] or served
    best = whole[0]
    if best.lacking and service.headless:
        return _partial(reference, service, best)
    step = Step(Stage.ENDPOINTS, Result.PASSED, _evidence(best, service), _spots(best))
    return Behind(best.serving, best.port.protocol, step)


def _unserved(reference: Reference, service: Service, asked: list[PortEndpoints]) -> Ending:
    port = asked[0]
    message = (
        f"{calls(reference)}, but no selected pod has the port "
        f"{port.port.target!r} that Service {str(service)!r} sends {port.port} to"
    )
    step = Step(Stage.ENDPOINTS, Result.BROKEN, f"no selected pod has a port {port.port.target!r}")
    return Ending(Reason.NO_ENDPOINTS, step, message, blame=service.at(*port.port.route, "targetPort"))


def _partial(reference: Reference, service: Service, port: PortEndpoints) -> Ending:
    """EP-01: without the port a pod has no place in the slice that kube-proxy reads for it, but DNS names it still."""
    lacking = ", ".join(sorted({pod.called for pod in port.lacking}))
    message = (
        f"{calls(reference)}, but of the pods that Service {str(service)!r} selects, "
        f"those of {lacking} have no port {port.port.target!r}"
    )
    step = Step(Stage.ENDPOINTS, Result.BROKEN, f"some pods lack the port {port.port.target!r}: {lacking}")
    return Ending(
        Reason.PARTIAL,
        step,
        message,
        "narrow the selector to the pods that serve, or name the port in all of them",
        severity=Severity.WARNING,
        blame=service.at("spec", "selector"),
        related=_place(service.at("spec", "selector"), "the selector"),
    )


def _evidence(port: PortEndpoints, service: Service) -> str:
    pods = tuple(dict.fromkeys(b.workload for b in port.serving if b.workload is not None))
    first = port.serving[0]
    where = f", container {first.container}" if first.container else ""
    return f"{_pods(pods, service)}{where}, port {first.number}"


def _pods(pods: Iterable[Workload], service: Service) -> str:
    listed = tuple(pods)
    said = " and ".join(f"{_count(pod)} of {pod}" for pod in listed)
    return f"{said} ({join(service.selector)})"


def _count(pod: Workload) -> str:
    if pod.kind == "DaemonSet":
        return "1 pod a node"
    return "1 pod" if pod.replicas == 1 else f"{pod.replicas} pods"


def _spots(port: PortEndpoints) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(b.workload.at("metadata", "labels") for b in port.serving if b.workload is not None))


def _place(spot: Spot | None, remark: str) -> tuple[tuple[Spot, str], ...]:
    return ((spot, remark),) if spot else ()
