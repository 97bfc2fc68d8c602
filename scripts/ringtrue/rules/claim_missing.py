"""A pod mounts a PersistentVolumeClaim that does not exist in its namespace.

## What it does
Looks up the `claimName` of each volume in the pod's namespace. What a StatefulSet's `volumeClaimTemplates` make counts
as existing.

## Why it matters
The pod stays Pending: "persistentvolumeclaim not found". It is a risk and not a failure because claims, and the data in
them, are often made by hand and kept out of git.

## How to fix
Spell the name as the claim has it, or add the claim.

It is a note where the claim may come from elsewhere and no near name shows a slip.
"""

import re
from collections.abc import Iterator

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.names import nearest
from ringtrue.cluster.workloads import Workload, workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Spot, follow
from ringtrue.rules import _missing

NAME = "claim-missing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_ORDINAL = re.compile(r"-[0-9]+\Z")


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    for resource in environment.resources:
        for spot in _claims(workload(resource)):
            name = spot.value
            if cluster.find("PersistentVolumeClaim", resource.namespace, name) is not None:
                continue
            if _ORDINAL.sub("", name) in _templates(resource.namespace, cluster):
                continue
            existing = (c.name for c in cluster.of_kind("PersistentVolumeClaim") if c.namespace == resource.namespace)
            near = nearest(name, existing, cutoff=0.75)
            yield Problem(
                spot,
                f"{resource.called} mounts PersistentVolumeClaim {name!r}, "
                f"which nothing puts into namespace {resource.namespace!r}",
                hint=f"did you mean {near!r}?" if near else "",
                severity=_missing.severity(resource.namespace, bool(near), environment),
                value=name,
            )


def _claims(pods: Workload | None) -> Iterator[Spot]:
    """Where a claim is named; a StatefulSet replaces a volume that is called like one of its templates."""
    if pods is None:
        return
    volumes = pods.spec.get("volumes")
    made = [follow(template, ("metadata", "name")) for template in pods.resource.items("spec", "volumeClaimTemplates")]
    for index, volume in enumerate(volumes if isinstance(volumes, list) else []):
        spot = pods.at("spec", "volumes", index, "persistentVolumeClaim", "claimName")
        if isinstance(spot.value, str) and spot.value and follow(volume, ("name",)) not in made:
            yield spot


def _templates(namespace: str, cluster: Cluster) -> set[str]:
    """The names, without the pod's number, of the claims that StatefulSets make."""
    return {
        f"{follow(template, ('metadata', 'name'))}-{pods.name}"
        for pods in cluster.pods.get(namespace, ())
        if pods.kind == "StatefulSet"
        for template in pods.resource.items("spec", "volumeClaimTemplates")
    }
