"""The API server would refuse the change of an object that is deployed.

## What it does
Compares each object with what is deployed under its name, in the fields that Kubernetes lets nobody change: selectors
of workloads, most of a StatefulSet, a bare Pod and a claim, the address of a Service, the template of a Job, data that
are immutable. It knows what the API server fills in where nothing is written, and whether Argo CD or Flux changes the
object or makes it anew: sync options, hooks, `force`. It runs where the deployed state is known: in `ringtrue diff` and
`ringtrue gate`.

## Why it matters
The manifests are right by themselves, and on an empty cluster they would work. Where the object is already there the
sync fails, and goes on failing.

## How to fix
Give the object a new name, or leave the field as it is. With the annotation
`argocd.argoproj.io/sync-options: Force=true,Replace=true` Argo CD deletes the object and makes it anew; its pods stop
meanwhile. A StatefulSet can be deleted by hand with `--cascade=orphan`: its pods go on, and the new one takes them.
"""

from collections.abc import Iterator

from ringtrue.argocd.applying import Way
from ringtrue.cluster import admission, updates
from ringtrue.cluster.updates import Rejection
from ringtrue.environments.environment import Environment, Source
from ringtrue.findings import RuleClass, Severity
from ringtrue.flux.applying import FORCE
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._changes import changed, homes, way

NAME = "update-rejected"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR

_ANEW = "`argocd.argoproj.io/sync-options: Force=true,Replace=true`"
_HINTS = {
    "StatefulSet": "give it a new name, or delete it by `kubectl delete statefulset {name} --cascade=orphan` before "
    "the sync: its pods go on, and the new one takes them",
    "Service": "leave the field as it is, give it a new name, or delete it before the sync: nobody reaches it "
    "meanwhile",
    "Job": "give it a new name, or make it a hook with the delete policy BeforeHookCreation",
    "PersistentVolumeClaim": "leave the field as it is, or make a claim of another name and copy the data",
    "PersistentVolume": "leave the field as it is, or make a volume of another name",
    "ConfigMap": "give it a new name for new data, as a configMapGenerator does",
    "Secret": "give it a new name for new data, as a secretGenerator does",
    "Pod": "make it a Deployment, or let {anew}",
}
_OTHERS = "give it a new name, or let {anew}"


def check(environment: Environment) -> Iterator[Problem]:
    if environment.deployed is None:
        return
    before, after = homes(environment.deployed), homes(environment)
    for old, new in changed(environment):
        source = after.get(id(new))
        how = way(old, new, before.get(id(old)), source, environment)
        refused = _refused(old, new, how, environment)
        if refused:
            yield _problem(new, refused, source)


def _refused(old: Resource, new: Resource, how: Way, environment: Environment) -> list[Rejection]:
    if how in (Way.NEVER, Way.ANEW) or _may_be_gone(old, environment):
        return []
    found = updates.rejections(old, new, environment.cluster.profile, how is Way.SERVER)
    # What was filled in stays where fields are applied, not where the whole object is replaced.
    replaced = how is Way.REPLACE
    return [each for each in found if not (replaced and each.route[1:2] in (("strategy",), ("updateStrategy",)))]


def _may_be_gone(old: Resource, environment: Environment) -> bool:
    """What was refused itself never came to be, and a Job with a time to live deletes itself."""
    if old.kind == "Job" and old.get("spec", "ttlSecondsAfterFinished") is not None:
        return True
    return bool(admission.rejections(old, environment.cluster.profile)) or any(admission.selector_mismatch(old))


def _problem(new: Resource, refused: list[Rejection], source: Source | None) -> Problem:
    first, *others = refused
    return Problem(
        new.at(*first.route),
        f"the API server would refuse to change {new.called}: {first.message}",
        first.hint or _HINTS.get(new.kind, _OTHERS).format(name=new.name, anew=_anew(source)),
        related=tuple((new.at(*each.route), each.message) for each in others),
        value=first.message,
    )


def _anew(source: Source | None) -> str:
    """What has the object deleted and made again."""
    if source is not None and source.application is not None:
        return f"Argo CD make it anew, by the annotation {_ANEW}"
    if source is not None and source.kustomization is not None:
        return f"Flux make it anew, by the annotation `{FORCE}: enabled`"
    return "it be deleted first"
