"""Addresses of its own Service that a pod gets along with what is meant for its clients."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import carries
from ringtrue.cluster.names import parse
from ringtrue.references.gaps import taken
from ringtrue.references.reference import Reference, Via

_Holder = tuple[str, str, str]
"""(kind, namespace, name) of a ConfigMap or Secret."""


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """Tells a server's own address, in a ConfigMap that it takes whole and shares, from a call to itself.

    `envFrom` hands over every key, needed or not. Where the Service selects the pod itself, and other workloads take
    the same object, the address is there for them: nothing shows that the server calls itself.
    """

    cluster: Cluster
    _users: dict[_Holder, int] = field(default_factory=dict)

    def holds(self, reference: Reference) -> bool:
        workload = reference.workload
        if reference.via is not Via.ENV_FROM or workload is None or not reference.host:
            return False
        meant = parse(reference.host, self.cluster, workload.namespace)
        service = self.cluster.service(meant.namespace or workload.namespace, meant.service)
        if service is None or meant.endpoint or service.namespace != workload.namespace or not service.selector:
            return False
        source = reference.spot.resource
        return (
            carries(workload, service.selector.items()) and self._count(source.kind, source.namespace, source.name) > 1
        )

    def _count(self, *holder: str) -> int:
        if not self._users:
            self._users.update(_users(self.cluster))
        kind, namespace, name = holder
        return self._users.get((kind, namespace, name), 0)


def _users(cluster: Cluster) -> Mapping[_Holder, int]:
    """How many workloads take each object."""
    found: dict[_Holder, int] = defaultdict(int)
    for workload in cluster.workloads:
        for kind, name in {(each.kind, each.name) for each in taken(workload)}:
            found[kind, workload.namespace, name] += 1
    return found
