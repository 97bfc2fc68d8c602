"""A client comes in an earlier sync wave than the server that it calls.

## What it does
Takes the calls that are proved from a workload to a Service of the same Application, and compares the waves
(`argocd.argoproj.io/sync-wave`) of the two ends, within one phase: the client's with the Service's, and with those of
all workloads behind it. Where both ends call each other nothing is said, nor of addresses that come by `envFrom`: of
such a pool a program may use any part.

## Why it matters
Argo CD goes on to the next wave when all of this one is healthy. At the first sync the client runs, and has to become
healthy, before there is anybody to call; a client that waits for its server, or is ready only with it, stops the sync
for ever.

## How to fix
Give the server an earlier wave, or the client a later one.
"""

from collections.abc import Iterator

from ringtrue.argocd.hooks import WAVE, phases, wave
from ringtrue.cluster.endpoints import selected
from ringtrue.cluster.services import Service
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.reasons import Verdict
from ringtrue.references.reference import Via
from ringtrue.rules._applications import homes

NAME = "sync-wave-before-server"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    calls = dict(_calls(environment))
    home = homes(environment) if calls else {}
    for client, service in calls.values():
        late = _late(client, service, environment)
        if late is None or home.get(id(client)) is not home.get(id(late)) or id(client) not in home:
            continue
        if not _is_mutual(client, service, environment, list(calls.values())):
            yield _problem(client, service, late)


def _calls(environment: Environment) -> Iterator[tuple[tuple[int, str], tuple[Resource, Service]]]:
    """Who calls which Service, each pair once."""
    for proof in environment.proofs:
        client, target = proof.reference.workload, proof.target
        if proof.verdict is not Verdict.PROVED or proof.reference.via is Via.ENV_FROM:
            continue
        if client is None or target is None or client.kind == "CronJob":
            continue
        service = environment.cluster.service(target.namespace, target.service)
        if service is not None and service.resource is not None and client.replicas:
            yield (id(client.resource), str(service)), (client.resource, service)


def _late(client: Resource, service: Service, environment: Environment) -> Resource | None:
    """The Service, or the first workload behind it, when it comes after the client in the same phase."""
    version = environment.instance.version
    when = phases(client.annotations, version)

    def is_later(server: Resource) -> bool:
        return phases(server.annotations, version) == when and wave(server.annotations) > wave(client.annotations)

    if len(when) != 1:
        return None
    if service.resource is not None and is_later(service.resource):
        return service.resource
    behind = [each.resource for each in selected(service, environment.cluster)]
    return behind[0] if behind and all(map(is_later, behind)) else None


def _is_mutual(
    client: Resource, service: Service, environment: Environment, calls: list[tuple[Resource, Service]]
) -> bool:
    servers = {id(each.resource) for each in selected(service, environment.cluster)}
    back = (each for caller, each in calls if id(caller) in servers)
    return any(id(pod.resource) == id(client) for each in back for pod in selected(each, environment.cluster))


def _problem(client: Resource, service: Service, late: Resource) -> Problem:
    own, other = wave(client.annotations), wave(late.annotations)
    what = "which" if late is service.resource else f"whose {late.called}"
    written = WAVE in client.annotations
    at_client = client.at("metadata", "annotations", WAVE) if written else client.at("metadata", "name")
    at_late = late.at("metadata", "annotations", WAVE)
    return Problem(
        at_client if written else at_late,
        f"{client.called} comes in wave {own} and calls Service {service.name!r}, "
        f"{what} comes only in wave {other}, when wave {own} is healthy",
        hint="give the server an earlier wave, or the client a later one",
        related=((at_late, "the server") if written else (at_client, "the client"),),
        value=f"{own} {other}",
    )
