"""Which pods a selector that selects nothing was probably meant for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import strings

CLOSE = 0.6
"""How much alike two label values are when one is a slip of the other (difflib's measure, 1 for equal)."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A workload of the Service's namespace, and the labels of its pods that the selector should have asked for."""

    workload: Workload
    labels: Mapping[str, str]


def meant(service: Service, cluster: Cluster) -> Meant | None:
    """SEL-01: the workload whose pods' labels are most like a Service's selector; None when nothing is like it."""
    return alike(service.selector, service.name, cluster.pods.get(service.namespace, ()))


def alike(selector: Mapping[str, str], name: str, pods: Iterable[Workload]) -> Meant | None:
    """SEL-01, SEL-08: the workload whose pods' labels are most like those that the object of that name asks for.

    It counts as like it when one label is equal and another is not, when a value is a slip of the one asked for, when
    the workload itself, but not its pods, carries the labels, or when it has the object's name or the label's value
    under another key.
    """
    if not selector:
        return None
    rated = [(_likeness(selector, name, pod), -index, pod) for index, pod in enumerate(pods)]
    best = max(rated, default=None, key=lambda each: each[:2])
    if best is None or best[0] == 0:
        return None
    pod = best[2]
    shared = {key: pod.labels[key] for key in selector if key in pod.labels}
    return Meant(pod, shared or own_labels(pod))


def own_labels(workload: Workload) -> Mapping[str, str]:
    """SEL-01: the labels that the manifest gives the pods, without those that a controller adds."""
    return strings(workload.resource.get(*workload.route, "metadata", "labels"))


def _likeness(selector: Mapping[str, str], name: str, pod: Workload) -> float:
    if pod.resource.labels.items() >= selector.items():
        return float(len(selector))
    if pod.name == name or set(pod.labels.values()) & set(selector.values()):
        return 1.0
    ratios = [
        SequenceMatcher(None, value, pod.labels[key]).ratio() for key, value in selector.items() if key in pod.labels
    ]
    return sum(ratio for ratio in ratios if ratio >= CLOSE)
