"""A Deployment lets a sync run on for ten minutes when its pods do not start.

## What it does
Reports Deployments whose `progressDeadlineSeconds` is missing or not below 600, the default, where the Application
syncs by itself and has phases or waves, such as a `PostSync` hook. A house rule: on with `[rules] policy = true`.

## Why it matters
A sync with several steps waits until a Deployment is healthy, or has failed. With an image that cannot be pulled that
takes the whole deadline, and the commit that mends it waits for the sync to end.

## How to fix
Set `progressDeadlineSeconds` to the time in which a new pod has always been ready, such as 60.
"""

from collections.abc import Iterator

from ringtrue.argocd.hooks import is_hook
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._applications import is_automated, synced, waiting

NAME = "rollout-deadline-missing"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR

_DEFAULT = 600
"""Seconds (k8s.io/api/apps/v1)."""


def check(environment: Environment) -> Iterator[Problem]:
    waits = waiting(environment)
    for application, resource in synced(environment):
        if (resource.group, resource.kind) != ("apps", "Deployment"):
            continue
        if not is_automated(application) or id(application) not in waits:
            continue
        deadline = resource.get("spec", "progressDeadlineSeconds")
        idle = resource.get("spec", "replicas") == 0 or is_hook(resource.annotations)
        if idle or (isinstance(deadline, int) and deadline < _DEFAULT):
            continue
        said = f"progressDeadlineSeconds {deadline}" if deadline is not None else "no progressDeadlineSeconds"
        yield Problem(
            resource.at("spec", "progressDeadlineSeconds") if deadline is not None else resource.at("spec"),
            f"Deployment {resource.name!r} has {said}: when its pods do not start, the sync of Application "
            f"{application.name!r} runs on for {deadline or _DEFAULT} seconds, and later commits wait",
            hint="set progressDeadlineSeconds, to 60 for example",
            value=str(deadline or ""),
        )
