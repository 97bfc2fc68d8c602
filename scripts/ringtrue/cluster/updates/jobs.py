"""Jobs: the pods of a Job that has begun must not change under it."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates.comparing import difference, without
from ringtrue.cluster.updates.pod_defaults import keep_pull_policies, template
from ringtrue.cluster.updates.selectors import IMMUTABLE
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, mappings_at

_FIXED = ("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy")
_RESOURCES_OF_SUSPENDED = (1, 36)
"""Since when containers' resources may change while a Job is suspended."""

_SCHEDULING = ("nodeSelector", "tolerations", "schedulingGates")


def job(old: Resource, new: Resource, profile: Profile) -> Iterator[Rejection]:
    """UPD-05: template, selector, completions, and how they are counted.

    Of a Job that is suspended, and so has not begun, where its pods go and how they are labelled may change; from 1.36
    on also what they need.
    """
    yield from _completions(old, new)
    before, after = old.get("spec", "selector"), new.get("spec", "selector")
    # A selector that nobody wrote is the API server's own.
    if after is not None and difference(before, after, ("spec", "selector")) is not None:
        yield _fixed(("spec", "selector"))
    labels = "spec", "template", "metadata", "labels"
    if old.get(*labels) is not None and new.get(*labels) is None and old.get("spec", "manualSelector") is not True:
        # Those that the controller added go with the whole field.
        said = "Invalid value: null: `selector` does not match template `labels`"
        yield Rejection("UPD-05", ("spec", "template"), f"{path(labels)}: {said}")
    found = _of_template(old, new, profile)
    if found is not None:
        yield _fixed(("spec", "template"), found)
    for field in _FIXED:
        was, will_be = (_mode(each) if field == "completionMode" else each.get("spec", field) for each in (old, new))
        if difference(was, will_be, ("spec", field)) is not None:
            yield _fixed(("spec", field))


def _fixed(route: Route, at: Route = ()) -> Rejection:
    where = f"; {path(at)} differs" if at else ""
    return Rejection("UPD-05", at or route, f"{path(route)}: {IMMUTABLE}{where}")


def _mode(resource: Resource) -> object:
    return resource.get("spec", "completionMode") or "NonIndexed"


def _completions(old: Resource, new: Resource) -> Iterator[Rejection]:
    """Those of an indexed Job may change together with its `parallelism`."""
    before = _counts(old)
    after = _counts(new, old, before)
    route: Route = ("spec", "completions")
    if _mode(new) == "Indexed" and after["completions"] is None:
        yield Rejection("UPD-05", ("spec",), "spec.completions: Required value: when completion mode is Indexed")
    if before["completions"] == after["completions"]:
        return
    if _mode(new) != "Indexed":
        yield _fixed(route)
    elif after["completions"] not in (None, after["parallelism"]):
        said = "can only be modified in tandem with spec.parallelism"
        yield Rejection("UPD-05", route, f"spec.completions: Invalid value: {after['completions']}: {said}")


def _counts(resource: Resource, old: Resource | None = None, stored: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Both counts as stored: 1 each where neither is written; what was never written stays as it was filled in."""
    made = {}
    for field in ("completions", "parallelism"):
        written = resource.get("spec", field)
        kept = written is None and old is not None and old.get("spec", field) is None
        made[field] = stored[field] if kept and stored is not None else written
    if made == {"completions": None, "parallelism": None}:
        return {"completions": 1, "parallelism": 1}
    return {**made, "parallelism": 1 if made["parallelism"] is None else made["parallelism"]}


def _of_template(old: Resource, new: Resource, profile: Profile) -> Route | None:
    """Where the templates differ in what may not."""
    before, after = template(old.mapping("spec", "template")), template(new.mapping("spec", "template"))
    keep_pull_policies(before["spec"], after["spec"])
    if old.get("spec", "suspend") is True:
        before, after = (_without_free(each, profile) for each in (before, after))
    return difference(before, after, ("spec", "template"))


def _without_free(made: Mapping[str, Any], profile: Profile) -> dict[str, Any]:
    spec = without(made["spec"], *_SCHEDULING)
    affinity = spec.pop("affinity", None)
    if isinstance(affinity, Mapping):
        others = without(affinity, "nodeAffinity")
        spec |= {"affinity": others} if others else {}
    if profile.version >= _RESOURCES_OF_SUSPENDED:
        for kind in ("containers", "initContainers"):
            spec[kind] = [without(each, "resources") for each in mappings_at(spec, kind)]
    metadata = made.get("metadata")
    kept = without(metadata, "labels", "annotations") if isinstance(metadata, Mapping) else {}
    return {**made, "spec": spec, "metadata": kept}
