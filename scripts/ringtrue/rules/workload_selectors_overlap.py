"""Two workloads of a namespace claim the same pods.

## What it does
Holds each workload's selector against the pod labels of the other workloads in its namespace, and the selector of a
ReplicaSet, StatefulSet or ReplicationController against the labels of bare Pods.

## Why it matters
Kubernetes does not stop it, and no controller expects it. An autoscaler whose target counts pods of another workload
does not scale at all, a budget or `kubectl logs` means both, and a bare Pod is adopted, and deleted as one too many.

## How to fix
Give each workload a label of its own, in its selector and its pods: the name of the component, say. The selector of a
deployed workload cannot be changed: such a change needs a new name.

Files of a folder that no Application names are not held against each other: they may be alternatives.
"""

from collections.abc import Iterator

from ringtrue.cluster.labels import describe
from ringtrue.cluster.overlaps import Overlap, overlap
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "workload-selectors-overlap"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    own = {id(resource) for resource in environment.resources}
    for claimant in environment.cluster.workloads:
        found = overlap(claimant, environment.cluster) if id(claimant.resource) in own else None
        if found is None or _alternatives(found, environment):
            continue
        others = ", ".join(sorted({each.called for each in found.claimed}))
        yield Problem(
            claimant.resource.at("spec", "selector", *(("matchLabels",) if "matchLabels" in found.selector else ())),
            f"{claimant.resource.called} selects {describe(found.selector)}, which the pods of {others} carry too",
            hint="add a label to selector and pods that only this workload has",
            related=tuple(
                (each.at("metadata", "labels"), f"the labels of the pods of {each.called}") for each in found.claimed
            ),
            value=describe(found.selector),
        )


def _alternatives(found: Overlap, environment: Environment) -> bool:
    files = {each.resource.source for each in found.claimed} | {found.claimant.resource.source}
    return environment.scope.leaf and len(files) > 1
