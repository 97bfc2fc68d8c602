"""An object goes to a namespace that its Application's project does not permit.

## What it does
Holds the namespace that an object names itself against `spec.destinations` of the AppProject. The Application's own
destination is judged by `application-destination-denied`. An object in another namespace than the Application's is no
fault by itself.

## Why it matters
Argo CD says "namespace ... is not permitted in project" and syncs nothing of the whole Application.

## How to fix
Add the namespace to the project, or let the object go where the Application goes: the destination fills a missing
`metadata.namespace` only, it replaces none.

Kinds are judged whose scope is known: Kubernetes' and Argo CD's own, and those of CustomResourceDefinitions on the same
cluster.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from ringtrue.argocd.applications import namespace, target
from ringtrue.argocd.projects import Project, Target, is_destination_permitted
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules import _projects
from ringtrue.rules._applications import applications

NAME = "application-namespace-denied"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for application, sources in applications(environment):
        cluster, projects = target(application), _projects.projects(application, environment)
        if cluster is None or projects.refusing(partial(_permits, cluster, namespace(application))):
            continue
        elsewhere: dict[str, list[Resource]] = defaultdict(list)
        for resource in _projects.applied(sources, environment) if projects.found else ():
            own = resource.get("metadata", "namespace")
            if own and own == resource.namespace != namespace(application) and _projects.scoped(resource, environment):
                elsewhere[own].append(resource)
        for into, objects in elsewhere.items():
            project = projects.refusing(partial(_permits, cluster, into))
            if project:
                yield _problem(project, into, objects)


def _permits(cluster: Target, into: str, project: Project) -> bool:
    return is_destination_permitted(project.destinations, cluster, into)


def _problem(project: Project, into: str, objects: list[Resource]) -> Problem:
    more = f" and {len(objects) - 1} more go" if len(objects) > 1 else " goes"
    # By name, not by place: the finding stays the same when documents change places.
    first = min(objects, key=lambda each: each.id)
    return Problem(
        first.at("metadata", "namespace"),
        f'{first.called}{more} to namespace {into!r}: "namespace {into} is not permitted in '
        f"project '{project.name}'\"",
        hint=f"add the namespace to destinations of project {project.name!r}, or take it out of the object",
        related=((project.resource.at("spec", "destinations"), "what the project permits"),),
        value=into,
    )
