"""A PodDisruptionBudget selects no pod in its namespace.

## What it does
Compares `spec.selector` of each PodDisruptionBudget with the labels of every pod template and bare Pod in its
namespace. An empty selector matches all pods; none at all matches none.

## Why it matters
The pods that the budget was to guard may all be evicted at once when nodes are drained.

## How to fix
Give the selector the labels of the pods that are meant, or take the budget away.

It is a note where the namespace may hold pods that are not seen here.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.disruption import guarded
from ringtrue.cluster.labels import describe
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._selectors import hint, weigh

NAME = "pdb-selects-nothing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    for resource in environment.resources:
        if (resource.api_version, resource.kind) != ("policy/v1", "PodDisruptionBudget"):
            continue
        if guarded(resource, cluster) or rejections(resource, cluster.profile):
            continue
        selector = resource.mapping("spec", "selector")
        if selector:
            asked = f"selects {describe(selector)}, which no pod in namespace {resource.namespace!r} carries"
        elif resource.get("spec", "selector") is None:
            asked = "has no selector, and so guards no pod"
        else:
            continue
        yield Problem(
            resource.at("spec", "selector"),
            f"{resource.called} {asked}",
            hint=hint(selector, resource, environment) if selector else "name the labels of the pods to guard",
            severity=weigh(selector, resource, environment) if selector else None,
            value=describe(selector) if selector else "",
        )
