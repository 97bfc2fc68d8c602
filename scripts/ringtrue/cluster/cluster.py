"""A cluster as the manifests would make it: indexes over everything that lands on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ringtrue.cluster import indexes
from ringtrue.cluster.indexes import LabelKey
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.services import Service, builtin, service
from ringtrue.cluster.workloads import Workload, run_by_rollouts, workload
from ringtrue.manifests.resource import Key, Resource

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
    objects: Mapping[Key, Resource]
    """By (group, kind, namespace, name)."""
    labelled: Mapping[LabelKey, tuple[Workload, ...]]
    """Workloads by (namespace, label key, label value) of their pods (SEL-01)."""
    names: Mapping[str, tuple[Service, ...]]
    """Services by name alone (DNS-02)."""
    slices: Mapping[tuple[str, str], tuple[Resource, ...]]
    """EndpointSlices and Endpoints by (namespace, Service) (SEL-02)."""
    policies: Mapping[LabelKey, tuple[Resource, ...]]
    """NetworkPolicies by a label that they ask for (`indexes.labels_asked`, NET-01)."""

    def of_kind(self, kind: str, group: str = "") -> tuple[Resource, ...]:
        return self.by_kind.get((group, kind), ())

    def find(self, kind: str, namespace: str, name: str, group: str = "") -> Resource | None:
        """The object of that key, or None."""
        return self.objects.get((group, kind, namespace, name))

    def service(self, namespace: str, name: str) -> Service | None:
        return self.services.get((namespace, name))

    def services_named(self, name: str) -> tuple[Service, ...]:
        """Services of that name in any namespace (DNS-02)."""
        return self.names.get(name, ())

    def declares(self, namespace: str) -> bool:
        """Whether a Namespace object is among the manifests, so that its labels are known (NET-07)."""
        return ("", "Namespace", "", namespace) in self.objects


def build(name: str, resources: Iterable[Resource], profile: Profile) -> Cluster:
    """The cluster that these objects make together; their order does not matter but for equal keys.

    Adds what every cluster has: the Services of `ALWAYS` (DNS-20) and the label of each namespace (ADM-18).
    """
    everything = tuple(resources)
    kinds: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    for resource in everything:
        kinds[resource.group, resource.kind].append(resource)
    services = _services(kinds["", "Service"])
    workloads = run_by_rollouts(filter(None, map(workload, everything)), kinds["argoproj.io", "Rollout"])
    pods: dict[str, list[Workload]] = defaultdict(list)
    for each in workloads:
        pods[each.namespace].append(each)
    return Cluster(
        name=name,
        profile=profile,
        resources=everything,
        by_kind={kind: tuple(found) for kind, found in kinds.items()},
        services=services,
        workloads=workloads,
        pods={namespace: tuple(found) for namespace, found in pods.items()},
        namespaces=_namespaces(everything, kinds["", "Namespace"], profile),
        objects=indexes.by_key(everything),
        labelled=indexes.by_label(workloads),
        names=indexes.by_name(services.values()),
        slices=indexes.slices(kinds["discovery.k8s.io", "EndpointSlice"], kinds["", "Endpoints"]),
        policies=indexes.by_selected_label(kinds["networking.k8s.io", "NetworkPolicy"]),
    )


def _services(resources: Iterable[Resource]) -> dict[tuple[str, str], Service]:
    found: dict[tuple[str, str], Service] = {}
    for made in (*filter(None, map(service, resources)), *ALWAYS):
        found.setdefault((made.namespace, made.name), made)
    return found


def _namespaces(
    resources: Iterable[Resource], declared: Iterable[Resource], profile: Profile
) -> dict[str, dict[str, str]]:
    labels: dict[str, Mapping[str, str]] = {}
    for namespace in declared:
        labels.setdefault(namespace.name, namespace.labels)
    names = {*NAMESPACES, profile.dns_namespace, *labels, *(r.namespace for r in resources if r.namespace)}
    return {name: {**labels.get(name, {}), "kubernetes.io/metadata.name": name} for name in sorted(names)}
