"""A patch's target selects no object, so the patch changes nothing.

## What it does
Follows the resources of each kustomization from their files, under every name and namespace that they have had, and
reports each entry of `patches` whose `target` selects none of them in any build. Where charts, plugins, remote bases or
patches that rename are involved, nothing is said.

## Why it matters
Kustomize says nothing: a patch without a target must find its object, one with a target need not. The setting that
you wrote is not in force.

## How to fix
Spell the target as the object is called when patches run: before `namespace`, `namePrefix` and `nameSuffix` of the
same kustomization. `name`, `kind` and the others are anchored regular expressions.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "patch-changes-nothing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    for idle in environment.idle:
        if idle.field == "patches":
            yield Problem(
                idle.location,
                f"the patch of {idle.target} changes nothing: no such object is among the resources here",
                hint=idle.hint,
                value=idle.target,
            )
