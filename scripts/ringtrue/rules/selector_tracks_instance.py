"""A selector asks for the label that Argo CD overwrites.

## What it does
Looks at an Argo CD that tracks by label: its `argocd-cm` says `application.resourceTrackingMethod: label` or
`annotation+label`, or it is older than 3.0 (`[argocd] version`) and its `argocd-cm` is not seen, which is a warning.
Reports selectors of Services, ServiceMonitors, PodMonitors, NetworkPolicies and PodDisruptionBudgets that match as they
are written, and match nothing once Argo CD has written the Application's name into `app.kubernetes.io/instance` of the
Services or Pods that they select. Labels of pod templates are not overwritten.

## Why it matters
Argo CD changes the label of the object, but not the selectors that ask for it. All are Synced and Healthy, and the
Service has no endpoints, or the monitor no targets.

## How to fix
Track by annotation, the default since Argo CD 3.0. Or select by another label, or let the label be the Application's
name.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._tracked import lost

NAME = "selector-tracks-instance"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    label = environment.instance.label
    for each in lost(environment):
        first = each.objects[0]
        yield Problem(
            each.selecting.at(*each.route),
            f"{each.selecting.called} selects {label}={each.value}, but Argo CD writes {each.written!r} "
            f"into that label of {first.called}: nothing is selected",
            hint=f"select by another label than {label}, or track by annotation",
            related=((first.at("metadata", "labels", label), "overwritten here"),),
            severity=None if environment.instance.settings is not None else Severity.WARNING,
            value=each.value,
        )
