"""A pod runs as a ServiceAccount that does not exist in its namespace.

## What it does
Looks up `serviceAccountName` of each pod template and bare Pod in its namespace. Every namespace has the ServiceAccount
`default`.

## Why it matters
No pod is made: the workload's events say "error looking up service account", and its Service has no endpoints.

## How to fix
Spell the name as the ServiceAccount has it, or add the ServiceAccount.

It is a warning where the ServiceAccount may come from elsewhere and no near name shows a slip; a note in a folder that
no Application names.
"""

from collections.abc import Iterator

from ringtrue.cluster.names import nearest
from ringtrue.cluster.workloads import workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules import _missing

NAME = "serviceaccount-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    for resource in environment.resources:
        pods = workload(resource)
        if pods is None:
            continue
        field = "serviceAccountName" if pods.spec.get("serviceAccountName") else "serviceAccount"
        name = pods.spec.get(field)
        if not isinstance(name, str) or name in ("", "default"):
            continue
        if cluster.find("ServiceAccount", resource.namespace, name) is not None:
            continue
        existing = (each.name for each in cluster.of_kind("ServiceAccount") if each.namespace == resource.namespace)
        near = nearest(name, existing, cutoff=0.75)
        yield Problem(
            pods.at("spec", field),
            f"{resource.called} runs as ServiceAccount {name!r}, "
            f"which nothing puts into namespace {resource.namespace!r}",
            hint=f"did you mean {near!r}?" if near else "",
            severity=_missing.severity(resource.namespace, bool(near), environment),
            value=name,
        )
