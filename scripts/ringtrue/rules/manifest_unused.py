"""A manifest lies in a kustomization's folder, but no kustomization names it.

## What it does
Reports each YAML or JSON file with `apiVersion` and `kind`, at or below a kustomization, that neither a kustomization
nor an Application's directory source reads. Charts, values files and folders in `[environments] skip` are left alone.
A house rule: on with `[rules] policy = true`.

## Why it matters
It looks deployed and is not: most often the line in `resources` was forgotten, or the file outlived it.

## How to fix
Add it to the kustomization, or remove it.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "manifest-unused"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for path in environment.unnamed:
        yield Problem(
            Location(path),
            f"{path!r} is a manifest, but no kustomization names it, so it is not deployed",
            hint="add it to the kustomization beside it, or remove it",
            value=path,
        )
