"""A PodDisruptionBudget never lets a pod be evicted.

## What it does
Reports a `maxUnavailable` of 0, and a `minAvailable` that keeps as many pods as there are: the replicas of the
workloads that the budget selects, or an autoscaler's greatest number of them. A percentage is rounded up, so 50 % of
one pod is one.

## Why it matters
Draining a node waits for ever, and with it every upgrade of the cluster.

## How to fix
Write `maxUnavailable: 1`, which holds for any number of replicas, or run more of them.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.disruption import Blockade, blockade
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource

NAME = "pdb-blocks-drain"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    for resource in environment.resources:
        if (resource.group, resource.kind) != ("policy", "PodDisruptionBudget"):
            continue
        found = None if rejections(resource, cluster.profile) else blockade(resource, cluster)
        if found is None:
            continue
        pods = ", ".join(sorted({pod.called for pod in found.pods}))
        yield Problem(
            resource.at(*found.route),
            f"{resource.called} has {_said(resource, found)}, so no pod of {pods} can be evicted",
            hint="write maxUnavailable: 1",
            related=tuple((pod.resource.at("spec", "replicas"), f"the replicas of {pod.called}") for pod in found.pods),
            value=str(resource.get(*found.route)),
        )


def _said(resource: Resource, found: Blockade) -> str:
    field, value = found.route[-1], resource.get(*found.route)
    if field == "maxUnavailable":
        return f"maxUnavailable {value}"
    there = "1 pod" if found.count == 1 else f"{found.count} pods"
    return f"minAvailable {value} of {there}"
