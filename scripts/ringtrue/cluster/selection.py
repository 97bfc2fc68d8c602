"""What the LabelSelectors of policies, budgets and monitors select among the manifests."""

from collections.abc import Mapping
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.hostnames import VARYING_KEYS
from ringtrue.cluster.labels import pairs
from ringtrue.cluster.near import Meant, alike
from ringtrue.cluster.peers import selects_pods
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import strings


def chosen(selector: Mapping[str, Any] | None, namespace: str, cluster: Cluster) -> tuple[Workload, ...]:
    """SEL-03, SEL-08: the workloads of a namespace whose pods a LabelSelector selects, or may select.

    None selects nothing, an empty one everything (PodDisruptionBudgets of policy/v1, NetworkPolicies).
    """
    if selector is None:
        return ()
    pods = carrying(strings(pairs(selector)), namespace, cluster)
    return tuple(each for each in pods if selects_pods(selector, each) is not False)


def carrying(labels: Mapping[str, str], namespace: str, cluster: Cluster) -> tuple[Workload, ...]:
    """SEL-03: the workloads of a namespace that may carry all of the labels: those that have the rarest, by the index.

    A label that a controller writes is in no index.
    """
    pods = cluster.pods.get(namespace, ())
    for key, value in labels.items():
        if key not in VARYING_KEYS:
            pods = min(pods, cluster.labelled.get((namespace, key, value), ()), key=len)
    return pods


def intended(selector: Mapping[str, Any], name: str, namespace: str, cluster: Cluster) -> Meant | None:
    """SEL-08: the workload that a LabelSelector of an object of that name was probably meant for, if any is like it."""
    return alike(strings(pairs(selector)), name, cluster.pods.get(namespace, ()))
