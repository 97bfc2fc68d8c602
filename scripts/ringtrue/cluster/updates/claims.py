"""Claims: what was asked of the storage stays asked, but for more of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.admission.quantities import parse
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates.comparing import difference, without
from ringtrue.cluster.updates.selectors import IMMUTABLE
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, follow

_FIXED = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"
_STORAGE = ("spec", "resources", "requests", "storage")
_RECOVERS = (1, 32)
"""Since when a claim may be made smaller again, down to what its volume has."""

_FREE = ("resources", "volumeAttributesClassName", "dataSource", "dataSourceRef")
_LATER = ("storageClassName", "volumeName")
"""Filled in by others where nothing was written; the manifest may say so afterwards."""


def claim(old: Resource, new: Resource, profile: Profile) -> Iterator[Rejection]:
    """UPD-05: the spec of a claim that is bound; it may ask for more storage, and for another class of attributes."""
    before, after = _kept(old, old), _kept(new, old)
    found = difference(before, after, ("spec",)) or _other(old, new)
    if found is not None:
        yield Rejection("UPD-05", found, f"spec: Forbidden: {_FIXED}; {path(found)} differs")
    mode = ("spec", "volumeMode")
    if difference(before["volumeMode"], after["volumeMode"], mode) is not None:
        yield Rejection("UPD-05", mode, f"volumeMode: {IMMUTABLE}; it is {before['volumeMode']}")
    was, will_be = parse(old.get(*_STORAGE)), parse(new.get(*_STORAGE))
    if was is not None and new.get(*_STORAGE) is None:
        yield Rejection("UPD-05", ("spec", "resources"), "spec.resources[storage]: Required value")
    elif was is not None and will_be is not None and will_be < was:
        least = "status.capacity" if profile.version >= _RECOVERS else "previous value"
        shown = f"it is {old.get(*_STORAGE)}, and would become {new.get(*_STORAGE)}"
        yield Rejection("UPD-05", _STORAGE, f"{path(_STORAGE)}: Forbidden: field can not be less than {least}; {shown}")


def _kept(resource: Resource, old: Resource) -> Mapping[str, Any]:
    """The part of a spec that may not change."""
    later = [field for field in _LATER if not old.mapping("spec").get(field) and old.get("spec", field) is None]
    spec = resource.mapping("spec")
    kept = without(spec, *_FREE, *later)
    return {**kept, "volumeMode": spec.get("volumeMode") or "Filesystem", "dataSource": _source(resource, old)}


def _source(resource: Resource, old: Resource) -> object:
    """Where its data come from: both fields are filled in from one, and the other keeps them when that is left out."""
    before = [each for field in ("dataSourceRef", "dataSource") if (each := old.get("spec", field))]
    found = resource.get("spec", "dataSourceRef") or resource.get("spec", "dataSource")
    return before[0] if not found and len(before) == 1 else found


def _other(old: Resource, new: Resource) -> Route | None:
    """Resources beside the storage that is asked for."""
    before, after = (_asked(each) for each in (old, new))
    return difference(before, after, ("spec", "resources"))


def _asked(resource: Resource) -> Mapping[str, Any]:
    requests = follow(resource.data, ("spec", "resources", "requests"))
    asked = requests if isinstance(requests, Mapping) else {}
    return {**resource.mapping("spec", "resources"), "requests": without(asked, "storage")}
