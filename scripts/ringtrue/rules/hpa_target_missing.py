"""A HorizontalPodAutoscaler scales a workload that does not exist in its namespace.

## What it does
Looks up `spec.scaleTargetRef` by group, kind and name in the autoscaler's namespace. Of kinds that are not Kubernetes'
own, only a slip of an existing name is reported.

## Why it matters
The autoscaler stays at FailedGetScale: the workload it was meant for never scales.

## How to fix
Name the workload as it is called, with its `kind` and the `apiVersion` of its group.

It is a warning where the workload may come from elsewhere and no near name shows a slip; a note in a folder that no
Application names.
"""

from collections.abc import Iterator

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.names import nearest
from ringtrue.cluster.workloads import TEMPLATES
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules import _missing

NAME = "hpa-target-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    for resource in environment.resources:
        if (resource.group, resource.kind) != ("autoscaling", "HorizontalPodAutoscaler"):
            continue
        version, kind, name = (resource.get("spec", "scaleTargetRef", key) for key in ("apiVersion", "kind", "name"))
        if not isinstance(kind, str) or not isinstance(name, str):
            continue
        group = version.rpartition("/")[0] if isinstance(version, str) else ""
        if cluster.find(kind, resource.namespace, name, group) is not None:
            continue
        hint = _hint(resource, group, kind, name, cluster)
        if not hint and (group, kind) not in TEMPLATES:
            continue
        yield Problem(
            resource.at("spec", "scaleTargetRef", "name"),
            f"{resource.called} scales {kind} {name!r}"
            + (f" of {version!r}" if version else "")
            + f", which is not in namespace {resource.namespace!r}",
            hint=hint,
            severity=_missing.severity(resource.namespace, bool(hint), environment),
            value=f"{version}/{kind}/{name}",
        )


def _hint(resource: Resource, group: str, kind: str, name: str, cluster: Cluster) -> str:
    """The workload of that name under another group or kind, else the nearest name of that kind."""
    here = [pods.resource for pods in cluster.pods.get(resource.namespace, ())]
    for other in here:
        if other.name == name and other.kind == kind:
            return f"{kind} {name!r} is of apiVersion {other.api_version!r}"
    for other in here:
        if other.name == name and (other.group, other.kind) in _SCALED:
            return f"{name!r} is a {other.kind}"
    near = nearest(name, (other.name for other in here if (other.group, other.kind) == (group, kind)), cutoff=0.75)
    return f"did you mean {near!r}?" if near else ""


_SCALED = {("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "ReplicaSet"), ("", "ReplicationController")}
