"""What a cluster is looked up by, so that each question costs the same however large the cluster is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from ringtrue.cluster.hostnames import VARYING_KEYS
from ringtrue.cluster.labels import pairs
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Key, Resource

_K = TypeVar("_K")
_V = TypeVar("_V")

LabelKey = tuple[str, str, str]
"""(namespace, label key, label value)."""

ANY_LABELS = ("", "")
"""Stands for the label of a policy that names none by value."""


def by_key(resources: Iterable[Resource]) -> dict[Key, Resource]:
    """ARGO-02: the first object of each key; a rule reports the others."""
    found: dict[Key, Resource] = {}
    for resource in resources:
        found.setdefault(resource.key, resource)
    return found


def by_label(workloads: Iterable[Workload]) -> dict[LabelKey, tuple[Workload, ...]]:
    """SEL-01: the workloads of a namespace that carry a label, in the order given."""
    return _grouped(((w.namespace, key, value), w) for w in workloads for key, value in w.labels.items())


def by_name(services: Iterable[Service]) -> dict[str, tuple[Service, ...]]:
    """DNS-02: the Services of one name in any namespace, by namespace: what is suggested first hangs on no order."""
    return _grouped((each.name, each) for each in sorted(services, key=lambda service: service.namespace))


def slices(
    endpoint_slices: Iterable[Resource], endpoints: Iterable[Resource]
) -> dict[tuple[str, str], tuple[Resource, ...]]:
    """SEL-02: EndpointSlices and Endpoints that name their Service, by (namespace, Service)."""
    entries = [((each.namespace, each.labels.get("kubernetes.io/service-name", "")), each) for each in endpoint_slices]
    entries += [((each.namespace, each.name), each) for each in endpoints]
    return _grouped((key, each) for key, each in entries if key[1])


def by_selected_label(policies: Iterable[Resource]) -> dict[LabelKey, tuple[Resource, ...]]:
    """NET-01: NetworkPolicies by one label that each pod they select must carry, else under `ANY_LABELS`."""
    return _grouped(((policy.namespace, *_wanted(policy)), policy) for policy in policies)


def labels_asked(namespace: str, labels: Mapping[str, str]) -> Iterator[LabelKey]:
    """NET-01: the keys of `by_selected_label` under which a policy may stand that selects pods with these labels."""
    yield (namespace, *ANY_LABELS)
    for key, value in labels.items():
        yield namespace, key, value


def _wanted(policy: Resource) -> tuple[str, str]:
    for key, value in pairs(policy.mapping("spec", "podSelector")).items():
        if isinstance(value, str) and key not in VARYING_KEYS:
            return key, value
    return ANY_LABELS


def _grouped(entries: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    found: dict[_K, list[_V]] = defaultdict(list)
    for key, value in entries:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
