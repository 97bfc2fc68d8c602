"""A hook of a sync may run for ever.

## What it does
Reports Jobs and Pods that are hooks (`argocd.argoproj.io/hook`, or Helm's) and have no `activeDeadlineSeconds`. A house
rule: on with `[rules] policy = true`.

## Why it matters
A sync waits for its hooks. One that hangs, or whose image cannot be pulled, keeps the sync running until somebody ends
it, and later commits wait.

## How to fix
Set `spec.activeDeadlineSeconds` of the Job, or of the Pod.
"""

from collections.abc import Iterator

from ringtrue.argocd.hooks import is_hook, phases
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._applications import synced

NAME = "hook-deadline-missing"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR

_KINDS = frozenset({("batch", "Job"), ("", "Pod")})
_DEADLINES = (("spec", "activeDeadlineSeconds"), ("spec", "template", "spec", "activeDeadlineSeconds"))


def check(environment: Environment) -> Iterator[Problem]:
    for _, resource in synced(environment):
        if (resource.group, resource.kind) not in _KINDS or not is_hook(resource.annotations):
            continue
        when = phases(resource.annotations, environment.instance.version)
        if when and all(resource.get(*route) is None for route in _DEADLINES):
            yield Problem(
                resource.at("spec"),
                f"{resource.called} is a hook "
                f"({', '.join(when)}) without activeDeadlineSeconds: when it hangs, so does the sync",
                hint="set activeDeadlineSeconds",
            )
