"""Which names a workload's pods bear: hostnames, subdomains, and the labels that differ from pod to pod."""

import re
from collections.abc import Mapping

from ringtrue.cluster.workloads import Workload

_ORDINAL = re.compile(r"0|[1-9][0-9]{0,18}")
_NUMBERED = re.compile(rf"(.+)-({_ORDINAL.pattern})")

POD_NAME = "statefulset.kubernetes.io/pod-name"
POD_INDEX = "apps.kubernetes.io/pod-index"
_COMPLETION_INDEX = "batch.kubernetes.io/job-completion-index"
_JOB_NAMES = frozenset({"job-name", "batch.kubernetes.io/job-name"})
_RUN = frozenset({"controller-uid", "batch.kubernetes.io/controller-uid"})
_VARYING: dict[str, frozenset[str]] = {
    "Deployment": frozenset({"pod-template-hash"}),
    "Rollout": frozenset({"rollouts-pod-template-hash"}),
    "DeploymentConfig": frozenset({"deployment", "deploymentconfig"}),
    "DaemonSet": frozenset({"controller-revision-hash", "pod-template-generation"}),
    "StatefulSet": frozenset({"controller-revision-hash", POD_NAME, POD_INDEX}),
    "Job": _RUN | {_COMPLETION_INDEX},
    "CronJob": _RUN | _JOB_NAMES | {_COMPLETION_INDEX},
}
"""Labels that a controller writes on pods with values no manifest holds, or with another one for each pod."""

VARYING_KEYS: frozenset[str] = frozenset().union(*_VARYING.values())
"""All of them."""


def varies(workload: Workload, key: str) -> bool:
    """Whether a controller sets this label, to a value that is not the same, or not known, for all pods (SEL-01)."""
    return key in _VARYING.get(workload.kind, ())


def may_carry(workload: Workload, key: str, value: str) -> bool:
    """Whether one of the pods carries a label that varies (SEL-01): exact for StatefulSets' names and indexes.

    A CronJob calls its Jobs `<name>-<number>`.
    """
    if key == POD_NAME:
        return numbered(workload, value)
    if key == POD_INDEX:
        return _ORDINAL.fullmatch(value) is not None and int(value) in ordinals(workload)
    if workload.kind == "CronJob" and key in _JOB_NAMES:
        found = _NUMBERED.fullmatch(value)
        return found is not None and found[1] == workload.name
    return True


def ordinals(workload: Workload) -> range:
    """DNS-12: the numbers of a StatefulSet's pods, from `spec.ordinals.start`, or an Indexed Job's, from 0."""
    if workload.kind == "StatefulSet":
        start = _count(workload.resource.get("spec", "ordinals", "start"), 0)
        return range(start, start + workload.replicas)
    if workload.kind == "Job" and workload.resource.get("spec", "completionMode") == "Indexed":
        return range(_count(workload.resource.get("spec", "completions"), 1))
    return range(0)


def numbered(workload: Workload, hostname: str) -> bool:
    """DNS-12: whether the workload makes a pod of that name: `<name>-<ordinal>`."""
    found = _NUMBERED.fullmatch(hostname)
    return found is not None and found[1] == workload.name and int(found[2]) in ordinals(workload)


def bears(workload: Workload, hostname: str) -> bool:
    """DNS-11, DNS-12: whether one of the pods has this `spec.hostname`; a pod's name alone is not one."""
    if workload.kind == "StatefulSet" or ordinals(workload):
        return numbered(workload, hostname)
    return bool(hostname) and workload.spec.get("hostname") == hostname


def selected_by(workload: Workload, hostname: str, selector: Mapping[str, str]) -> bool:
    """SEL-01, DNS-12: whether the pod of that hostname has the labels of its own that a selector asks for."""
    if not ordinals(workload):
        return True
    number = hostname.rpartition("-")[2]
    own = {POD_NAME: hostname, POD_INDEX: number, _COMPLETION_INDEX: number}
    return all(selector.get(key, value) == value for key, value in own.items())


def subdomain(workload: Workload) -> str:
    """DNS-11, DNS-12: `spec.subdomain`, which the controller of a StatefulSet sets to `spec.serviceName`."""
    if workload.kind == "StatefulSet":
        found = workload.resource.get("spec", "serviceName")
    else:
        found = workload.spec.get("subdomain")
    return found if isinstance(found, str) else ""


def own_hostname(workload: Workload) -> str:
    """DNS-18: the hostname that all pods of the workload have, "" when they differ or it is random.

    `hostnameOverride`, else `hostname`, else the name of a bare Pod or of a StatefulSet's only pod; cut at 63.
    """
    numbers = ordinals(workload)
    if workload.kind == "StatefulSet" or numbers:
        return f"{workload.name}-{numbers[0]}"[:63] if len(numbers[:2]) == 1 else ""
    for key in ("hostnameOverride", "hostname"):
        found = workload.spec.get(key)
        if isinstance(found, str) and found:
            return found
    return workload.name[:63] if workload.kind == "Pod" else ""


def _count(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default
