"""A probe names a port that its container does not declare.

## What it does
Looks up the named port of each probe, and of each `lifecycle` hook that opens a connection, among the `ports` of the
same container. A port of another container of the pod does not count.

## Why it matters
The API server accepts it, and kubelet cannot make the probe. The pod never becomes ready, so its Service has no
endpoint. A liveness probe that cannot be made never restarts anything: a warning.

## How to fix
Spell the name as the container's `ports` do, give the port a name there, or write its number.
"""

from collections.abc import Iterator

from ringtrue.cluster.names import nearest
from ringtrue.cluster.probes import Unresolved, unresolved_ports
from ringtrue.cluster.workloads import Container, Workload, workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "probe-port-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        made = workload(resource)
        for container in made.containers if made else ():
            for found in unresolved_ports(container):
                yield Problem(
                    resource.at(*found.route),
                    f"the {found.what} of container {container.name!r} in {resource.called} asks for "
                    f"port {found.port!r}, which the container does not declare",
                    hint=_hint(found, container, made) if made else "",
                    severity=None if found.keeps_from_ready else Severity.WARNING,
                    value=found.port,
                )


def _hint(found: Unresolved, container: Container, pods: Workload) -> str:
    named = {port.name: port.number for port in container.ports if port.name}
    near = nearest(found.port, named)
    for other in pods.containers:
        if any(port.name == found.port for port in other.ports):
            return f"{found.port!r} is a port of container {other.name!r}: a probe asks its own container only"
    if near:
        return f"did you mean {near!r} ({named[near]})?"
    if len(named) == 1:
        return f"it declares {next(iter(named))!r} ({next(iter(named.values()))})"
    unnamed = [port.number for port in container.ports if not port.name and port.number]
    if unnamed:
        return f"its port {unnamed[0]} has no name: name it {found.port!r}, or write the number in the probe"
    return "declare the port under that name, or write its number"
