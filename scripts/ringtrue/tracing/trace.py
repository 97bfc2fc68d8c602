"""`trace`: of all that writes a field, the last writer whose value is the rendered one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.environments.environment import Source
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.rendering.request import Origin
from ringtrue.repository.graph import Graph
from ringtrue.repository.tree import Tree
from ringtrue.tracing.declarations import trail
from ringtrue.tracing.narrowing import Piece, narrowed
from ringtrue.tracing.pages import Pages, Passage
from ringtrue.tracing.replacements import NAME
from ringtrue.tracing.splices import Span, Splice, overlap, undone
from ringtrue.tracing.steps import Item, Steps, is_merge_key, steps
from ringtrue.tracing.trail import Trail
from ringtrue.tracing.writers import opaque, writings
from ringtrue.tracing.writing import Field, Writing, agrees, equal, is_flat


@dataclass(frozen=True, slots=True)
class Traced:
    """The place, and what wrote there: see `Writing`."""

    location: Location
    by: str = ""
    copies: str = ""
    partly: bool = False
    """Replacements write other parts of the text that stands here."""
    declared: str = ""
    """The object's name before anything renamed it."""


@dataclass(frozen=True, slots=True)
class _Author:
    """The writer that counts, and where the piece stands in what it wrote, if that is known."""

    writing: Writing
    span: Span | None = None
    partly: bool = False


def trace(
    spot: Spot,
    origin: Origin | None,
    graph: Graph,
    tree: Tree,
    source: Source,
    pages: Pages | None = None,
    piece: Piece | None = None,
    edits: Passage | None = None,
) -> Traced:
    """The place in a file where the field of a rendered object is written, or its nearest parent that exists.

    `pages` keeps what was read: make one for a run. `piece` is what matters of the field's text, to point at its line
    in a text of many lines (a script, a file in a ConfigMap). `edits` is the last layer, where an Application has
    overrides (see `overriding`). Never raises for what the files contain.
    """
    pages = pages or Pages(tree)
    found = trail(spot.resource, origin, graph, pages, source, edits)
    if found is None:
        return Traced(_brought_in(spot.resource, origin, graph, source))
    author = _traced(spot, found, source, pages, piece)
    writing = author.writing
    place = writing.location if piece is None else narrowed(writing, piece, author.span, pages)
    return Traced(place, writing.by, writing.copies, author.partly, found.declaration.name)


def _brought_in(resource: Resource, origin: Origin | None, graph: Graph, source: Source) -> Location:
    """For a Helm chart, or a resource whose origin was lost: the file that brings it in."""
    if source.chart is not None:
        return Location(f"{source.path}/Chart.yaml")
    layer = graph.get(source.path)
    known = (origin.configured_in or origin.path) if origin else ""
    return Location(known or (layer.file if layer else resource.source or source.path))


def _traced(spot: Spot, found: Trail, source: Source, pages: Pages, piece: Piece | None) -> _Author:
    known = steps(spot.resource.data, spot.route)
    missing = spot.route[len(known) :]
    if missing:
        removed = _removed(spot.resource, known, missing, found, source, pages)
        if removed is not None:
            return _Author(removed)
    for length in range(len(known), 0, -1):
        field = Field(spot.resource, known[:length], _value(spot.resource.data, known[:length]))
        nearest = bool(missing) or length < len(known)
        written = writings(field, found, source, pages)
        if piece is not None and not nearest and (partly := _beneath(written, field, piece)) is not None:
            return partly
        chosen = _chosen(written, field, found, nearest)
        if chosen is not None:
            kept = not nearest and equal(chosen.value, field.value)
            return _Author(chosen, piece.span if piece is not None and kept else None)
    return _Author(Writing(found.declaration.place(())))


def _beneath(written: list[Writing], field: Field, piece: Piece) -> _Author | None:
    """Where replacements write only parts of the text: who wrote the part that is wrong."""
    if piece.part is None or not isinstance(field.value, str):
        return None
    above: list[Splice] = []
    for writing in reversed(written):
        if writing.splice is None:
            return _below(writing, above[::-1], field.value, piece.span)
        if overlap(writing.splice.span(field.value), piece.part):
            return _Author(writing)
        above.append(writing.splice)
    return None


def _below(writing: Writing, splices: list[Splice], text: str, span: Span | None) -> _Author | None:
    if splices and writing.by == NAME:
        return _Author(writing, partly=True)
    if not splices or not isinstance(writing.value, str):
        return None
    same, before = undone(text, writing.value, splices, span)
    return _Author(writing, before, partly=True) if same else None


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
