"""Every reference of a cluster's workloads and structured fields, each host once."""

from collections.abc import Collection

from ringtrue.cluster.cluster import Cluster
from ringtrue.manifests.resource import Resource
from ringtrue.references.keys import KeyPatterns
from ringtrue.references.reference import Reference


def find(cluster: Cluster, owned: Collection[Resource], keys: KeyPatterns) -> tuple[Reference, ...]:
    """The references of the owned objects, in their order."""
    return ()
