"""StatefulSets: all but a few fields are fixed, and which ones depends on the release."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates.comparing import difference, without
from ringtrue.cluster.updates.selectors import IMMUTABLE
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_FIXED = ("serviceName", "selector", "podManagementPolicy", "volumeClaimTemplates")
_HISTORY = (1, 33)
"""Since when `revisionHistoryLimit` may change."""
_BY_FIELD = (1, 37)
"""Since when the API server names the field, in place of those that may change."""

_ALLOWED = ("replicas", "ordinals", "template", "updateStrategy")
_ALLOWED_LAST = ("persistentVolumeClaimRetentionPolicy",)


def stateful_set(old: Resource, new: Resource, profile: Profile) -> Iterator[Rejection]:
    """UPD-02: `serviceName`, `selector`, `podManagementPolicy`, `volumeClaimTemplates`; before 1.33 the history limit.

    Labels that Kustomize adds reach the claim templates too.
    """
    fields = _FIXED if profile.version >= _HISTORY else (*_FIXED, "revisionHistoryLimit")
    before, after = _filled(old), _filled(new)
    for field in fields:
        found = difference(before.get(field), after.get(field), ("spec", field))
        if found is not None:
            yield Rejection("UPD-02", _written(found, new), _message(found, profile, _was(field, before, after)))
            if profile.version < _BY_FIELD:
                return


def allowed(profile: Profile) -> str:
    """UPD-02: the API server's own list of what may change in a StatefulSet, which it gives up to 1.36."""
    history = ("revisionHistoryLimit",) if profile.version >= _HISTORY else ()
    listed = ", ".join(f"'{each}'" for each in (*_ALLOWED, *history, *_ALLOWED_LAST))
    return f"updates to statefulset spec for fields other than {listed} and 'minReadySeconds' are forbidden"


def _message(found: Route, profile: Profile, was: str) -> str:
    if profile.version >= _BY_FIELD:
        differs = "" if len(found) == 2 else f"; {path(found)} differs"
        return f"spec.{found[1]}: {IMMUTABLE}{differs}{was}"
    return f"spec: Forbidden: {allowed(profile)}; {path(found)} differs{was}"


def _was(field: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Old and new of a field that is a plain text or number."""
    if field in ("selector", "volumeClaimTemplates"):
        return ""
    return f" (it is {before.get(field)!r}, and would become {after.get(field)!r})"


def _written(route: Route, new: Resource) -> Route:
    """The longest part of a route that is there."""
    while len(route) > 1 and new.get(*route) is None:
        route = route[:-1]
    return route


def _filled(resource: Resource) -> Mapping[str, Any]:
    """The spec with the API server's defaults in the fields that are compared."""
    spec = dict(resource.mapping("spec"))
    spec["podManagementPolicy"] = spec.get("podManagementPolicy") or "OrderedReady"
    spec["serviceName"] = spec.get("serviceName") or ""
    if spec.get("revisionHistoryLimit") is None:
        spec["revisionHistoryLimit"] = 10
    spec["volumeClaimTemplates"] = [_claim(each) for each in resource.items("spec", "volumeClaimTemplates")]
    return spec


def _claim(template: Mapping[str, Any]) -> dict[str, Any]:
    """A claim template as it is stored: the API server writes kind and version itself, and drops a status."""
    stored = without(template, "apiVersion", "kind", "status")
    spec = stored.get("spec")
    if isinstance(spec, Mapping):
        stored["spec"] = {**spec, "volumeMode": spec.get("volumeMode") or "Filesystem"}
    return stored
