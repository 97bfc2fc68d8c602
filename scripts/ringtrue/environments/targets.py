"""Whether a target of a patch or a replacement may select an object, as Kustomize matches it."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ringtrue.cluster.names import nearest
from ringtrue.environments.items import Gathered, Item

_TERMS = re.compile(r",(?![^(]*\))")
_KEY = re.compile(r"!?\s*([^\s=!,]+)")

_REPEATED_GROUP = re.compile(r"\)[*+{?]")
_MOST_REPEATS = 3

_PLAIN = ("kind", "name", "group", "version", "namespace")
_SELECTORS = ("labelSelector", "annotationSelector")


def may_select(target: Mapping[str, Any], item: Item, gathered: Gathered) -> bool:
    """Empty fields match anything; the others are anchored regular expressions. In doubt, yes."""
    return not _failing(target, item, gathered)


def rejects(entries: Any, item: Item) -> bool:
    """Whether one of a replacement target's `reject` entries leaves the object out."""
    found = entries if isinstance(entries, list) else []
    return any(
        isinstance(entry, Mapping)
        and any(entry.get(field) for field in _PLAIN)
        and not [field for field in _PLAIN if not _matches(entry.get(field), _values(item, field), False)]
        for entry in found
    )


def described(target: Mapping[str, Any]) -> str:
    """A target in words: "Deployment 'web'", with the other fields after it."""
    kind, name = target.get("kind"), target.get("name")
    others = [
        f"{field} {str(target[field])!r}" for field in (*_PLAIN[2:], *_SELECTORS) if target.get(field) is not None
    ]
    if not kind and not name:
        return ", ".join(others) or "anything"
    subject = f"{kind or 'object'} {str(name)!r}" if name else f"any {kind}"
    return subject + (f" with {', '.join(others)}" if others else "")


def hint(target: Mapping[str, Any], gathered: Gathered) -> str:
    """What is there instead: an object that misses one field only, else the nearest name or kind."""
    for item in gathered.items:
        failing = _failing(target, item, gathered)
        if len(failing) == 1 and failing[0] not in ("kind", "name"):
            (field,) = failing
            found = "" if field in _SELECTORS else ", ".join(sorted(map(repr, filter(None, _values(item, field)))))
            other = f"its {field} here is {found}" if found else f"does not fit the {field}"
            return f"{item.resource.kind} {item.name!r} is there, but {other}"
        if failing == ["kind"] and target.get("name"):
            return f"did you mean {item.resource.kind} {item.name!r}?"
    of_kind = [item for item in gathered.items if "kind" not in _failing(target, item, gathered)]
    near = nearest(str(target.get("name", "")), (item.name for item in of_kind))
    if near:
        return f"did you mean {near!r}?"
    kind = "" if of_kind else nearest(str(target.get("kind", "")), {item.resource.kind for item in gathered.items})
    return f"did you mean {kind!r}?" if kind else "remove it, or mend its target"


def _failing(target: Mapping[str, Any], item: Item, gathered: Gathered) -> list[str]:
    plain = [field for field in _PLAIN if not _matches(target.get(field), _values(item, field), True)]
    selectors = [
        field
        for field, present in zip(_SELECTORS, (item.resource.labels, item.resource.annotations), strict=True)
        if not _labelled(target.get(field), present, gathered.texts)
    ]
    return plain + selectors


def _values(item: Item, field: str) -> Collection[str]:
    match field:
        case "kind":
            return (item.resource.kind,)
        case "name":
            return item.names
        case "group":
            return (item.resource.group,)
        case "version":
            return (item.resource.api_version.rpartition("/")[2],)
        case _:
            return item.namespaces


def _matches(pattern: Any, values: Iterable[str], in_doubt: bool) -> bool:
    if pattern is None or pattern == "":
        return True
    text = str(pattern)
    if _REPEATED_GROUP.search(text) or sum(map(text.count, "*+{")) > _MOST_REPEATS:
        # Kustomize's expressions take linear time; here such a one may take for ever.
        return in_doubt
    try:
        expression = re.compile(text)
    except (re.error, OverflowError):
        return in_doubt
    return any(expression.fullmatch(value) for value in values)


def _labelled(selector: Any, labels: Mapping[str, str], texts: Iterable[str]) -> bool:
    """Labels that a patch or a transformer may have set count, whatever their value."""
    if not isinstance(selector, str) or not selector.strip():
        return True
    return all(_holds(term.strip(), labels, texts) for term in _TERMS.split(selector))


def _holds(term: str, labels: Mapping[str, str], texts: Iterable[str]) -> bool:
    found = _KEY.match(term)
    key = found[1] if found else ""
    if not key or any(key in text for text in texts):
        return True
    if term.startswith("!"):
        return key not in labels
    wanted = term[len(key) :].strip()
    if wanted.startswith(("in ", "in(")):
        return labels.get(key) in [value.strip() for value in wanted[2:].strip(" ()").split(",")]
    if wanted.startswith(("=", "==")):
        return labels.get(key) == wanted.lstrip("=").strip()
    return bool(wanted) or key in labels
