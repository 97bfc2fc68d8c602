"""Other kinds, each with its fields that stay as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.updates.comparing import difference
from ringtrue.cluster.updates.selectors import IMMUTABLE
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

RBAC = "rbac.authorization.k8s.io"


@dataclass(frozen=True, slots=True)
class _Field:
    route: Route
    said: str = IMMUTABLE
    """The API server's words."""
    default: Any = None


def _forbidden(name: str, default: Any = None) -> _Field:
    return _Field((name,), f"Forbidden: updates to {name} are forbidden.", default)


_ROLE = _Field(("roleRef",), "cannot change roleRef")
_FIELDS: Mapping[tuple[str, str], tuple[_Field, ...]] = {
    (RBAC, "RoleBinding"): (_ROLE,),
    (RBAC, "ClusterRoleBinding"): (_ROLE,),
    ("storage.k8s.io", "StorageClass"): (
        _forbidden("parameters"),
        _forbidden("provisioner"),
        _forbidden("reclaimPolicy", "Delete"),
        _Field(("volumeBindingMode",), default="Immediate"),
    ),
    ("storage.k8s.io", "VolumeAttributesClass"): (_forbidden("driverName"), _forbidden("parameters")),
    ("storage.k8s.io", "CSIDriver"): (
        _Field(("spec", "attachRequired"), default=True),
        _Field(("spec", "volumeLifecycleModes"), default=["Persistent"]),
    ),
    ("scheduling.k8s.io", "PriorityClass"): (
        _Field(("value",), "Forbidden: may not be changed in an update."),
        _Field(("preemptionPolicy",), default="PreemptLowerPriority"),
    ),
    ("networking.k8s.io", "IngressClass"): (_Field(("spec", "controller")),),
    ("node.k8s.io", "RuntimeClass"): (_Field(("handler",)),),
    ("discovery.k8s.io", "EndpointSlice"): (_Field(("addressType",)),),
    ("", "ResourceQuota"): (_Field(("spec", "scopes")),),
}


def fixed(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-05: `roleRef` of bindings, what a StorageClass makes, the value of a PriorityClass, and the like."""
    for field in _FIELDS.get((new.group, new.kind), ()):
        before, after = (_stored(each, field) for each in (old, new))
        if _is_changed(before, after, field):
            yield Rejection("UPD-05", _written(field.route, new), f"{path(field.route)}: {field.said}{_shown(before)}")


def _stored(resource: Resource, field: _Field) -> Any:
    value = resource.get(*field.route)
    if field.route == ("roleRef",) and isinstance(value, Mapping):
        return {**value, "apiGroup": value.get("apiGroup") or RBAC}
    if field.route == ("spec", "scopes"):
        return sorted(map(str, value)) if isinstance(value, list) else value
    return field.default if value in (None, "", []) else value


def _is_changed(before: Any, after: Any, field: _Field) -> bool:
    """Empty parameters are stored as none, so that applying them is a change each time."""
    if field.route == ("parameters",) and not before:
        return after is not None
    return difference(before, after, field.route) is not None


def _shown(before: Any) -> str:
    if isinstance(before, Mapping):
        return f"; it is {before['kind']} {before['name']!r}" if {"kind", "name"} <= before.keys() else ""
    return f"; it is {before!r}" if isinstance(before, str | int) else ""


def _written(route: Route, new: Resource) -> Route:
    return route if new.get(*route) is not None else route[:-1]
