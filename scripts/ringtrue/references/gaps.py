"""ConfigMaps, Secrets and keys that a pod names and nobody provides."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from ringtrue.cluster.cluster import Cluster
from ringtrue.manifests.resource import Resource, Spot


@dataclass(frozen=True, slots=True)
class Gap:
    """A pod that names it does not start (env) or waits for it (volumes)."""

    spot: Spot
    """The field that names it."""
    kind: Literal["ConfigMap", "Secret"]
    namespace: str
    name: str
    key: str | None
    """None when the whole object is missing."""
    near: str
    """The nearest name, or key, that does exist; "" when none is near."""


def config_gaps(cluster: Cluster, owned: Collection[Resource]) -> tuple[Gap, ...]:
    """What the owned workloads name and no object of their namespace provides; `optional: true` is never missing."""
    return ()
