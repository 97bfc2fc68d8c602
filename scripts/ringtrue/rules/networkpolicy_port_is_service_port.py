"""A NetworkPolicy lists the port of a Service where it needs the port of the pods.

## What it does
Looks at each port number of a NetworkPolicy's rules that none of the pods it leads to listens on, as far as `ports` and
Services say, while a Service of those pods has that number and sends it on to another one. Rules that also allow the
other number are left alone, and so are those that a finding of a blocked call already shows.

## Why it matters
A policy sees traffic at the pod, after the Service's address and port were translated. So the rule allows a port that
nobody uses, and the connection it was written for times out.

## How to fix
Write the pods' port, by number or by the name that the containers give it.
"""

from collections.abc import Iterator

from ringtrue.cluster.translations import Mistaken, mistaken_ports, translated
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.reasons import Reason

NAME = "networkpolicy-port-is-service-port"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    policies = [r for r in environment.resources if (r.group, r.kind) == ("networking.k8s.io", "NetworkPolicy")]
    numbers = translated(cluster) if policies else frozenset()
    blocked = {
        (id(proof.spot.resource), proof.spot.route)
        for proof in environment.proofs
        if proof.reason is Reason.BLOCKED and proof.spot is not None
    }
    for policy in policies:
        for found in mistaken_ports(policy, cluster, numbers):
            if (id(policy), found.route[:-2]) not in blocked:
                yield _problem(policy, found)


def _problem(resource: Resource, found: Mistaken) -> Problem:
    pods = ", ".join(sorted({pod.called for pod in found.pods}))
    spot = found.service.at(*found.port.route)
    return Problem(
        resource.at(*found.route),
        f"{resource.called} allows port {found.number} of {pods}, but that is the port of "
        f"Service {found.service.name!r}: the pods listen on {found.behind}",
        hint=f"write port: {found.behind}",
        related=((spot, "the port of the Service"),) if spot else (),
        value=str(found.number),
    )
