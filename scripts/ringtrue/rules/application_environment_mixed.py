"""An Application takes the files of one environment from the branch, or under the label, of another.

## What it does
Compares what the branch `env/<name>`, the folder `overlays/<name>` (or `environments/`, `envs/`) and the label
`environment` of an Application say. They differ only where the folder of the other name is there too.

## Why it matters
Argo CD says nothing: it syncs the wrong thing. A commit that was promoted to staging alone runs in prod.

## How to fix
Let branch, folder and label name one environment. A preview of an environment at another commit belongs on a branch of
its own.

It is a warning unless the Application's own name ends with the name of one of the two.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment, Source
from ringtrue.environments.naming import branch_name, folder_name
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import together

NAME = "application-environment-mixed"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    yield from together(
        problem
        for source in environment.sources
        if source.application is not None and not source.foreign
        for problem in _problems(source, source.application)
    )


def _problems(source: Source, application: Resource) -> Iterator[Problem]:
    folder = folder_name(source.path)
    branch, label = branch_name(source.revision), application.labels.get("environment", "")
    said = (
        (branch, f"at branch {source.revision!r}", (*source.route, "targetRevision")),
        (label, f"under the label environment={label}", ("metadata", "labels", "environment")),
    )
    for other, where, route in said:
        sibling = _sibling(source, folder, other)
        if sibling:
            ending = application.name.rpartition("-")[2]
            yield Problem(
                application.at(*route),
                f"{application.called} reads {source.path!r} {where}, and {sibling!r} is there too",
                hint=f"name one environment: {folder!r} or {other!r}",
                value=f"{folder} {other}",
                severity=None if ending in (folder, other) else Severity.WARNING,
            )


def _sibling(source: Source, folder: str, other: str) -> str:
    """The same path for the other environment, where that is a kustomization; "" where nothing is mixed."""
    if not folder or not other or folder == other:
        return ""
    steps = source.path.split("/")
    at = len(steps) - 1 - steps[::-1].index(folder)
    path = "/".join([*steps[:at], other, *steps[at + 1 :]])
    return path if source.graph.get(path) else ""
