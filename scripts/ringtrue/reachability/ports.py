"""Stage two: has the Service the port (PORT-01, EP-04)?"""

from dataclasses import dataclass

from ringtrue.cluster.endpoints import PortEndpoints
from ringtrue.cluster.services import Service, ServicePort
from ringtrue.findings import Severity
from ringtrue.reachability.ending import Ending, caller
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.names import Found, unresolved
from ringtrue.reachability.proof import Result, Stage, Step, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Port:
    """The Service ports that the call may mean: more than one only when it gives no port."""

    ports: tuple[ServicePort, ...]
    direct: int | None
    """The port on the pod itself, for headless Services and endpoint names: nothing translates it (EP-04)."""
    step: Step
    target: Target


def declared(reference: Reference, found: Found, facts: Facts) -> Port | Ending:
    """The Service port that a call reaches, or why there is none."""
    service = found.service
    if reference.unresolved:
        return unresolved(reference, Stage.PORT)
    if reference.wrong_port:
        return _no_number(reference)
    if reference.needs_port and reference.port is None:
        return _no_port(reference, service)
    if (service.headless and reference.named_service is None) or found.pods:
        return _direct(reference, found, facts)
    if reference.port is None and reference.port_name is None:
        return _any_port(reference, service)
    matching = tuple(port for port in service.ports if _meant(reference, port))
    if not matching:
        return _undeclared(reference, service)
    port = matching[0]
    evidence = f"{port} -> targetPort {_target(port)}" if service.selector or service.builtin else str(port)
    step = Step(Stage.PORT, Result.PASSED, evidence, found.spots)
    return Port((port,), None, step, Target(service.namespace, service.name, port.number, port.name or None))


def _meant(reference: Reference, port: ServicePort) -> bool:
    if reference.port_name is not None:
        return port.name == reference.port_name
    return port.number == reference.port and port.protocol == reference.protocol


def _any_port(reference: Reference, service: Service) -> Port | Ending:
    same = tuple(port for port in service.ports if port.protocol == reference.protocol)
    # TCP is what nobody says: only another protocol was asked for.
    usable = same or (service.ports if reference.protocol == "TCP" else ())
    if not usable:
        return _undeclared(reference, service)
    listed = ", ".join(f"{port} -> targetPort {_target(port)}" for port in usable)
    step = Step(Stage.PORT, Result.PASSED, f"no port given; the Service has {listed}")
    only = usable[0] if len(usable) == 1 else None
    target = Target(service.namespace, service.name, only.number if only else None, only.name or None if only else None)
    return Port(usable, None, step, target)


def _direct(reference: Reference, found: Found, facts: Facts) -> Port | Ending:
    service = found.service
    if reference.port is None:
        ports = service.ports
        step = Step(Stage.PORT, Result.PASSED, "no port given; the name leads to the pods themselves")
        return Port(ports, None, step, Target(service.namespace, service.name))
    wrong = _translated(reference.port, found, facts)
    if wrong is not None:
        return _wrong_headless(reference, service, wrong)
    evidence = f"headless: {reference.port}/{reference.protocol} on the pods themselves, nothing translates it"
    step = Step(Stage.PORT, Result.PASSED, evidence)
    return Port((), reference.port, step, Target(service.namespace, service.name, reference.port))


def _translated(number: int, found: Found, facts: Facts) -> PortEndpoints | None:
    """The Service port of that number whose pods listen elsewhere, when no container declares the number itself."""
    known = facts.endpoints(found.service)
    pods = found.pods or known.selected
    if number in {port.number for pod in pods for container in pod.containers for port in container.ports}:
        return None
    for port in known.ports:
        behind = {backend.number for backend in port.serving}
        if port.port.number == number and behind and number not in behind:
            return port
    return None


def _wrong_headless(reference: Reference, service: Service, port: PortEndpoints) -> Ending:
    """EP-04: the call uses the port of a headless Service, whose pods listen on another."""
    listening = " and ".join(str(number) for number in sorted({backend.number for backend in port.serving}))
    called = f"{reference.host}:{reference.port}"
    message = (
        f"{caller(reference)} calls {called!r}, but Service {str(service)!r} is headless: "
        f"its pods listen on {listening}, and nothing translates {port.port.number}"
    )
    step = Step(Stage.PORT, Result.BROKEN, f"headless, and the pods listen on {listening}")
    spot = service.at(*port.port.route)
    related = ((spot, "the port of the headless Service"),) if spot else ()
    hint = f"call the pods' port {listening}"
    return Ending(Reason.PORT_UNDECLARED, step, message, hint, spot=reference.port_spot, related=related)


def _no_port(reference: Reference, service: Service) -> Ending:
    """PORT-03: a route's `backendRef` must give the Service's port."""
    has = ", ".join(str(port.number) for port in service.ports)
    message = f"{caller(reference)} names Service {service.name!r} without a port, which the API wants of a Service"
    step = Step(Stage.PORT, Result.BROKEN, "no port given where one is required")
    return Ending(Reason.PORT_UNDECLARED, step, message, f"add port: {has}" if has else "", blame=reference.spot)


def _no_number(reference: Reference) -> Ending:
    """REF-02: what stands for the port is none; above all the URL that kubelet puts into `REDIS_PORT`."""
    message = f"{caller(reference)}: the address in {reference.field} has no port that works: {reference.wrong_port}"
    step = Step(Stage.PORT, Result.BROKEN, reference.wrong_port)
    hint = "set it to the number in env"
    return Ending(Reason.PORT_UNDECLARED, step, message, hint, spot=reference.port_spot)


def _undeclared(reference: Reference, service: Service) -> Ending:
    wanted = repr(reference.port_name) if reference.port_name is not None else f"{reference.port}/{reference.protocol}"
    if reference.port is None and reference.port_name is None:
        wanted = f"for {reference.protocol}"
    has = ", ".join(f"{port}" + (f" {port.name!r}" if port.name else "") for port in service.ports) or "none"
    where = f"{reference.host!r}" if reference.named_service is None else f"Service {service.name!r}"
    message = f"{caller(reference)} calls {where}, but Service {str(service)!r} has no port {wanted}: it has {has}"
    spot = service.at("spec", "ports")
    return Ending(
        Reason.PORT_UNDECLARED,
        Step(Stage.PORT, Result.BROKEN, f"Service {service} has no port {wanted}: it has {has}"),
        message,
        _hint(reference, service),
        severity=Severity.WARNING if reference.optional else None,
        spot=reference.port_spot,
        blame=(reference.port_spot or reference.spot) if reference.named_service else None,
        related=((spot, "the ports of the Service"),) if spot else (),
    )


def _hint(reference: Reference, service: Service) -> str:
    for port in service.ports:
        if reference.port is not None and port.target == reference.port:
            return f"{reference.port} is the pods' port: call the Service's port {port.number}"
    if reference.port_name is not None and service.ports:
        names = [repr(port.name) for port in service.ports if port.name]
        return f"its ports are named {', '.join(names)}" if names else f"its port {service.ports[0].number} has no name"
    same = [port for port in service.ports if port.protocol == reference.protocol]
    return f"call port {same[0].number}" if len(same) == 1 else ""


def _target(port: ServicePort) -> str:
    return f'"{port.target}"' if isinstance(port.target, str) else str(port.target)
