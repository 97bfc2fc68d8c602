"""A Service port's named `targetPort` exists in none of the pods that the Service selects.

## What it does
For each port of a Service whose `targetPort` is a name, looks for a container port of that name and protocol in the
selected pods. Numbers need no declaration and are left alone. The ports of sidecars, init containers with
`restartPolicy: Always`, count from Kubernetes 1.33 on (`[cluster] version`).

## Why it matters
The pods stay in the EndpointSlice, but that port is missing from it: the Service has no backend on the port, and
callers are refused although every pod is ready.

## How to fix
Name a port that the containers declare in `ports`, or give the container port the name that the Service asks for.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.endpoints import SIDECARS_COUNT, PortEndpoints, counted, endpoints
from ringtrue.cluster.services import service
from ringtrue.cluster.workloads import Container
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "service-port-unserved"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        made = service(resource)
        if made is None or not any(isinstance(port.target, str) for port in made.ports):
            continue
        if rejections(resource, environment.cluster.profile):
            continue  # reported as such; whether its ports are served shows once it is accepted
        for port in endpoints(made, environment.cluster).ports:
            if port.serving or not port.lacking:
                continue
            version = environment.cluster.profile.version
            yield Problem(
                resource.at(*port.port.route, "targetPort"),
                f"{resource.called} sends port {port.port} to targetPort {port.port.target!r}, "
                f"but {_lack(port, version)}",
                hint=_hint(port, version),
                related=tuple((workload.at("spec", "containers"), "the pods it selects") for workload in port.lacking),
                value=str(port.port.target),
            )


def _lack(port: PortEndpoints, version: tuple[int, int]) -> str:
    pods = ", ".join(sorted({workload.called for workload in port.lacking}))
    such = f"a {port.port.protocol} port of that name"
    if _in_sidecars(port):
        since, now = (".".join(map(str, each)) for each in (SIDECARS_COUNT, version))
        return f"of {pods} only a sidecar has {such}, which counts from Kubernetes {since} on: this is {now}"
    return f"no container of {pods} has {such}"


def _in_sidecars(port: PortEndpoints) -> list[int]:
    """EP-02: the numbers of that port when each of the pods has it in a sidecar, where it does not count."""
    found = [
        [number for name, number in _declared(workload.serving, port) if name == port.port.target]
        for workload in port.lacking
    ]
    return sorted({number for each in found for number in each}) if all(found) else []


def _declared(containers: Iterable[Container], port: PortEndpoints) -> Iterator[tuple[str, int]]:
    for container in containers:
        for found in container.ports:
            if found.protocol == port.port.protocol and found.name:
                yield found.name, found.number


def _hint(port: PortEndpoints, version: tuple[int, int]) -> str:
    numbers = _in_sidecars(port)
    if numbers:
        return f"give targetPort the number {' or '.join(map(str, numbers))}"
    found = (pair for workload in port.lacking for pair in _declared(counted(workload, version), port))
    declared = {name: str(number) for name, number in found}
    if not declared:
        return "name a container port so, or give targetPort the number that the container listens on"
    near = get_close_matches(str(port.port.target), declared, n=1, cutoff=0.5)
    if near or len(declared) == 1:
        name = near[0] if near else next(iter(declared))
        return f"did you mean {name!r} ({declared[name]})?"
    return "the containers have " + ", ".join(f"{name!r} ({number})" for name, number in sorted(declared.items()))
