"""Which pods a selector that selects nothing was probably meant for."""

from collections.abc import Mapping
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
    """SEL-01: the workload whose pods' labels are most like the selector; None when nothing there is like it.

    It counts as like it when one label is equal and another is not, when a value is a slip of the one asked for, when
    the workload itself, but not its pods, carries the labels, or when it has the Service's name or the label's value
    under another key.
    """
    pods = cluster.pods.get(service.namespace, ())
    rated = [(_likeness(service, pod), -index, pod) for index, pod in enumerate(pods)]
    best = max(rated, default=None, key=lambda each: each[:2])
    if best is None or best[0] == 0:
        return None
    pod = best[2]
    shared = {key: pod.labels[key] for key in service.selector if key in pod.labels}
    return Meant(pod, shared or own_labels(pod))


def own_labels(workload: Workload) -> Mapping[str, str]:
    """SEL-01: the labels that the manifest gives the pods, without those that a controller adds."""
    return strings(workload.resource.get(*workload.route, "metadata", "labels"))


def _likeness(service: Service, pod: Workload) -> float:
    selector = service.selector
    if pod.resource.labels.items() >= selector.items():
        return float(len(selector))
    if pod.name == service.name or set(pod.labels.values()) & set(selector.values()):
        return 1.0
    ratios = [
        SequenceMatcher(None, value, pod.labels[key]).ratio() for key, value in selector.items() if key in pod.labels
    ]
    return sum(ratio for ratio in ratios if ratio >= CLOSE)
