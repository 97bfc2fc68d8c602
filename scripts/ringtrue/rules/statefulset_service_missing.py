"""No Service gives the pods of a StatefulSet their names.

## What it does
Looks for the Service that `spec.serviceName` says, in the StatefulSet's namespace, and whether it selects the pods. A
StatefulSet without `serviceName` is reported when a Service selects its pods. A Service with a cluster IP is reported
when somebody calls one of the pods by name: CoreDNS answers, but only a headless Service promises it.

## Why it matters
The pods run, but their names (`pod-0.service.namespace.svc...`) do not resolve, so peers that find each other by name
do not. It is an error when such a name is called in this environment.

## How to fix
Name a headless Service (`clusterIP: None`) that selects the pods. `serviceName` cannot be changed in place: delete the
StatefulSet with `--cascade=orphan` first.
"""

from collections.abc import Iterator
from dataclasses import replace

from ringtrue.cluster.endpoints import selected, selecting
from ringtrue.cluster.hostnames import numbered, subdomain
from ringtrue.cluster.labels import join
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.reachability.reasons import Reason
from ringtrue.rules._structured import broken

NAME = "statefulset-service-missing"
CLASS = RuleClass.RISK
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    called = _called(environment)
    for problem in broken(environment, ("StatefulSet",), {Reason.NXDOMAIN, Reason.WRONG_NAMESPACE}):
        named = isinstance(problem.where, Spot) and problem.where.resource in called
        yield replace(problem, severity=None) if named else problem
    own = set(environment.resources)
    for workload in environment.cluster.workloads:
        if workload.kind != "StatefulSet" or workload.resource not in own:
            continue
        service = environment.cluster.service(workload.namespace, subdomain(workload))
        if not subdomain(workload):
            yield from _unnamed(workload, environment, workload.resource in called)
        elif service is not None:
            yield from _governed(workload, service, environment)


def _called(environment: Environment) -> frozenset[Resource]:
    """The StatefulSets that are to blame for a name of a pod that somebody calls."""
    blamed = (
        proof.blame.resource
        for proof in environment.proofs
        if proof.blame is not None and proof.reference.client is not proof.blame.resource
    )
    return frozenset(resource for resource in blamed if resource.kind == "StatefulSet")


def _unnamed(workload: Workload, environment: Environment, called: bool) -> Iterator[Problem]:
    """No `serviceName`: worth a word when there is a Service that could give the names."""
    services = selecting(workload, environment.cluster)
    meant = next((service for service in services if service.headless), next(iter(services), None))
    if meant is not None:
        yield Problem(
            workload.resource.at("spec"),
            f"{workload.resource.called} has no serviceName, so its pods have no names in DNS",
            f"add serviceName: {meant.name}",
            severity=None if called else Severity.WARNING,
            value=workload.name,
        )


def _governed(workload: Workload, service: Service, environment: Environment) -> Iterator[Problem]:
    """The Service is there: whether it selects the pods, and is headless."""
    where, name = workload.resource.at("spec", "serviceName"), service.name
    if service.selector and workload not in selected(service, environment.cluster):
        yield Problem(
            where,
            f"{workload.resource.called} has serviceName {name!r}, but that Service selects other pods: "
            f"it asks for {join(service.selector)}",
            "name a headless Service that selects these pods",
            severity=Severity.WARNING,
            value=name,
        )
    elif not service.headless and service.resource is not None and _names_pods(workload, service, environment):
        yield Problem(
            where,
            f"Service {name!r} of {workload.resource.called} has a cluster IP: that names of pods below it resolve "
            "is CoreDNS' own way, not promised",
            "name a Service with clusterIP: None",
            severity=Severity.WARNING,
            value=name,
        )


def _names_pods(workload: Workload, service: Service, environment: Environment) -> bool:
    """Whether somebody calls a pod of it by name."""
    targets = (
        proof.reference.host.partition(".")[0].lower()
        for proof in environment.proofs
        if proof.target is not None
        and (proof.target.namespace, proof.target.service) == (service.namespace, service.name)
    )
    return any(numbered(workload, label) for label in targets)
