"""An Application or AppProject sets a field that the configured Argo CD does not know.

## What it does
Compares the fields of Applications, and of the AppProjects that they name, with the version in `[argocd] version`.
Applications that an ApplicationSet makes count too. Fields are left alone that say what their absence says.

## Why it matters
The API server drops a field that Argo CD's CustomResourceDefinition does not have, and nobody is told. What is left may
mean more than was written: an entry of `clusterResourceWhitelist` without its `name` permits every name.

## How to fix
Take the field out, or update Argo CD. Where a newer one runs already, say so in `[argocd] version`.

A field on which nothing depends, such as the description of a sync window, is a warning. Without `[argocd] version` the
newest Argo CD is assumed, which knows all of them.
"""

from collections.abc import Iterator

from ringtrue.argocd.applications import project_name
from ringtrue.argocd.newer_fields import Newer, dropped
from ringtrue.argocd.projects import named
from ringtrue.argocd.settings import Version
from ringtrue.environments.environment import Environment
from ringtrue.findings import Route, RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import applications, together

NAME = "application-field-unknown"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    version, found = environment.instance.version, [each for each, _ in applications(environment)]
    yield from together(problem for each in found for problem in _problems(each, version))
    for name in dict.fromkeys(map(project_name, found)):
        for project in named(environment.instance.projects, name, version):
            yield from _problems(project.resource, version)


def _problems(resource: Resource, version: Version) -> Iterator[Problem]:
    for newer, route in dropped(resource, version):
        yield _problem(resource, newer, route, _text(version))


def _problem(resource: Resource, newer: Newer, route: Route, version: str) -> Problem:
    field = ".".join(str(step) for step in route if isinstance(step, str))
    return Problem(
        resource.at(*route),
        f"{resource.called} sets {field!r}, which Argo CD {version} does not know; the API server drops the field "
        f"in silence: {newer.without}",
        hint=f"it came with Argo CD {_text(newer.since)}: update to that, or take the field out",
        severity=Severity.WARNING if newer.harmless else None,
        value=field,
    )


def _text(version: Version) -> str:
    return ".".join(map(str, version))
