"""Whether a target of a patch or a replacement selects an object, as Kustomize matches it."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from ringtrue.manifests.resource import Resource

_TERMS = re.compile(r",(?![^(]*\))")
_SET = re.compile(r"(\S+)\s+(in|notin)\s+\((.*)\)")


def selects(target: Any, resource: Resource, names: Collection[str], namespaces: Collection[str]) -> bool:
    """Empty fields match anything; the others are anchored regular expressions, tried on all the object's names.

    Labels and annotations are those of the rendered object: layers further out may have added some.
    """
    if not isinstance(target, Mapping):
        return False
    version = resource.api_version.rpartition("/")[2]
    return (
        _matches(target.get("kind"), [resource.kind])
        and _matches(target.get("group"), [resource.group])
        and _matches(target.get("version"), [version])
        and _matches(target.get("name"), names)
        and _matches(target.get("namespace"), namespaces)
        and _labelled(target.get("labelSelector"), resource.labels)
        and _labelled(target.get("annotationSelector"), resource.annotations)
    )


def rejects(rejected: Any, resource: Resource, names: Collection[str], namespaces: Collection[str]) -> bool:
    """Whether one of a replacement target's `reject` entries leaves the object out."""
    if not isinstance(rejected, list):
        return False
    return any(entry and selects(entry, resource, names, namespaces) for entry in rejected)


def _matches(pattern: Any, values: Collection[str]) -> bool:
    if not isinstance(pattern, str) or not pattern:
        return True
    try:
        expression = re.compile(pattern)
    except re.error:
        return pattern in values
    return any(expression.fullmatch(value) for value in values)


def _labelled(selector: Any, labels: Mapping[str, str]) -> bool:
    if not isinstance(selector, str) or not selector.strip():
        return True
    return all(_term(term.strip(), labels) for term in _TERMS.split(selector))


def _term(term: str, labels: Mapping[str, str]) -> bool:
    grouped = _SET.fullmatch(term)
    if grouped:
        key, operator, listed = grouped.groups()
        inside = labels.get(key) in [value.strip() for value in listed.split(",")]
        return inside if operator == "in" else not inside
    if "!=" in term:
        key, _, value = term.partition("!=")
        return labels.get(key.strip()) != value.strip()
    if "=" in term:
        key, _, value = term.replace("==", "=").partition("=")
        return labels.get(key.strip()) == value.strip()
    return term[1:].strip() not in labels if term.startswith("!") else term in labels
