"""Labels against selectors, as the API server and the controllers compare them."""

from collections.abc import Callable, Mapping
from typing import Any

Unsure = Callable[[str], bool]
"""Whether the value of a label key cannot be known from the manifests."""


def equal(selector: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    """SEL-01: every pair of a Service's selector is among the labels; case counts, an empty one selects nothing."""
    return bool(selector) and all(labels.get(key) == value for key, value in selector.items())


def matches(selector: Mapping[str, Any] | None, labels: Mapping[str, str]) -> bool:
    """SEL-03: a LabelSelector: None selects nothing, an empty one everything, all requirements must hold.

    `NotIn` holds where the key is absent. A requirement that the API server would refuse selects nothing (ADM-15).
    """
    return judge(selector, labels) is True


def judge(selector: Mapping[str, Any] | None, labels: Mapping[str, str], unsure: Unsure | None = None) -> bool | None:
    """SEL-03 with labels that are known in part: None where a label that cannot be known decides (NET-07)."""
    if selector is None:
        return False
    verdicts = [_compare(key, "In", [value], labels, unsure) for key, value in pairs(selector).items()]
    for requirement in requirements(selector):
        key, operator, values = requirement.get("key"), requirement.get("operator"), requirement.get("values")
        if not isinstance(key, str) or not isinstance(operator, str):
            return False
        verdicts.append(_compare(key, operator, values if isinstance(values, list) else [], labels, unsure))
    return both(verdicts)


def both(verdicts: list[bool | None]) -> bool | None:
    """SEL-03: all must hold, where some verdicts are open (None): a False settles it."""
    if False in verdicts:
        return False
    return None if None in verdicts else True


def pairs(selector: Mapping[str, Any]) -> Mapping[str, Any]:
    """The `matchLabels` of a LabelSelector (SEL-03)."""
    found = selector.get("matchLabels")
    return found if isinstance(found, Mapping) else {}


def requirements(selector: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The `matchExpressions` of a LabelSelector (SEL-03)."""
    found = selector.get("matchExpressions")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def join(labels: Mapping[str, Any]) -> str:
    """Labels for people, sorted: "app=web,tier=front" (SEL-01)."""
    return ",".join(f"{key}={value}" for key, value in sorted(labels.items()))


def describe(selector: Mapping[str, Any]) -> str:
    """A LabelSelector for people (SEL-03): "app=web,tier in (a,b),!old"; "everything" for an empty one."""
    parts = [join({key: value}) for key, value in sorted(pairs(selector).items())]
    for each in requirements(selector):
        values = each.get("values")
        listed = ",".join(map(str, values)) if isinstance(values, list) else ""
        form = _FORMS.get(str(each.get("operator")), "{key} {operator} ({values})")
        parts.append(form.format(key=each.get("key"), operator=each.get("operator"), values=listed))
    return ",".join(parts) or "everything"


_FORMS = {
    "In": "{key} in ({values})",
    "NotIn": "{key} notin ({values})",
    "Exists": "{key}",
    "DoesNotExist": "!{key}",
}


def _compare(
    key: str, operator: str, values: list[Any], labels: Mapping[str, str], unsure: Unsure | None
) -> bool | None:
    if bool(values) is not (operator in ("In", "NotIn")):
        return False
    if key not in labels and unsure is not None and unsure(key):
        return None
    match operator:
        case "In":
            return key in labels and labels[key] in values
        case "NotIn":
            return key not in labels or labels[key] not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case _:
            return False
