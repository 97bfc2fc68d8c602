"""The environment a container starts with, as kubelet makes it (REF-01)."""

from collections.abc import Mapping
from dataclasses import dataclass

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.manifests.resource import Spot
from ringtrue.references.reference import Via


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    text: str
    spot: Spot
    via: Via
    open: str = ""
    secret: bool = False


def variables(workload: Workload, container: Container, cluster: Cluster) -> Mapping[str, Variable]:
    """The final environment."""
    return {}
