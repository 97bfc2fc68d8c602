"""LabelSelectors: what may stand in them, and a workload's against the labels of its own template."""

from collections.abc import Iterator, Mapping

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.metadata import labels
from ringtrue.cluster.admission.rejection import Rejection, forbidden, invalid, required
from ringtrue.cluster.labels import describe, join, matches, pairs
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, fact, strings

_WITH_SELECTOR = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})
_OPERATORS = frozenset({"In", "NotIn", "Exists", "DoesNotExist"})


@fact
def selector_mismatch(resource: Resource) -> tuple[Rejection, ...]:
    """SEL-04: a workload's selector is empty, or does not match its template's labels.

    Apart from `rejections`, since a rule of its own reports it. A missing selector is left to JSON Schema, but for a
    ReplicationController, which takes its template's labels, and a Job, whose selector the API server makes unless
    `manualSelector` is true.
    """
    kind, selector = resource.kind, resource.get("spec", "selector")
    if resource.group == "apps" and kind in _WITH_SELECTOR and isinstance(selector, Mapping):
        if not selector.get("matchLabels") and not selector.get("matchExpressions"):
            said = f"empty selector is invalid for {kind.lower()}"
            return (Rejection("SEL-04", ("spec", "selector"), f"spec.selector: Invalid value: {said}"),)
        return _against_template(resource, selector)
    if (resource.group, kind) == ("", "ReplicationController") and isinstance(selector, Mapping) and selector:
        return _against_template(resource, {"matchLabels": selector})
    if (resource.group, kind) == ("batch", "Job") and resource.get("spec", "manualSelector") is True:
        return _against_template(resource, selector) if isinstance(selector, Mapping) else ()
    return ()


def _against_template(resource: Resource, selector: Mapping[str, object]) -> tuple[Rejection, ...]:
    route: Route = ("spec", "template", "metadata", "labels")
    carried = strings(resource.get(*route))
    unreadable = len(carried) != len(resource.mapping(*route)) or not _readable(selector)
    if unreadable or matches(selector, carried) or any(selector_syntax(selector, ("spec", "selector"))):
        return ()
    shown = join(carried) or "no labels"
    message = f"spec.template.metadata.labels: Invalid value: {shown}: `selector` does not match template `labels`"
    return (Rejection("SEL-04", route, message, f"the selector asks for {describe(selector)}"),)


def _readable(selector: Mapping[str, object]) -> bool:
    """Whether the selector's parts have their types: else JSON Schema reports it (ADM-04)."""
    labels_read = all(isinstance(value, str) for value in pairs(selector).values())
    listed = selector.get("matchExpressions") or []
    return labels_read and isinstance(listed, list) and all(map(_is_requirement, listed))


def _is_requirement(entry: object) -> bool:
    return isinstance(entry, Mapping) and all(isinstance(entry.get(field), str) for field in ("key", "operator"))


def selector_syntax(selector: object, route: Route) -> Iterator[Rejection]:
    """ADM-03, ADM-15 (SEL-03): keys, values, operators, and whether an operator has the values it needs."""
    if not isinstance(selector, Mapping):
        return
    yield from labels(selector.get("matchLabels"), (*route, "matchLabels"))
    listed = selector.get("matchExpressions")
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield from _requirement(entry, (*route, "matchExpressions", index))


def _requirement(entry: Mapping[str, object], route: Route) -> Iterator[Rejection]:
    key, operator, values = entry.get("key"), entry.get("operator"), entry.get("values")
    if operator in ("In", "NotIn") and not values:
        yield required("ADM-15", (*route, "values"), "must be specified when `operator` is 'In' or 'NotIn'")
    elif operator in ("Exists", "DoesNotExist") and values:
        said = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
        yield forbidden("ADM-15", (*route, "values"), said)
    elif isinstance(operator, str) and operator not in _OPERATORS:
        yield invalid("ADM-15", (*route, "operator"), operator, "not a valid selector operator")
    wrong = text.label_key(key) if isinstance(key, str) else ""
    if wrong:
        yield invalid("ADM-03", (*route, "key"), key, wrong)
    for index, value in enumerate(values if isinstance(values, list) else []):
        wrong = text.label_value(value) if isinstance(value, str) else ""
        if wrong:
            yield invalid("ADM-03", (*route, "values", index), value, wrong)
