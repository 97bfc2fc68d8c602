"""Workloads whose selectors match the pods of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.labels import matches, pairs
from ringtrue.cluster.near import own_labels
from ringtrue.cluster.selection import carrying
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import strings

_ADOPTS = frozenset({"ReplicaSet", "ReplicationController", "StatefulSet"})
"""Controllers that take an orphaned Pod which matches; a Deployment's ReplicaSets ask for the template's hash too."""

_PLAIN = frozenset({"DeploymentConfig", "ReplicationController"})
"""Kinds whose selector is a plain map of labels; without one it is the template's labels."""

_NO_OWN_SELECTOR = frozenset({"CronJob", "Job", "Pod", "PodTemplate"})
"""A Job's selector is made by the API server and asks for a unique id."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A workload's selector, and the others whose pods it matches."""

    claimant: Workload
    selector: Mapping[str, Any]
    claimed: tuple[Workload, ...]


def overlap(claimant: Workload, cluster: Cluster) -> Overlap | None:
    """SEL-06: the other workloads of the namespace whose pods this one claims; two that claim each other's once.

    The one of the lower kind and name then claims.
    """
    selector = _selector(claimant)
    if selector is None:
        return None
    pods = carrying(strings(pairs(selector)), claimant.namespace, cluster)
    claimed = tuple(each for each in pods if _claims(claimant, selector, each) and not _said_by(each, claimant))
    return Overlap(claimant, selector, claimed) if claimed else None


def _claims(claimant: Workload, selector: Mapping[str, Any], other: Workload) -> bool:
    if other.resource.key == claimant.resource.key:
        return False
    if other.kind in _NO_OWN_SELECTOR and not (other.kind == "Pod" and claimant.kind in _ADOPTS):
        return False
    return matches(selector, own_labels(other))


def _said_by(other: Workload, claimant: Workload) -> bool:
    selector = _selector(other)
    return selector is not None and other.resource.key < claimant.resource.key and _claims(other, selector, claimant)


def _selector(workload: Workload) -> Mapping[str, Any] | None:
    """An empty selector, and one that does not match the workload's own pods, would be refused (SEL-04)."""
    if workload.kind in _NO_OWN_SELECTOR:
        return None
    labels = own_labels(workload)
    written = workload.resource.mapping("spec", "selector")
    selector = {"matchLabels": written or labels} if workload.kind in _PLAIN else written
    return selector if any(selector.values()) and matches(selector, labels) else None
