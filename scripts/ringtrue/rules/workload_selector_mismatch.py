"""A workload's selector does not match the labels of its own pod template.

## What it does
Compares `spec.selector` of each Deployment, StatefulSet, DaemonSet and ReplicaSet, and of a Job with
`manualSelector: true`, with `spec.template.metadata.labels`.

## Why it matters
The API server refuses the object: "selector does not match template labels". Argo CD's sync fails, and whatever the
object should have brought is not there.

## How to fix
Put every label of the selector on the pod template. The selector of a deployed workload cannot be changed, so change
the template.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission.selectors import selector_mismatch
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "workload-selector-mismatch"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        for rejection in selector_mismatch(resource):
            yield Problem(
                resource.at(*rejection.route),
                f"the API server would refuse {resource.called}: {rejection.message}",
                rejection.hint,
                value=rejection.message,
            )
