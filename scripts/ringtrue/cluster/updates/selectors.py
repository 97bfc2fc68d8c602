"""Selectors of workloads, which say for good whose pods are whose."""

from collections.abc import Iterator

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.labels import describe
from ringtrue.cluster.updates.comparing import difference
from ringtrue.manifests.resource import Resource

IMMUTABLE = "field is immutable"


def selector(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-01: `spec.selector` of a Deployment, ReplicaSet or DaemonSet of apps/v1; the order of expressions counts."""
    before, after = old.mapping("spec", "selector"), new.mapping("spec", "selector")
    if not before or not after or difference(before, after, ("spec", "selector")) is None:
        return
    said = f"spec.selector: Invalid value: {describe(after)}: {IMMUTABLE}; it is {describe(before)}"
    yield Rejection("UPD-01", ("spec", "selector"), said)
