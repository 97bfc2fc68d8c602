"""A cluster as the manifests would make it: indexes over everything that lands on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ringtrue.cluster.profile import Profile
from ringtrue.cluster.services import Service, builtin, service
from ringtrue.cluster.workloads import Workload, workload
from ringtrue.manifests.resource import Resource

ALWAYS = (
    builtin("default", "kubernetes", ("https", 443, "TCP")),
    builtin("kube-system", "kube-dns", ("dns", 53, "UDP"), ("dns-tcp", 53, "TCP"), ("metrics", 9153, "TCP")),
)
"""Services that every cluster has (DNS-20)."""

NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease")
"""Namespaces that every cluster has."""


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Look-ups over the objects of one cluster. The first of two objects with one key wins (ARGO-02 reports it)."""

    name: str
    profile: Profile
    resources: tuple[Resource, ...]
    by_kind: Mapping[tuple[str, str], tuple[Resource, ...]]
    """By (group, kind)."""
    services: Mapping[tuple[str, str], Service]
    """By (namespace, name), those of `ALWAYS` included."""
    workloads: tuple[Workload, ...]
    pods: Mapping[str, tuple[Workload, ...]]
    """Workloads by namespace."""
    namespaces: Mapping[str, Mapping[str, str]]
    """Labels by namespace, with `kubernetes.io/metadata.name` (ADM-18); of every namespace that something names."""

    def of_kind(self, kind: str, group: str = "") -> tuple[Resource, ...]:
        return self.by_kind.get((group, kind), ())

    def find(self, kind: str, namespace: str, name: str, group: str = "") -> Resource | None:
        """The object of that key, or None."""
        for resource in self.by_kind.get((group, kind), ()):
            if resource.namespace == namespace and resource.name == name:
                return resource
        return None

    def service(self, namespace: str, name: str) -> Service | None:
        return self.services.get((namespace, name))

    def services_named(self, name: str) -> tuple[Service, ...]:
        """Services of that name in any namespace."""
        return tuple(found for (_, other), found in self.services.items() if other == name)


def build(name: str, resources: Iterable[Resource], profile: Profile) -> Cluster:
    """The cluster that these objects make together; their order does not matter but for equal keys."""
    everything = tuple(resources)
    kinds: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for resource in everything:
        kinds[resource.group, resource.kind].append(resource)
    services = {(s.namespace, s.name): s for s in ALWAYS}
    for made in filter(None, map(service, kinds["", "Service"])):
        services.setdefault((made.namespace, made.name), made)
    workloads = tuple(filter(None, map(workload, everything)))
    pods: dict[str, list[Workload]] = defaultdict(list)
    for each in workloads:
        pods[each.namespace].append(each)
    return Cluster(
        name,
        profile,
        everything,
        {kind: tuple(found) for kind, found in kinds.items()},
        services,
        workloads,
        {namespace: tuple(found) for namespace, found in pods.items()},
        _namespaces(everything, kinds["", "Namespace"]),
    )


def _namespaces(resources: Iterable[Resource], declared: Iterable[Resource]) -> dict[str, dict[str, str]]:
    labels = {resource.name: resource.labels for resource in declared}
    names = {*NAMESPACES, *labels, *(r.namespace for r in resources if r.namespace)}
    return {name: {**labels.get(name, {}), "kubernetes.io/metadata.name": name} for name in sorted(names)}
