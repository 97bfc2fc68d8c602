"""An Application brings an object of a kind that Argo CD leaves alone.

## What it does
Compares the objects of each Application with the kinds that Argo CD excludes: those that it always excludes (`Event`,
`Lease`), and those in `resource.exclusions` of its ConfigMap `argocd-cm`. Where that ConfigMap is not among the
manifests, the defaults since Argo CD 3.0 are taken (`Endpoints`, `EndpointSlice`, `CertificateRequest` and more), and
it is a warning.

## Why it matters
Such an object is never applied: Argo CD says "ExcludedResourceWarning", and the Application still becomes Synced and
Healthy. A Service without selector, whose Endpoints they were, has none.

## How to fix
Take the kind out of `resource.exclusions`, or apply the object by other means. For an address outside of the cluster a
Service of type `ExternalName` needs no endpoints.
"""

from collections.abc import Iterator

from ringtrue.argocd.exclusions import ALWAYS, KEY, exclusions, is_excluded
from ringtrue.argocd.settings import shown
from ringtrue.cluster.services import Service
from ringtrue.environments.environment import Environment, Instance
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import synced

NAME = "resource-excluded"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR

_HERE = "https://kubernetes.default.svc"


def check(environment: Environment) -> Iterator[Problem]:
    instance = environment.instance
    filters = exclusions(instance.settings, instance.version)
    for application, resource in synced(environment):
        where = resource.group, resource.kind, _address(application)
        always = is_excluded(ALWAYS, *where)
        if always or is_excluded(filters, *where):
            yield _problem(resource, always, environment)


def _problem(resource: Resource, always: bool, environment: Environment) -> Problem:
    served = _served(resource, environment)
    effect = f", and Service {served.name!r} gets no endpoints from it" if served else ""
    at_service = served.at("metadata", "name") if served else None
    instance = environment.instance
    return Problem(
        resource.at("kind"),
        f"{resource.called} is never applied{effect}: {_why(always, instance)}",
        hint="" if always else f"take the kind out of {KEY} in argocd-cm",
        related=((at_service, "the Service"),) if at_service else (),
        severity=None if always or instance.settings is not None else Severity.WARNING,
        value=resource.name,
    )


def _why(always: bool, instance: Instance) -> str:
    if always:
        return "Argo CD excludes its kind always"
    if instance.settings is not None:
        return f"{KEY} in argocd-cm excludes its kind"
    return f"{shown(instance.version)} excludes its kind, unless its argocd-cm, which is not seen here, says otherwise"


def _address(application: Resource) -> str:
    destination = application.mapping("spec", "destination")
    server = _HERE if destination.get("name") == "in-cluster" else destination.get("server")
    return server if isinstance(server, str) else ""


def _served(resource: Resource, environment: Environment) -> Service | None:
    """The Service without selector that these endpoints are for (SEL-02)."""
    if resource.kind not in ("Endpoints", "EndpointSlice"):
        return None
    name = resource.name if resource.kind == "Endpoints" else resource.labels.get("kubernetes.io/service-name", "")
    service = environment.cluster.service(resource.namespace, name)
    return service if service and service.resource and not service.selector and not service.external_name else None
