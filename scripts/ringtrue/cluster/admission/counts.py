"""Counts of a workload that may not be negative, and the few words that some of its fields know."""

from collections.abc import Iterator

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, forbidden, invalid, negative, required, unsupported
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Route

_SCALED = ("replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")
_JOB = ("completions", "parallelism", "backoffLimit", "ttlSecondsAfterFinished")
_ENDING = frozenset({"Pod", "Job", "CronJob"})
_LONGEST = 2**31 - 1


def counts(workload: Workload, profile: Profile) -> Iterator[Rejection]:
    """ADM-21: counts and modes of the workload itself, and its pods' deadline."""
    job = workload.kind in ("Job", "CronJob")
    route: Route = ("spec", "jobTemplate", "spec") if workload.kind == "CronJob" else ("spec",)
    for field in _JOB if job else _SCALED:
        yield from negative("ADM-21", (*route, field), workload.resource.get(*route, field))
    if job:
        mode = workload.resource.get(*route, "completionMode")
        yield from unsupported("ADM-21", (*route, "completionMode"), mode, ("NonIndexed", "Indexed"))
        if mode == "Indexed" and _uncounted(workload, route):
            yield required("ADM-21", (*route, "completions"), "when completion mode is Indexed")
    if workload.kind == "StatefulSet":
        yield from _stateful(workload, profile)
    yield from _deadline(workload)


def _uncounted(workload: Workload, route: Route) -> bool:
    """Whether nothing says how many completions there are: a Job that says no parallelism either gets one of each."""
    completions, parallelism = (workload.resource.get(*route, field) for field in ("completions", "parallelism"))
    return completions is None and (workload.kind == "CronJob" or parallelism is not None)


def _stateful(workload: Workload, profile: Profile) -> Iterator[Rejection]:
    policy, governing = (workload.resource.get("spec", field) for field in ("podManagementPolicy", "serviceName"))
    if isinstance(policy, str) and policy not in ("", "OrderedReady", "Parallel"):
        yield invalid("ADM-21", ("spec", "podManagementPolicy"), policy, "must be 'OrderedReady' or 'Parallel'")
    wrong = text.dns_label(governing) if isinstance(governing, str) and governing else ""
    if wrong and profile.version >= (1, 35):
        yield invalid("ADM-21", ("spec", "serviceName"), governing, wrong)


def _deadline(workload: Workload) -> Iterator[Rejection]:
    route: Route = (*workload.route, "spec", "activeDeadlineSeconds")
    seconds = workload.spec.get("activeDeadlineSeconds")
    if not isinstance(seconds, int) or workload.kind == "PodTemplate":
        return
    if workload.kind not in _ENDING:
        yield forbidden("ADM-21", route, f"activeDeadlineSeconds in {workload.kind} is not Supported")
    elif not 1 <= seconds <= _LONGEST:
        yield invalid("ADM-21", route, seconds, f"must be between 1 and {_LONGEST}, inclusive")
