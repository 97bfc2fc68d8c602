"""How a pod's replicas are spread over nodes and zones: `topologySpreadConstraints`."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, duplicate, forbidden, invalid, required, unsupported
from ringtrue.cluster.admission.selectors import selector_syntax
from ringtrue.cluster.labels import pairs, requirements
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_ACTIONS = ("DoNotSchedule", "ScheduleAnyway")
_POLICIES = ("Honor", "Ignore")
_TWICE = "exists in both matchLabelKeys and labelSelector"


def spreading(workload: Workload, profile: Profile) -> Iterator[Rejection]:
    """ADM-15, ADM-23: counts, words and keys of each constraint, and that no two say the same.

    A constraint without `labelSelector` is taken: it counts no pods.
    """
    field: Route = (*workload.route, "spec", "topologySpreadConstraints")
    constraints = workload.resource.items(*field)
    for index, each in enumerate(constraints):
        route = (*field, index)
        yield from _counts(each, route)
        if each.get("topologyKey") == "":
            yield required("ADM-23", (*route, "topologyKey"), "can not be empty")
        yield from unsupported("ADM-23", (*route, "whenUnsatisfiable"), each.get("whenUnsatisfiable"), _ACTIONS)
        if any(_kind(each) == _kind(other) for other in constraints[index + 1 :]):
            shown = "{" + ", ".join(map(str, _kind(each))) + "}"
            yield duplicate("ADM-23", (*route, "{topologyKey, whenUnsatisfiable}"), shown)
        for policy in ("nodeAffinityPolicy", "nodeTaintsPolicy"):
            yield from unsupported("ADM-23", (*route, policy), each.get(policy), _POLICIES)
        yield from _keys(each, route, workload, profile)
        yield from selector_syntax(each.get("labelSelector"), (*route, "labelSelector"))


def _counts(constraint: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    for field in ("maxSkew", "minDomains"):
        count = constraint.get(field)
        if isinstance(count, int) and count <= 0:
            yield invalid("ADM-23", (*route, field), count, "must be greater than zero")
    domains, action = constraint.get("minDomains"), constraint.get("whenUnsatisfiable")
    if domains is not None and isinstance(action, str) and action != _ACTIONS[0]:
        said = f"can only use minDomains if whenUnsatisfiable={_ACTIONS[0]}, not {action}"
        yield invalid("ADM-23", (*route, "minDomains"), domains, said)


def _kind(constraint: Mapping[str, Any]) -> tuple[object, object]:
    return constraint.get("topologyKey"), constraint.get("whenUnsatisfiable")


def _keys(constraint: Mapping[str, Any], route: Route, workload: Workload, profile: Profile) -> Iterator[Rejection]:
    field: Route = (*route, "matchLabelKeys")
    listed, selector = (constraint.get(each) for each in ("matchLabelKeys", "labelSelector"))
    keys = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    if not keys:
        return
    if not isinstance(selector, Mapping):
        yield forbidden("ADM-23", field, "must not be specified when labelSelector is not set")
        return
    for index, key in enumerate(keys):
        wrong = text.label_key(key)
        if wrong:
            yield invalid("ADM-03", (*field, index), key, wrong)
    if profile.version < (1, 34):
        asked = {*pairs(selector), *_asked(selector)}
        yield from (invalid("ADM-23", (*field, keys.index(key)), key, _TWICE) for key in keys if key in asked)
    else:
        yield from _merged(keys, selector, route, workload.resource)


def _merged(keys: list[str], selector: Mapping[str, Any], route: Route, resource: Resource) -> Iterator[Rejection]:
    """Since 1.34 the keys that a Pod has as labels become part of its selector; a template's do so in its pods."""
    taken = resource.labels if resource.kind == "Pod" else {}
    seen = set(pairs(selector))
    for key in (*_asked(selector), *(key for key in keys if key in taken)):
        if key in seen and key in keys:
            yield invalid("ADM-23", (*route, len(keys) - 1 - keys[::-1].index(key)), key, _TWICE)
        seen.add(key)


def _asked(selector: Mapping[str, Any]) -> list[str]:
    return [each["key"] for each in requirements(selector) if isinstance(each.get("key"), str)]
