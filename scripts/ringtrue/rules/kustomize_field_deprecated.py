"""A kustomization uses a field that Kustomize has deprecated.

## What it does
Reports `bases`, `imageTags`, `patchesStrategicMerge`, `patchesJson6902`, `commonLabels` and `vars` in every
kustomization that an environment is built from.

## Why it matters
Kustomize warns and will drop them. `commonLabels` also rewrites selectors, which cannot be changed once deployed.

## How to fix
Run `kustomize edit fix` in that folder, and read the difference in the rendered output before you merge.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._layers import layers

NAME = "kustomize-field-deprecated"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    for layer in layers(environment):
        for old in layer.deprecated:
            yield Problem(
                Location(layer.file, old.line, old.column),
                f"{old.field!r} is deprecated in Kustomize",
                hint=f"use {old.successor}",
                value=old.field,
            )
