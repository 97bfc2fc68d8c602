"""Every reference of a cluster's workloads and structured fields, each host once."""

from collections.abc import Collection

from ringtrue.cluster.cluster import Cluster
from ringtrue.manifests.resource import Resource
from ringtrue.references.config_data import config_data
from ringtrue.references.containers import Containers
from ringtrue.references.keys import KeyPatterns
from ringtrue.references.own_addresses import OwnAddresses
from ringtrue.references.reference import Reference
from ringtrue.references.service_variables import ServiceVariables
from ringtrue.references.structured import structured
from ringtrue.references.values import Reader


def find(cluster: Cluster, owned: Collection[Resource], keys: KeyPatterns) -> tuple[Reference, ...]:
    """The references of the owned objects, workload by workload in the cluster's order, then the structured ones.

    ConfigMaps and Secrets are read for the pods that consume them (REF-04), whoever owns them.
    PodTemplates run nothing.
    """
    own = {id(resource) for resource in owned}
    reader = Reader(keys, cluster.profile.domain, _images(cluster))
    read = Containers(cluster, config_data(cluster), reader, ServiceVariables(cluster), OwnAddresses(cluster))
    found: list[Reference] = []
    for workload in cluster.workloads:
        if id(workload.resource) in own and workload.kind != "PodTemplate":
            for container in workload.containers:
                found += read.references(workload, container)
    for resource in cluster.resources:
        if id(resource) in own:
            found += structured(resource, cluster)
    return tuple(found)


def _images(cluster: Cluster) -> frozenset[str]:
    """The images of the cluster's containers, with and without digest: such strings are no `host:port` (REF-05)."""
    written = {image for w in cluster.workloads for c in w.containers if isinstance(image := c.data.get("image"), str)}
    return frozenset(written | {image.partition("@")[0] for image in written})
