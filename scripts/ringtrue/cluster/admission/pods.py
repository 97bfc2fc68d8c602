"""Pods and pod templates: what concerns the pod as a whole."""

from collections.abc import Iterator

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.containers import container
from ringtrue.cluster.admission.counts import counts
from ringtrue.cluster.admission.host_ports import host_ports
from ringtrue.cluster.admission.metadata import labels
from ringtrue.cluster.admission.pod_names import lookups
from ringtrue.cluster.admission.rejection import Rejection, duplicate, invalid, required, unsupported
from ringtrue.cluster.admission.spreading import spreading
from ringtrue.cluster.admission.volumes import volume_names, volumes
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Route

_LASTING = frozenset({"Deployment", "ReplicaSet", "DaemonSet", "ReplicationController", "StatefulSet"})


def pod(workload: Workload, profile: Profile) -> Iterator[Rejection]:
    """ADM-02, ADM-03, ADM-06, ADM-07, ADM-11 to ADM-16, ADM-19, ADM-21 to ADM-23: a Pod, or a workload's pods."""
    spec: Route = (*workload.route, "spec")
    if workload.route:
        template = (*workload.route, "metadata", "labels")
        yield from labels(workload.resource.get(*template), template)
    yield from _host(workload, spec)
    yield from _restart(workload, spec)
    yield from counts(workload, profile)
    yield from lookups(workload.spec, spec)
    yield from labels(workload.spec.get("nodeSelector"), (*spec, "nodeSelector"))
    yield from spreading(workload, profile)
    yield from volumes(workload)
    yield from _names(workload)
    yield from host_ports(workload)
    mountable = volume_names(workload)
    for each in workload.containers:
        image = each.data.get("image")
        if workload.kind == "Pod" and isinstance(image, str) and image != image.strip():
            said = "must not have leading or trailing whitespace"
            yield invalid("ADM-22", (*each.route, "image"), image, said)
        yield from container(each, mountable, workload.host_network, profile)


def _host(workload: Workload, spec: Route) -> Iterator[Rejection]:
    """Not looked at in a StatefulSet, which gives its pods a hostname and a subdomain of its own."""
    account = workload.spec.get("serviceAccountName")
    if isinstance(account, str) and account and text.dns_subdomain(account):
        yield invalid("ADM-22", (*spec, "serviceAccountName"), account, text.dns_subdomain(account))
    for field in ("hostname", "subdomain") if workload.kind != "StatefulSet" else ():
        value = workload.spec.get(field)
        wrong = text.dns_label(value) if isinstance(value, str) and value else ""
        if wrong:
            yield invalid("ADM-02", (*spec, field), value, wrong)


def _names(workload: Workload) -> Iterator[Rejection]:
    """Init containers may not repeat the name of a container, which is why those are read first."""
    if workload.spec.get("containers") == [] or workload.resource.get(*workload.route, "spec") is None:
        yield required("ADM-22", (*workload.route, "spec", "containers"))
    seen: set[str] = set()
    for each in sorted(workload.containers, key=lambda c: c.init):
        if each.name and each.name in seen:
            yield duplicate("ADM-12", (*each.route, "name"), each.name)
        seen.add(each.name)


def _restart(workload: Workload, route: Route) -> Iterator[Rejection]:
    field = (*route, "restartPolicy")
    policy = workload.spec.get("restartPolicy") or "Always"
    if workload.kind in ("Job", "CronJob"):
        if policy == "Always":
            yield required("ADM-19", field, 'valid values: "OnFailure", "Never"')
        else:
            yield from unsupported("ADM-19", field, policy, ("OnFailure", "Never"))
    elif workload.kind in _LASTING:
        yield from unsupported("ADM-19", field, policy, ("Always",), "for pods that end, use a Job")
    else:
        yield from unsupported("ADM-19", field, policy, ("Always", "OnFailure", "Never"))
