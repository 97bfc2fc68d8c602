"""A bare Pod: next to nothing may change, since nothing would start its containers anew."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.updates.comparing import difference, without
from ringtrue.cluster.updates.pod_defaults import keep_pull_policies, whole
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, mappings_at

_ALLOWED = (
    "`spec.containers[*].image`",
    "`spec.initContainers[*].image`",
    "`spec.activeDeadlineSeconds`",
    "`spec.tolerations` (only additions to existing tolerations)",
    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
)
_OTHERS = f"pod updates may not change fields other than {','.join(_ALLOWED)}"
_KINDS = ("containers", "initContainers")


def pod(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-04: all but images, a shorter deadline, more tolerations; gates may go, and what waits for them may grow."""
    before, after = whole(old.mapping("spec")), whole(new.mapping("spec"))
    keep_pull_policies(before, after)
    for kind in _KINDS:
        if len(mappings_at(before, kind)) != len(mappings_at(after, kind)):
            said = f"spec.{kind}: Forbidden: pod updates may not add or remove containers"
            yield Rejection("UPD-04", ("spec", kind), said)
            return
    yield from _deadline(before, after)
    yield from _tolerations(before, after)
    yield from _gates(before, after)
    gated = bool(before.get("schedulingGates"))
    found = difference(_without_free(before, gated), _without_free(after, gated, before), ("spec",))
    if found is not None:
        yield Rejection("UPD-04", found, f"spec: Forbidden: {_OTHERS}; {path(found)} differs")


def _deadline(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Rejection]:
    before, after = old.get("activeDeadlineSeconds"), new.get("activeDeadlineSeconds")
    route: Route = ("spec", "activeDeadlineSeconds")
    if isinstance(before, int) and after is None:
        said = "must not update from a positive integer to nil value"
        yield Rejection("UPD-04", ("spec",), f"{path(route)}: Invalid value: null: {said}")
    elif isinstance(before, int) and isinstance(after, int) and after > before:
        said = "must be less than or equal to previous value"
        yield Rejection("UPD-04", route, f"{path(route)}: Invalid value: {after}: {said}; it is {before}")


def _tolerations(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Rejection]:
    """The seconds of one may change."""
    after = [_toleration(each) for each in mappings_at(new, "tolerations")]
    if any(_toleration(each) not in after for each in mappings_at(old, "tolerations")):
        said = "existing toleration can not be modified except its tolerationSeconds"
        yield Rejection("UPD-04", ("spec", "tolerations"), f"spec.tolerations: Forbidden: {said}")


def _toleration(written: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in written.items() if value and key != "tolerationSeconds"}


def _gates(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Rejection]:
    names = [each.get("name") for each in mappings_at(old, "schedulingGates")]
    for index, each in enumerate(mappings_at(new, "schedulingGates")):
        if each.get("name") not in names:
            said = f"only deletion is allowed, but found new scheduling gate '{each.get('name')}'"
            route = ("spec", "schedulingGates", index, "name")
            yield Rejection("UPD-04", route, f"{path(route)}: Forbidden: {said}")


def _without_free(spec: Mapping[str, Any], gated: bool, old: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The spec without what may change, or is judged by itself; `old` is what a new one is compared with."""
    kept = without(spec, *_free(gated))
    for kind in _KINDS:
        if kind in kept:
            kept[kind] = [without(each, "image") for each in mappings_at(kept, kind)]
    grace = old.get("terminationGracePeriodSeconds") if old else None
    if isinstance(grace, int) and grace < 0 and kept.get("terminationGracePeriodSeconds") == 1:
        kept["terminationGracePeriodSeconds"] = grace
    return kept


def _free(gated: bool) -> frozenset[str]:
    """Of a Pod that waits for its gates the nodes may be narrowed: how far is left open."""
    gates = ("nodeSelector", "affinity") if gated else ()
    return frozenset(("activeDeadlineSeconds", "tolerations", "schedulingGates", *gates))
