"""A pod takes a value from a ConfigMap, or a key of one, that nothing provides.

## What it does
Looks up every `configMapKeyRef`, `envFrom` and volume that names a ConfigMap, in the pod's namespace, key by key.
Secrets are normally not in git: a missing one is reported only when a near name shows a typo. `optional: true` is never
missing.

## Why it matters
The pod stays in CreateContainerConfigError or ContainerCreating. It never becomes ready, so its Service has no
endpoints.

## How to fix
Spell the name and key as the ConfigMap has them, or add it. A generated ConfigMap gets its hash suffix only where the
kustomization that generates it also holds the workload.

A whole ConfigMap that is missing, with no near name, is an error only with `[cluster] complete`: else a warning.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.references.gaps import Gap, config_gaps

NAME = "config-key-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for gap in config_gaps(environment.cluster, environment.resources):
        yield Problem(
            gap.spot,
            _message(gap),
            hint=f"did you mean {gap.near!r}?" if gap.near else "",
            severity=_severity(gap, environment),
            value=gap.key or gap.name,
        )


def _severity(gap: Gap, environment: Environment) -> Severity | None:
    """A whole ConfigMap may come from what is not seen here; a key of one that is seen may not."""
    if gap.namespace in environment.scope.open:
        return Severity.NOTE
    certain = gap.key is not None or gap.near or environment.cluster.profile.complete
    return None if certain else Severity.WARNING


def _message(gap: Gap) -> str:
    user = gap.spot.resource.called
    if gap.key is not None:
        return f"{user} takes key {gap.key!r} of {gap.kind} {gap.name!r}, which has no such key"
    return f"{user} needs {gap.kind} {gap.name!r}, which nothing puts into namespace {gap.namespace!r}"
