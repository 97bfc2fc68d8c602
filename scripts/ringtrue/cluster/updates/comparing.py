"""Two values as the API server compares them: what was left out and what is empty are one, where Go cannot tell."""

from collections.abc import Mapping
from typing import Any

from ringtrue.cluster.admission.quantities import parse
from ringtrue.findings import Route

_POINTERS = frozenset(
    "activeDeadlineSeconds allowPrivilegeEscalation automountServiceAccountToken backoffLimitPerIndex completions "
    "defaultMode enableServiceLinks expirationSeconds fsGroup hostUsers managedBy mode optional parallelism "
    "privileged priority readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser runtimeClassName "
    "setHostnameAsFQDN shareProcessNamespace storageClassName terminationGracePeriodSeconds tolerationSeconds "
    "volumeAttributesClassName attachRequired".split()
)
"""Fields in which 0, false or "" is another value than none."""

_VALUES = frozenset("annotations labels limits matchLabels metadata nodeSelector overhead requests".split())
"""Mappings in which `{}` is the same as none: maps, and structs that are always there."""

_QUANTITIES = frozenset(("limits", "requests", "overhead", "capacity"))
_QUANTITY = frozenset(("sizeLimit", "divisor", "storage"))


def difference(old: Any, new: Any, route: Route = ()) -> Route | None:
    """UPD-*: where the two first differ for the API server: a route into `new`, which may end in what is missing there.

    `1`, `"1"` and `1000m` are one quantity. None when nothing differs.
    """
    if _is_empty(old, route) and _is_empty(new, route):
        return None
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _of_mappings(old, new, route)
    if old is None and isinstance(new, Mapping):
        return _of_mappings({}, new, route) or route
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        found = (difference(left, right, (*route, index)) for index, (left, right) in pairs)
        return next((each for each in found if each is not None), None)
    return None if _is_equal(old, new, route) else route


def without(mapping: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """UPD-*: the mapping with what may change left out."""
    return {key: value for key, value in mapping.items() if key not in keys}


def _of_mappings(old: Mapping[str, Any], new: Mapping[str, Any], route: Route) -> Route | None:
    for key in dict.fromkeys((*new, *old)):
        found = difference(old.get(key), new.get(key), (*route, key))
        if found is not None:
            return found
    return None


def _is_empty(value: Any, route: Route) -> bool:
    """Whether it is stored as if it were not written; `{}` of an optional struct is stored, and `[]` is not."""
    if value is None or value == []:
        return True
    key = route[-1] if route else ""
    if isinstance(value, Mapping):
        return not value and key in _VALUES | {"resources"}
    return value in ("", 0) and key not in _POINTERS and not _is_key_of_a_map(route)


def _is_key_of_a_map(route: Route) -> bool:
    """In a map of texts an empty one is an entry all the same."""
    return len(route) > 1 and route[-2] in _VALUES - {"metadata"}


def _is_equal(old: Any, new: Any, route: Route) -> bool:
    if route and (route[-1] in _QUANTITY or (len(route) > 1 and route[-2] in _QUANTITIES)):
        left, right = parse(old), parse(new)
        return left is not None and left == right
    return type(old) is type(new) and bool(old == new)
