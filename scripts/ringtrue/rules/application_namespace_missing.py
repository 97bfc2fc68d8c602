"""An Application brings objects into a namespace that nothing makes.

## What it does
Looks for a Namespace object, in any source or folder of the repository, for each namespace that the objects of an
Application are in; `CreateNamespace=true` makes that of the destination. Only with `[cluster] complete = true`, and
only in a repository that makes some namespace: elsewhere all of them are made by others.

## Why it matters
The sync fails with "namespaces ... not found", at the first cluster that nobody has prepared by hand.

## How to fix
Add the Namespace, or the sync option `CreateNamespace=true`. If an admin makes it, ignore the finding with that reason.
"""

from collections.abc import Iterator, Sequence

from ringtrue.argocd.applications import creates_namespace, namespace
from ringtrue.environments.environment import Environment, Source
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.rules._applications import applications, together
from ringtrue.rules._projects import applied, exists

NAME = "application-namespace-missing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    instance = environment.instance
    makes_some = instance.namespaces or any(map(creates_namespace, instance.applications))
    if not environment.cluster.profile.complete or not makes_some:
        return
    yield from together(
        problem
        for application, sources in applications(environment)
        for problem in _problems(application, sources, environment)
    )


def _problems(application: Resource, sources: Sequence[Source], environment: Environment) -> Iterator[Problem]:
    own = namespace(application)
    made = {own} if creates_namespace(application) else set()
    missing: dict[str, Resource] = {}
    for resource in applied(sources, environment):
        name = resource.namespace
        known = name in made or name in environment.instance.namespaces or exists(name, environment)
        if name and not known:
            missing.setdefault(name, resource)
    for name, resource in missing.items():
        yield Problem(
            _place(application, own, name, resource),
            f"{application.called} brings {resource.called} into namespace {name!r}, which nothing here makes",
            hint="add the Namespace, or the sync option CreateNamespace=true" if name == own else "add the Namespace",
            value=name,
        )


def _place(application: Resource, own: str, name: str, resource: Resource) -> Spot:
    return application.at("spec", "destination", "namespace") if name == own else resource.at("metadata", "namespace")
