"""`trace`: of all that writes a field, the last writer whose value is the rendered one."""

from collections.abc import Mapping
from typing import Any

from ringtrue.environments.environment import Source
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.rendering.request import Origin
from ringtrue.repository.graph import Graph
from ringtrue.repository.tree import Tree
from ringtrue.tracing.declarations import trail
from ringtrue.tracing.pages import Pages
from ringtrue.tracing.steps import Item, Steps, is_merge_key, steps
from ringtrue.tracing.trail import Trail
from ringtrue.tracing.writers import opaque, writings
from ringtrue.tracing.writing import Field, Writing, agrees, is_flat


def trace(
    spot: Spot,
    origin: Origin | None,
    graph: Graph,
    tree: Tree,
    source: Source,
    pages: Pages | None = None,
    within: str = "",
) -> Location:
    """The place in a file where the field of a rendered object is written, or its nearest parent that exists.

    `pages` keeps what was read: make one for a run. `within` is a piece of the field's text, to point at its line in
    a text of many lines (a script, a file in a ConfigMap). Never raises for what the files contain.
    """
    pages = pages or Pages(tree)
    found = trail(spot.resource, origin, graph, pages, source)
    if found is None:
        return _brought_in(spot.resource, origin, graph, source)
    return _narrowed(_traced(spot, found, source, pages), within, pages)


def _brought_in(resource: Resource, origin: Origin | None, graph: Graph, source: Source) -> Location:
    """For a Helm chart, or a resource whose origin was lost: the file that brings it in."""
    layer = graph.get(source.path)
    known = (origin.configured_in or origin.path) if origin else ""
    return Location(known or (layer.file if layer else resource.source or source.path))


def _traced(spot: Spot, found: Trail, source: Source, pages: Pages) -> Location:
    known = steps(spot.resource.data, spot.route)
    missing = spot.route[len(known) :]
    if missing:
        removed = _removed(spot.resource, known, missing, found, source, pages)
        if removed is not None:
            return removed.location
    for length in range(len(known), 0, -1):
        field = Field(spot.resource, known[:length], _value(spot.resource.data, known[:length]))
        nearest = bool(missing) or length < len(known)
        chosen = _chosen(writings(field, found, source, pages), field, found, nearest)
        if chosen is not None:
            return chosen.location
    return found.declaration.place(())


def _removed(
    resource: Resource, known: Steps, missing: Route, found: Trail, source: Source, pages: Pages
) -> Writing | None:
    """The last writer that takes the field away, where one does."""
    names = tuple(step for step in missing if isinstance(step, str))
    if len(names) < len(missing):
        return None
    written = writings(Field(resource, (*known, *names), None), found, source, pages)
    return next((writing for writing in reversed(written) if writing.value is None), None)


def _chosen(written: list[Writing], field: Field, found: Trail, nearest: bool) -> Writing | None:
    """The last that agrees; else the last that may have written it, never one whose value was overwritten unseen.

    `nearest`: the field stands for something missing in it, which belongs where it is first written. So does a deep
    mapping, a container say, that many layers add to; and a merge key, which later patches only repeat.
    """
    agreeing = [writing for writing in written if agrees(writing, field, found.affixes)]
    if agreeing:
        return agreeing[0 if is_merge_key(field.steps) else -1]
    if nearest or (isinstance(field.value, Mapping) and not is_flat(field.value)):
        return next((writing for writing in written if not writing.deep), None)
    unseen = opaque(found.stages) if len(written) == 1 else None
    return unseen or next(reversed(written), None)


def _value(data: Any, known: Steps) -> Any:
    for step in known:
        data = step.value if isinstance(step, Item) else data[step]
    return data


def _narrowed(place: Location, within: str, pages: Pages) -> Location:
    """The first line of the place that contains the text."""
    if not within:
        return place
    lines = pages.text(place.path).split("\n")[place.line - 1 : max(place.line, place.end_line)]
    for number, line in enumerate(lines, place.line):
        start = line.find(within, place.column - 1 if number == place.line else 0)
        if start >= 0:
            return Location(place.path, number, start + 1, number, start + 1 + len(within))
    return place
