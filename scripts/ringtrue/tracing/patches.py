"""Patches as writers: strategic merge by merge keys here, JSON6902 in `pointers`."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.resource import follow, text_at
from ringtrue.tracing.pages import Pages, Passage, beside
from ringtrue.tracing.pointers import pointed
from ringtrue.tracing.selectors import selects
from ringtrue.tracing.steps import Step, locate
from ringtrue.tracing.trail import Declaration, Stage
from ringtrue.tracing.writing import UNKNOWN, Field, Writing, worded


def patched(stage: Stage, field: Field, declaration: Declaration, pages: Pages) -> Iterator[Writing]:
    """What `patchesStrategicMerge` and then `patches` of a layer write to the field."""
    for index, entry in enumerate(stage.entries("patchesStrategicMerge")):
        for document in _listed(stage, index, entry, pages):
            if _names_it(document.value, field, stage):
                yield from _merged(document, field)
    for index, entry in enumerate(stage.entries("patches")):
        target = follow(entry, ("target",))
        if target and not selects(target, field.resource, stage.names, stage.namespaces):
            continue
        for document in _documents(stage, ("patches", index), entry, pages):
            if isinstance(document.value, list):
                yield from pointed(document, field, declaration)
            elif target or _names_it(document.value, field, stage):
                yield from _merged(document, field)


def patched_late(stage: Stage, field: Field, declaration: Declaration, pages: Pages) -> Iterator[Writing]:
    """What `patchesJson6902` writes: after namespace, names and labels."""
    for index, entry in enumerate(stage.entries("patchesJson6902")):
        target = follow(entry, ("target",))
        if selects(target, field.resource, stage.later_names, stage.later_namespaces):
            for document in _documents(stage, ("patchesJson6902", index), entry, pages):
                yield from pointed(document, field, declaration)


def _listed(stage: Stage, index: int, entry: Any, pages: Pages) -> tuple[Passage, ...]:
    if not isinstance(entry, str):
        return ()
    if "\n" in entry:
        return pages.inline(stage.passage, ("patchesStrategicMerge", index))
    return pages.documents(beside(stage.folder, entry))


def _documents(stage: Stage, route: Route, entry: Any, pages: Pages) -> tuple[Passage, ...]:
    path = text_at(entry, "path")
    if path:
        return pages.documents(beside(stage.folder, path))
    return pages.inline(stage.passage, (*route, "patch"))


def _names_it(patch: Any, field: Field, stage: Stage) -> bool:
    """Without a target a patch meets the object that it names itself; a missing namespace means `default`."""
    resource = field.resource
    group = text_at(patch, "apiVersion").rpartition("/")[0]
    return (
        follow(patch, ("kind",)) == resource.kind
        and group == resource.group
        and text_at(patch, "metadata", "name") in stage.names
        and (text_at(patch, "metadata", "namespace") or "default") in stage.namespaces
    )


def _merged(document: Passage, field: Field) -> Iterator[Writing]:
    if field.shape in {("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace")}:
        # They say which object is meant.
        return
    found = locate(document.value, field.steps)
    removed = _removal(document.value, field.steps)
    if removed is not None:
        yield Writing(document.place(removed), None)
    elif found.complete:
        whole = not isinstance(found.value, Mapping) or found.value == field.value
        value = found.value if whole else UNKNOWN
        yield Writing(document.place(found.route), value, wording=worded(field, value))
    elif isinstance(found.value, list) and not _joined(field, found.route):
        # The list is replaced whole, without this item.
        yield Writing(document.place(found.route), None)


def _removal(patch: Any, steps: tuple[Step, ...]) -> Route | None:
    """The part of the patch that deletes the field or something around it."""
    for length in range(len(steps) + 1):
        found = locate(patch, steps[:length])
        if not found.complete:
            return None
        if found.value is None:
            return found.route
        if isinstance(found.value, Mapping) and found.value.get("$patch") == "delete":
            return (*found.route, "$patch")
    return None


def _joined(field: Field, route: Route) -> bool:
    step = field.steps[len(route)]
    return isinstance(step, str) or bool(step.keys)
