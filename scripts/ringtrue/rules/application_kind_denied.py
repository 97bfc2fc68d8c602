"""An Application brings an object of a kind that its project does not permit.

## What it does
Holds every rendered object against the AppProject's lists: a cluster-scoped kind must be in `clusterResourceWhitelist`;
a namespaced one in `namespaceResourceWhitelist` where that is written; none may be in a list of what is denied. The
Namespace that the sync option `CreateNamespace=true` makes counts as well.

## Why it matters
Argo CD says "resource ... is not permitted in project" and syncs nothing of the whole Application.

## How to fix
Add the kind to the project's list, or let another Application bring the object. A project without
`clusterResourceWhitelist` permits no cluster-scoped kind, not even Namespace.

A namespace that Argo CD would have to make is a warning while it may exist already; an error with
`managedNamespaceMetadata`, which is always applied, and with `[cluster] complete`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from ringtrue.argocd.applications import creates_namespace, namespace
from ringtrue.argocd.projects import Project, is_kind_permitted
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules import _projects
from ringtrue.rules._applications import applications

NAME = "application-kind-denied"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for application, sources in applications(environment):
        projects = _projects.projects(application, environment)
        denied: dict[tuple[str, str], list[Resource]] = defaultdict(list)
        for resource in _projects.applied(sources, environment) if projects.found else ():
            if projects.refusing(partial(_permits, resource, environment)):
                denied[resource.group, resource.kind].append(resource)
        for objects in denied.values():
            yield _problem(projects.found[0], objects)
        yield from _implied(application, sources, projects, environment)


def _permits(resource: Resource, environment: Environment, project: Project) -> bool:
    """Under either scope, where it is not known."""
    scopes = (bool(resource.namespace),) if _projects.scoped(resource, environment) else (True, False)
    return any(is_kind_permitted(project, resource.group, resource.kind, resource.name, scope) for scope in scopes)


def _problem(project: Project, objects: Sequence[Resource]) -> Problem:
    # By name, not by place: the finding stays the same when documents change places.
    first = min(objects, key=lambda each: each.id)
    more = f" and {len(objects) - 1} more are" if len(objects) > 1 else " is"
    scope = "namespaceResource" if first.namespace else "clusterResource"
    kinds = project.namespaced if first.namespace else project.clusterwide
    forbidden = any(each.covers(first.group, first.kind, first.name) for each in kinds.denied)
    place = f"of project {project.name!r}"
    return Problem(
        first.at("kind"),
        f"{first.called}{more} in an Application {place}: "
        f'"resource {first.group}:{first.kind} is not permitted in project {project.name}"',
        hint=f"{scope}Blacklist {place} forbids it"
        if forbidden
        else f"add group {first.group!r}, kind {first.kind!r} to {scope}Whitelist {place}",
        related=((project.resource.at("spec"), "the project"),),
        value=f"{first.group}:{first.kind}",
    )


def _implied(
    application: Resource, sources: Sequence[Source], projects: _projects.Projects, environment: Environment
) -> Iterator[Problem]:
    """The Namespace that Argo CD makes when no source brings it."""
    option, into = creates_namespace(application), namespace(application)
    always = application.get("spec", "syncPolicy", "managedNamespaceMetadata") is not None
    if not option or not into or not all(source.status is Status.RENDERED for source in sources):
        return
    brought = any(each.key == ("", "Namespace", "", into) for source in sources for each in source.resources)
    if brought or (not always and _projects.exists(into, environment)):
        return
    project = projects.refusing(lambda each: is_kind_permitted(each, "", "Namespace", into, namespaced=False))
    if project is not None:
        certain = always or environment.cluster.profile.complete
        yield Problem(
            application.at(*option),
            f"{application.called} makes namespace {into!r}, which its project does not let it make: "
            f'"resource :Namespace is not permitted in project {project.name}"',
            hint=f"add group '', kind 'Namespace' to clusterResourceWhitelist of project {project.name!r}",
            related=((project.resource.at("spec"), "the project"),),
            severity=None if certain else Severity.WARNING,
            value=into,
        )
