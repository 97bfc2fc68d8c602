"""An Application's destination is none that its project permits.

## What it does
Compares cluster and namespace of each Application's destination with `spec.destinations` of its AppProject, as Argo CD
does: some entry must match by name or server, and by namespace, and no entry with `!` may forbid it.

## Why it matters
Argo CD says "application destination ... do not match any of the allowed destinations in project" and syncs nothing.

## How to fix
Add the destination to the project, or name one that the project permits.

A project that is not among the manifests is not judged, nor is a cluster's address held against a name: only Argo CD
knows which of them belong together. Where the project lists no destination at all it is a warning: clusters that are
scoped to the project count too, and those are Secrets.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ringtrue.argocd.applications import namespace, target
from ringtrue.argocd.projects import Project, Target, is_destination_permitted
from ringtrue.cluster.names import nearest
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules import _projects
from ringtrue.rules._applications import applications

NAME = "application-destination-denied"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for application, _ in applications(environment):
        cluster, into = target(application), namespace(application)
        if cluster is None:
            continue
        project = _projects.projects(application, environment).refusing(partial(_permits, cluster, into))
        if project is None:
            continue
        there = _namespaces(project, cluster)
        field = "namespace" if there else "name" if application.get("spec", "destination", "name") else "server"
        wanted = application.get("spec", "destination", "name") or cluster.server
        yield Problem(
            application.at("spec", "destination", field),
            f"{application.called} goes where its project lets nothing go: \"application destination server '{wanted}' "
            f"and namespace '{into}' do not match any of the allowed destinations in project '{project.name}'\"",
            hint=_hint(cluster, into, there, project),
            related=((project.resource.at("spec", "destinations"), "what the project permits"),),
            severity=_projects.severity(bool(project.destinations), environment),
            value=f"{wanted} {into}",
        )


def _permits(cluster: Target, into: str, project: Project) -> bool:
    return is_destination_permitted(project.destinations, cluster, into)


def _namespaces(project: Project, cluster: Target) -> list[str]:
    """The namespaces that the project permits on that cluster."""
    found = (each.get("namespace") for each in project.destinations if _is_of(each, cluster))
    return [each for each in dict.fromkeys(found) if isinstance(each, str) and each and not each.startswith("!")]


def _is_of(entry: Mapping[str, Any], cluster: Target) -> bool:
    return is_destination_permitted([{**entry, "namespace": "*"}], cluster, "any")


def _hint(cluster: Target, into: str, there: list[str], project: Project) -> str:
    if any(is_destination_permitted([each], cluster, into) for each in project.destinations):
        return f"an entry with '!' in destinations of project {project.name!r} forbids it"
    near = nearest(into, there) if into else ""
    if near:
        return f"did you mean {near!r}?"
    if there:
        return f"on that cluster project {project.name!r} permits {', '.join(map(repr, there))}"
    return f"add it to destinations of project {project.name!r}"
