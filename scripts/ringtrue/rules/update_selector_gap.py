"""A Service's new selector matches none of the pods that run now, so nobody serves it until new ones are ready.

## What it does
Compares a Service whose selector changes with the pods that are deployed: as long as the rollout lasts they are the
only ones, and the new selector matches none of them. Where some pods of before go on being selected nothing is said,
nor where Argo CD waits for the new pods before it changes the Service (a later sync wave) and they carry the old labels
too. It runs where the deployed state is known: in `ringtrue diff` and `ringtrue gate`.

## Why it matters
The Service changes at once, its pods do not: new ones have to start and become ready first. Meanwhile it has no
endpoints, every caller is refused, and a headless name does not resolve.

## How to fix
Give the pods the new labels in one revision, beside the old ones, and the selector in the next. A workload's own
selector cannot change; its pods' other labels can.
"""

from collections.abc import Iterator

from ringtrue.argocd.hooks import phases, wave
from ringtrue.cluster.endpoints import carries, endpoints
from ringtrue.cluster.labels import join
from ringtrue.cluster.services import Service, service
from ringtrue.cluster.workloads import Workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import text_at
from ringtrue.rules._changes import changed, homes

NAME = "update-selector-gap"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    """UPD-07."""
    if environment.deployed is None:
        return
    for old, new in changed(environment):
        before, after = service(old), service(new)
        if before is None or after is None or not before.selector or not after.selector:
            continue
        if before.selector == after.selector or after.external_name:
            continue
        left = _left_alone(before, after, environment.deployed, environment)
        if left:
            yield _problem(before, after, left, _hint(before, after, left, environment))


def _left_alone(before: Service, after: Service, deployed: Environment, environment: Environment) -> list[Workload]:
    """The workloads whose pods serve it now and no longer do once its selector is new; none where there is no gap."""
    now, then = endpoints(before, deployed.cluster), endpoints(after, environment.cluster)
    if not now.active or not then.active or now.manual or then.manual:
        return []
    kept = (each for each in deployed.cluster.pods.get(after.namespace, ()) if each.replicas > 0 and not each.completes)
    if any(carries(each, after.selector.items()) for each in kept):
        return []
    if all(_stops_anyway(each, deployed) for each in then.active) or _comes_last(
        before, after, then.active, environment
    ):
        return []
    return list(now.active)


def _stops_anyway(workload: Workload, deployed: Environment) -> bool:
    """A bare Pod's labels change in place; and where all pods are stopped before new ones start, the gap is chosen."""
    if workload.kind == "Pod":
        return workload.resource.key in deployed.cluster.objects
    return text_at(workload.resource.data, "spec", "strategy", "type") == "Recreate"


def _comes_last(before: Service, after: Service, pods: tuple[Workload, ...], environment: Environment) -> bool:
    """Argo CD changes the Service when the new pods are ready, and till then the old selector matches them too."""
    if after.resource is None or not all(carries(each, before.selector.items()) for each in pods):
        return False
    home, version = homes(environment), environment.instance.version
    own = home.get(id(after.resource))
    if own is None or own.application is None:
        return False
    marks = after.resource.annotations
    return all(
        home.get(id(each.resource)) is own
        and phases(each.resource.annotations, version) == phases(marks, version)
        and wave(each.resource.annotations) < wave(marks)
        for each in pods
    )


def _hint(before: Service, after: Service, left: list[Workload], environment: Environment) -> str:
    known = {each.resource.key for each in left}
    new = [each for each in endpoints(after, environment.cluster).active if each.resource.key not in known]
    if new:
        return f"let {new[0].called} run in one revision, and change the selector in the next"
    if any(before.selector.get(key, value) != value for key, value in after.selector.items()):
        return "select by a label that old and new pods share until the rollout is done"
    added = {key: value for key, value in after.selector.items() if key not in before.selector}
    return f"give the pods {join(added)} in one revision, and the selector in the next"


def _problem(before: Service, after: Service, left: list[Workload], hint: str) -> Problem:
    assert after.resource is not None
    others = f" and {len(left) - 1} more" if len(left) > 1 else ""
    return Problem(
        after.resource.at("spec", "selector"),
        f"{after.resource.called} selects {join(after.selector)} from now on, which no pod that runs now carries: "
        f"those of {left[0].called}{others} carry {join(before.selector)}; nobody serves it until new ones are ready",
        hint=hint,
        value=join(after.selector),
    )
