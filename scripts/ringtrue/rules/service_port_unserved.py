"""A Service port's named `targetPort` exists in none of the pods that the Service selects.

## What it does
For each port of a Service whose `targetPort` is a name, looks for a container port of that name and protocol in the
selected pods. Numbers need no declaration and are left alone.

## Why it matters
The pods stay in the EndpointSlice, but that port is missing from it: the Service has no backend on the port, and
callers are refused although every pod is ready.

## How to fix
Name a port that the containers declare in `ports`, or give the container port the name that the Service asks for.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.endpoints import PortEndpoints, endpoints
from ringtrue.cluster.services import service
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
            target = port.port.target
            pods = ", ".join(sorted({str(workload) for workload in port.lacking}))
            yield Problem(
                resource.at(*port.port.route, "targetPort"),
                f"Service {made.name!r} sends port {port.port} to targetPort {target!r}, "
                f"but no container of {pods} has a {port.port.protocol} port of that name",
                hint=_hint(port),
                related=tuple((workload.at("spec", "containers"), "the pods it selects") for workload in port.lacking),
                value=str(target),
            )


def _hint(port: PortEndpoints) -> str:
    declared = {
        found.name: str(found.number)
        for workload in port.lacking
        for container in workload.serving
        for found in container.ports
        if found.protocol == port.port.protocol and found.name
    }
    if not declared:
        return "name a container port so, or give targetPort the number that the container listens on"
    near = get_close_matches(str(port.port.target), declared, n=1, cutoff=0.5)
    if near or len(declared) == 1:
        name = near[0] if near else next(iter(declared))
        return f"did you mean {name!r} ({declared[name]})?"
    return "the containers have " + ", ".join(f"{name!r} ({number})" for name, number in sorted(declared.items()))
