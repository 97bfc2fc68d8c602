"""Every sync leaves one more object of a hook behind.

## What it does
Reports hooks with `generateName` instead of a name that no policy deletes: neither `HookSucceeded` nor `HookFailed` is
among their `argocd.argoproj.io/hook-delete-policy`, and, for Jobs, no `ttlSecondsAfterFinished` is set.

## Why it matters
`BeforeHookCreation`, which also holds where nothing is said, deletes the object of the hook's name. With `generateName`
every sync makes another name, so nothing is ever deleted: Jobs and their pods pile up.

## How to fix
Give the hook a fixed name, or add `HookSucceeded` to its delete policy.
"""

from collections.abc import Iterator

from ringtrue.argocd.hooks import BEFORE_CREATION, DELETE_POLICY, delete_policies, is_hook, phases
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._applications import synced

NAME = "hook-left-behind"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    for _, resource in synced(environment):
        prefix = resource.get("metadata", "generateName")
        written = resource.annotations
        if resource.name or not isinstance(prefix, str) or not is_hook(written):
            continue
        expires = resource.kind == "Job" and resource.get("spec", "ttlSecondsAfterFinished") is not None
        if (
            expires
            or not phases(written, environment.instance.version)
            or delete_policies(written) != (BEFORE_CREATION,)
        ):
            continue
        said = DELETE_POLICY in written
        yield Problem(
            resource.at("metadata", "annotations", DELETE_POLICY) if said else resource.at("metadata", "generateName"),
            f"{resource.called} is a hook with a new name in every sync, so {BEFORE_CREATION} never deletes one",
            hint="give it a fixed name, or add HookSucceeded to its delete policy",
            value=prefix,
        )
