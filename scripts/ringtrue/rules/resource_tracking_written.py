"""An object in git carries Argo CD's own marks.

## What it does
Reports objects of Applications with the annotation `argocd.argoproj.io/tracking-id` or
`argocd.argoproj.io/installation-id`; and, where Argo CD tracks by label, the label `app.kubernetes.io/instance` with
another value than the Application's name.

## Why it matters
Argo CD writes these itself, with the name of the Application that owns the object. What is written in git was mostly
copied from a cluster: it is overwritten, or the object is taken for that of another Application, and pruned with it.

## How to fix
Remove the annotation. Remove the label too, or choose another key for what it says.
"""

from collections import defaultdict
from collections.abc import Iterator

from ringtrue.argocd.tracking import INSTALLATION_ID, TRACKING_ID
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import synced
from ringtrue.rules._tracked import lost, overwritten

NAME = "resource-tracking-written"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    for _, resource in synced(environment):
        for key in (TRACKING_ID, INSTALLATION_ID):
            if key in resource.annotations:
                yield Problem(
                    resource.at("metadata", "annotations", key),
                    f"{resource.called} carries the annotation {key}, which Argo CD writes itself",
                    hint="remove it",
                    value=resource.annotations[key],
                )
    yield from _labels(environment)


def _labels(environment: Environment) -> Iterator[Problem]:
    """One for each Application and value; not where a selector is lost by it: that is said of the selector."""
    applied, label = overwritten(environment), environment.instance.label
    said = {id(each) for found in lost(environment) for each in found.objects}
    replaced: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for _, resource in synced(environment) if applied else ():
        value, new = resource.labels.get(label), applied[id(resource)].get(label, "")
        if value is not None and value != new and id(resource) not in said:
            replaced[value, new].append(resource)
    for (value, new), resources in replaced.items():
        # By name, not by place: the finding stays the same when documents change places.
        first, more = min(resources, key=lambda each: each.id), len(resources) - 1
        yield Problem(
            first.at("metadata", "labels", label),
            f"{first.called}{f' and {more} more carry' if more else ' carries'} the label {label}={value}, "
            f"which Argo CD overwrites with {new!r}",
            hint="remove it, or choose another key",
            value=value,
        )
