"""From the field to the piece of its text that matters: the line of a script, the column in a URL."""

import re
from dataclasses import dataclass

from ringtrue.findings import Location
from ringtrue.tracing.pages import Pages
from ringtrue.tracing.replacements import NAME
from ringtrue.tracing.spelling import placed
from ringtrue.tracing.splices import Span
from ringtrue.tracing.writing import Writing

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a field's text: a host, a port."""

    text: str
    span: Span | None = None
    """Where it stands in the field's own text (of a Secret: decoded); None where that is not known."""
    part: Span | None = None
    """The run of the field's text that is wrong: then the place is where that is written, else the last writer's."""


def narrowed(writing: Writing, piece: Piece, span: Span | None, pages: Pages) -> Location:
    """The piece as it stands in the file: where its span says, else where it first stands, else the writer's place.

    `span` is its place in the text that the writer gave.
    """
    if writing.by == NAME:
        return writing.location
    exact = _exact(writing, span, pages) if span is not None else None
    return exact or _first(writing.location, piece.text, pages)


def _exact(writing: Writing, span: Span, pages: Pages) -> Location | None:
    wording, place = writing.wording, writing.location
    if wording is None or not span[0] < span[1] <= len(wording.text) - wording.shift:
        return None
    start, end = (at + wording.shift for at in span)
    if not wording.raw:
        return placed(pages.spelt(place, wording.text), place.path, start, end)
    above, before = wording.text.count("\n", 0, start), wording.text.rfind("\n", 0, start) + 1
    last = wording.text.count("\n", 0, end), wording.text.rfind("\n", 0, end) + 1
    return Location(place.path, place.line + above, start - before + 1, place.line + last[0], end - last[1] + 1)


def _first(place: Location, text: str, pages: Pages) -> Location:
    """The first line of the place that has the text as a word of its own, comments left out; else the place."""
    if not text:
        return place
    word = re.compile(rf"(?<![\w-])(?<!\w\.){re.escape(text)}(?![\w-]|\.\w)")
    rows = pages.rows(place.path)[place.line - 1 : max(place.line, place.end_line)]
    for number, row in enumerate(rows, place.line):
        found = word.search(_COMMENT.sub("", row), place.column - 1 if number == place.line else 0)
        if found:
            return Location(place.path, number, found.start() + 1, number, found.end() + 1)
    return place
