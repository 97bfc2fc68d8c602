"""Replacements as writers: the `fieldPaths` entry of the target that reaches the field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.environments.environment import Source
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import Resource, follow, text_at
from ringtrue.tracing.field_paths import leads_to, split, value_at
from ringtrue.tracing.pages import Pages, Passage, beside
from ringtrue.tracing.selectors import rejects, selects
from ringtrue.tracing.splices import Splice
from ringtrue.tracing.trail import Stage
from ringtrue.tracing.writing import UNKNOWN, Field, Writing

NAME = "replacements"
_DEFAULT_FIELD = "metadata.name"


@dataclass(frozen=True, slots=True)
class _Replacement:
    passage: Passage
    route: Route

    @property
    def data(self) -> Any:
        return follow(self.passage.value, self.route)


def replaced(stage: Stage, field: Field, source: Source, pages: Pages) -> Iterator[Writing]:
    """What the replacements of a layer write to the field; they are its last writers."""
    for replacement in _replacements(stage, pages):
        targets = follow(replacement.data, ("targets",))
        for index, target in enumerate(targets if isinstance(targets, list) else []):
            if not _selected(target, field.resource, stage):
                continue
            copies = text_at(replacement.data, "source", "fieldPath") or _DEFAULT_FIELD
            for place, parts in _paths(replacement, index, target):
                if len(parts) == len(field.steps) and leads_to(parts, field.steps):
                    outcome = _outcome(replacement.data, target, field, stage, source)
                    yield Writing(place, outcome, by=NAME, copies=copies, splice=_splice(target))
                elif leads_to(parts, field.steps):
                    yield Writing(place, deep=len(parts) > len(field.steps), by=NAME, copies=copies)


def _replacements(stage: Stage, pages: Pages) -> Iterator[_Replacement]:
    for index, entry in enumerate(stage.entries("replacements")):
        path = text_at(entry, "path")
        if not path:
            yield _Replacement(stage.passage, ("replacements", index))
            continue
        for document in pages.documents(beside(stage.folder, path)):
            routes: list[Route] = [()]
            if isinstance(document.value, list):
                routes = [(number,) for number in range(len(document.value))]
            yield from (_Replacement(document, route) for route in routes)


def _selected(target: Any, resource: Resource, stage: Stage) -> bool:
    names, namespaces = stage.later_names, stage.later_namespaces
    rejected = follow(target, ("reject",))
    return selects(follow(target, ("select",)), resource, names, namespaces) and not rejects(
        rejected, resource, names, namespaces
    )


def _paths(replacement: _Replacement, index: int, target: Any) -> Iterator[tuple[Location, list[str]]]:
    route = (*replacement.route, "targets", index)
    paths = follow(target, ("fieldPaths",))
    if not paths:
        yield replacement.passage.place((*route, "select")), split(_DEFAULT_FIELD)
        return
    for number, path in enumerate(paths if isinstance(paths, list) else []):
        if isinstance(path, str):
            yield replacement.passage.place((*route, "fieldPaths", number)), split(path)


def _outcome(replacement: Any, target: Any, field: Field, stage: Stage, source: Source) -> Any:
    """The rendered value if the replacement may have written it, UNKNOWN if its source cannot be told."""
    values = _source_values(replacement, stage, source)
    if not values or isinstance(field.value, (Mapping, list)):
        return UNKNOWN
    splice, text = _splice(target), str(field.value)
    return field.value if (text[slice(*splice.span(text))] if splice else text) in values else UNKNOWN


def _source_values(replacement: Any, stage: Stage, source: Source) -> set[str]:
    """What the source field may have held when it was copied: its rendered value, and for a namespace this layer's."""
    given = follow(replacement, ("sourceValue",))
    if isinstance(given, str):
        return {given}
    selector = follow(replacement, ("source",))
    path = text_at(selector, "fieldPath") or _DEFAULT_FIELD
    found = [value_at(resource.data, path) for resource in _sources(selector, source)]
    if path == "metadata.namespace":
        found.append(stage.namespace)
    elif path == _DEFAULT_FIELD:
        found.append(text_at(selector, "name"))
    splice = _splice(selector)
    return {_part(str(value), splice) for value in found if isinstance(value, (str, int, float))}


def _sources(selector: Any, source: Source) -> Iterator[Resource]:
    """The rendered objects that the selector may mean; layers further out may have renamed them."""
    name, kind = text_at(selector, "name"), text_at(selector, "kind")
    meant = [resource for resource in source.resources if kind in ("", resource.kind) and name in resource.name]
    exact = [resource for resource in meant if resource.name == name]
    yield from exact or meant


def _splice(selector: Any) -> Splice | None:
    """The options `delimiter` and `index` of a target or a source."""
    delimiter = text_at(selector, "options", "delimiter")
    index = follow(selector, ("options", "index")) or 0
    return Splice(delimiter, index) if delimiter and isinstance(index, int) else None


def _part(text: str, splice: Splice | None) -> str:
    """The part of a source's text that is copied."""
    parts = text.split(splice.delimiter) if splice else []
    return parts[splice.index] if splice and 0 <= splice.index < len(parts) else text
