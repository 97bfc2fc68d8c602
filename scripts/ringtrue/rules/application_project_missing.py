"""An Application is of the project `default`, or of one that is not among the manifests.

## What it does
Looks for the AppProject that each Application names, in a repository that keeps AppProjects of the same Argo CD. The
project `default` is refused wherever it is named, also by saying nothing.

## Why it matters
Argo CD says "Application referencing project ... which does not exist" and syncs nothing. The project `default` permits
every repository, cluster and kind.

## How to fix
Name a project of the repository, or add the AppProject.

It is a house rule: a project may be kept elsewhere.
"""

from collections.abc import Iterator

from ringtrue.argocd.applications import project_name
from ringtrue.argocd.projects import DEFAULT
from ringtrue.cluster.names import nearest
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import applications, together

NAME = "application-project-missing"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    known = sorted({each.name for each in environment.instance.projects})
    yield from together(
        problem for application, _ in applications(environment) for problem in _problems(application, known)
    )


def _problems(application: Resource, known: list[str]) -> Iterator[Problem]:
    name = project_name(application)
    if name != DEFAULT and (not known or name in known):
        return
    others = [each for each in known if each != DEFAULT]
    yield Problem(
        application.at("spec", "project"),
        f"{application.called} is of project 'default', which permits everything unless it is locked"
        if name == DEFAULT
        else f'{application.called} names a project that is not here: "Application referencing project {name} which '
        'does not exist"',
        hint=_hint(name, others),
        value=name,
    )


def _hint(name: str, others: list[str]) -> str:
    near = nearest(name, others)
    if near:
        return f"did you mean {near!r}?"
    return f"name one of those here: {', '.join(map(repr, others))}" if others else "add an AppProject, and name it"
