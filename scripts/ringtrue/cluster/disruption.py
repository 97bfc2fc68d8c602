"""PodDisruptionBudgets: whether an eviction can ever be allowed."""

from dataclasses import dataclass
from math import ceil

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.selection import chosen
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_SCALED = frozenset({"Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"})


@dataclass(frozen=True, slots=True)
class Blockade:
    """A budget that never allows an eviction of these pods, and the field that says so."""

    pods: tuple[Workload, ...]
    route: Route
    kept: int
    """How many pods it keeps."""
    count: int
    """How many there are at most."""


def guarded(budget: Resource, cluster: Cluster) -> tuple[Workload, ...]:
    """SEL-08: the workloads whose pods a PodDisruptionBudget selects: `{}` all, no selector none (policy/v1)."""
    selector = budget.mapping("spec", "selector") if budget.get("spec", "selector") is not None else None
    return chosen(selector, budget.namespace, cluster)


def blockade(budget: Resource, cluster: Cluster) -> Blockade | None:
    """SEL-08: `maxUnavailable` of 0, or a `minAvailable` of all pods that there can be.

    A percentage of `minAvailable` is rounded up. An autoscaler's greatest number of replicas counts; the number of
    pods of other kinds than the scaled ones and bare Pods is not known.
    """
    pods = tuple(pod for pod in guarded(budget, cluster) if pod.replicas > 0)
    if not pods:
        return None
    if budget.get("spec", "maxUnavailable") in (0, "0%") and budget.get("spec", "maxUnavailable") is not False:
        count = sum(pod.replicas for pod in pods)
        return Blockade(pods, ("spec", "maxUnavailable"), count, count)
    if any(pod.kind not in _SCALED and pod.kind != "Pod" for pod in pods):
        return None
    least, count = budget.get("spec", "minAvailable"), sum(pod.replicas for pod in pods)
    if _kept(least, count) < count:
        return None
    count = sum(_most(pod, cluster) for pod in pods)
    kept = _kept(least, count)
    return Blockade(pods, ("spec", "minAvailable"), kept, count) if kept >= count else None


def _kept(least: object, count: int) -> int:
    if isinstance(least, int) and not isinstance(least, bool):
        return least
    if isinstance(least, str) and least.endswith("%") and least[:-1].isdecimal():
        return ceil(count * int(least[:-1]) / 100)
    return 0


def _most(pod: Workload, cluster: Cluster) -> int:
    """The greatest number of replicas that an autoscaler, else the manifest, gives the workload."""
    found = [pod.replicas]
    for kind, group, most, default in _AUTOSCALERS:
        for scaler in cluster.of_kind(kind, group):
            target = scaler.mapping("spec", "scaleTargetRef")
            named = (target.get("kind", "Deployment"), target.get("name")) == (pod.kind, pod.name)
            if named and scaler.namespace == pod.namespace:
                count = scaler.get("spec", most)
                found.append(count if isinstance(count, int) else default)
    return max(found)


_AUTOSCALERS = (
    ("HorizontalPodAutoscaler", "autoscaling", "maxReplicas", 1),
    ("ScaledObject", "keda.sh", "maxReplicaCount", 100),
)
"""Kind, group, the field with the greatest number of replicas and its default."""
