"""Replacements that write into a field which their target has not (any more)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from ringtrue.environments.causes import Cause
from ringtrue.environments.objects_of import Written, objects
from ringtrue.environments.wanted import targets
from ringtrue.findings import Location
from ringtrue.repository.kustomization import Kustomization
from ringtrue.repository.marks import child, scalar, sequence
from ringtrue.repository.tree import Tree

_UNABLE = re.compile(r'unable to find field "(?P<path>[^"]+)" in replacement target')
_STEPS = re.compile(r"(?:\[[^\]]*\]|\\.|[^.\[\\])+")
_ITEM = re.compile(r"\[(?P<key>[^=\]]+)=(?P<value>[^\]]*)\]")


def unwritable(error: str, layers: Sequence[Kustomization], tree: Tree) -> tuple[Cause, ...]:
    """The field path at its line, once for each object that lacks it; several environments may hold it."""
    said = _UNABLE.search(error)
    if said is None:
        return ()
    path = said["path"]
    there = list(objects(layers, tree))
    found = [(where, *target) for where, target in _writers(path, layers, tree)]
    lacking = [each for each in found if _lacks(each[1], each[2], path, there)] or found
    return tuple(_cause(where, kind, name, path, there) for where, kind, name in lacking)


def _cause(where: Location, kind: str, name: str, path: str, there: Sequence[Written]) -> Cause:
    shown = f"{kind} {name!r}"
    message = f"{shown} has no field {path!r}, which a replacement writes into"
    place = next((each.at("metadata", "name") for each in there if (each.kind, each.name) == (kind, name)), None)
    return Cause(
        "source-does-not-render",
        where,
        message,
        "restore the field, or remove this path",
        subject=f"{shown} {path}",
        value=path,
        related=((where, "written here too"), *(((place, f"{shown} is here"),) if place else ())),
    )


def _writers(path: str, layers: Sequence[Kustomization], tree: Tree) -> Iterator[tuple[Location, tuple[str, str]]]:
    for layer in reversed(layers):
        for file, target in targets(layer, tree):
            for node in sequence(child(target, "fieldPaths")):
                mark = scalar(node)
                if mark and mark.text == path:
                    yield Location(file, mark.line, mark.column), _selected(target)


def _selected(target: yaml.Node) -> tuple[str, str]:
    marks = [scalar(child(child(target, "select"), key)) for key in ("kind", "name")]
    kind, name = (mark.text if mark else "" for mark in marks)
    return kind, name


def _lacks(kind: str, name: str, path: str, there: Sequence[Written]) -> bool:
    steps = [step.replace("\\.", ".") for step in _STEPS.findall(path)]
    values = [each.document.value for each in there if (each.kind, each.name) == (kind, name)]
    return any(not _leads(value, steps) for value in values)


def _leads(value: Any, steps: Sequence[str]) -> bool:
    """Whether something stands at the path; list items by `[key=value]`, by index or all of them (`*`).

    Kustomize takes the value for a pattern: HOST meets HOSTS too.
    """
    if not steps:
        return True
    step, rest = steps[0], steps[1:]
    if isinstance(value, list):
        item = _ITEM.fullmatch(step)
        if item:
            chosen = [e for e in value if isinstance(e, dict) and item["value"] in str(e.get(item["key"]))]
        else:
            chosen = value[int(step) : int(step) + 1] if step.isdigit() else value if step == "*" else []
        return any(_leads(each, rest) for each in chosen)
    return isinstance(value, dict) and step in value and _leads(value[step], rest)
