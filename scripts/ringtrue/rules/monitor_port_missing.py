"""A ServiceMonitor or PodMonitor scrapes a port that nothing it selects has.

## What it does
Looks up each endpoint's port in what the monitor selects. A ServiceMonitor's `port` is the name of a Service port,
never of a container port; its `targetPort`, and a PodMonitor's `port`, is a container port.

## Why it matters
Prometheus drops the targets without a word, and the alerts on those metrics stay silent.

## How to fix
Name the Service's port, and write that name. An unnamed port of a Service cannot be scraped by `port`.
"""

from collections.abc import Iterator

from ringtrue.cluster.endpoints import selected
from ringtrue.cluster.monitors import GROUP, monitored_pods, monitored_services, pod_ports, service_ports, services_in
from ringtrue.cluster.names import nearest
from ringtrue.cluster.services import Service
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource

NAME = "monitor-port-missing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    monitors = [each for each in environment.resources if each.group == GROUP]
    services = services_in(environment.cluster) if monitors else {}
    for resource in monitors:
        if resource.kind == "ServiceMonitor":
            found = monitored_services(resource, environment.cluster, services)
            yield from _of_services(resource, found, environment)
        elif resource.kind == "PodMonitor":
            yield from _of_pods(resource, environment)


def _of_services(resource: Resource, services: tuple[Service, ...], environment: Environment) -> Iterator[Problem]:
    pods = tuple(pod for service in services for pod in selected(service, environment.cluster))
    names, declared = service_ports(services), pod_ports(pods)
    for index, endpoint in enumerate(resource.items("spec", "endpoints")):
        port, target = endpoint.get("port"), endpoint.get("targetPort")
        if services and isinstance(port, str) and port not in names:
            subject = ", ".join(sorted({f"Service {service.name!r}" for service in services}))
            spot = resource.at("spec", "endpoints", index, "port")
            yield Problem(
                spot,
                f"{resource.called} scrapes port {port!r}, but {subject} has no port of that name",
                hint=_hint(port, services, declared),
                value=port,
            )
        elif port is None and pods and isinstance(target, str) and target not in declared:
            subject = ", ".join(sorted({pod.called for pod in pods}))
            yield Problem(
                resource.at("spec", "endpoints", index, "targetPort"),
                f"{resource.called} scrapes targetPort {target!r}, which no container of {subject} declares",
                hint=_near_target(target, names, declared),
                value=target,
            )


def _of_pods(resource: Resource, environment: Environment) -> Iterator[Problem]:
    pods = monitored_pods(resource, environment.cluster)
    declared = pod_ports(pods)
    for index, endpoint in enumerate(resource.items("spec", "podMetricsEndpoints")):
        port = endpoint.get("port")
        if pods and isinstance(port, str) and port not in declared:
            subject = ", ".join(sorted({pod.called for pod in pods}))
            yield Problem(
                resource.at("spec", "podMetricsEndpoints", index, "port"),
                f"{resource.called} scrapes port {port!r}, which no container of {subject} declares",
                hint=_near(port, declared),
                value=port,
            )


def _hint(port: str, services: tuple[Service, ...], declared: frozenset[str | int]) -> str:
    leading = [each.name for service in services for each in service.ports if each.target == port]
    if leading and leading[0]:
        return f"{port!r} is the container's port: the Service's is {leading[0]!r}"
    if leading or port in declared:
        return f"{port!r} is the container's port: give the Service's port a name, and write that"
    names = service_ports(services)
    return _near(port, names) or ("" if names - {""} else "the Service's ports have no names: give them some")


def _near_target(target: str, names: frozenset[str], declared: frozenset[str | int]) -> str:
    if target in names:
        return f"{target!r} is the Service's port: write `port` instead"
    return _near(target, declared)


def _near(port: str, names: frozenset[str] | frozenset[str | int]) -> str:
    known = sorted(name for name in names if isinstance(name, str) and name)
    near = nearest(port, known) or (known[0] if len(known) == 1 else "")
    return f"did you mean {near!r}?" if near else ""
