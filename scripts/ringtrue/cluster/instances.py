"""Services of several instances of one application that select each other's pods."""

from dataclasses import dataclass

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import selected, selecting
from ringtrue.cluster.near import own_labels
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload

INSTANCE = "app.kubernetes.io/instance"
"""Kubernetes' recommended label for what tells one installation of an application from the next."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """Of the workloads behind a Service, those of its own instance and those of others, whose Services do the same."""

    instance: str
    caught: tuple[Workload, ...]
    others: tuple[Service, ...]
    """The Services of those instances, by name; each selects pods of this one too."""


def mixed(service: Service, cluster: Cluster) -> Mixed | None:
    """SEL-05: what a Service catches of other instances in its namespace; None when nothing, or said at another one.

    The Services tell the instances apart by their labels, the pods too, but no selector does. One that only goes one
    way may be meant: a canary that has a Service of its own. The Service of the lowest name then says it for all.
    """
    instance = _instance(service)
    if not instance or INSTANCE in service.selector:
        return None
    present = tuple(each for each in selected(service, cluster) if each.replicas > 0)
    own = {id(each) for each in present if own_labels(each).get(INSTANCE) == instance}
    strange = tuple(each for each in present if own_labels(each).get(INSTANCE, instance) != instance)
    if not own or not strange:
        return None
    found = {each: _mutual(each, own, cluster) for each in strange}
    others = sorted({other.name: other for each in found.values() for other in each}.items())
    if not others or others[0][0] < service.name:
        return None
    return Mixed(instance, tuple(each for each in strange if found[each]), tuple(other for _, other in others))


def _mutual(stranger: Workload, own: set[int], cluster: Cluster) -> tuple[Service, ...]:
    """Services of the stranger's instance that select it, and pods of ours as well."""
    instance = own_labels(stranger)[INSTANCE]
    return tuple(
        each
        for each in selecting(stranger, cluster)
        if _instance(each) == instance and any(id(pod) in own for pod in selected(each, cluster))
    )


def _instance(service: Service) -> str:
    return service.resource.labels.get(INSTANCE, "") if service.resource is not None else ""
