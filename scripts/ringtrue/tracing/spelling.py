"""How a YAML scalar is spelt in its file: at which line and column each run of its text stands."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from ringtrue.findings import Location

_PROPERTIES = re.compile(r"(?:[!&]\S*[ \t]+)*")
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})|(?P<c>.))"
)
_ESCAPED = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_SPECIAL = {"'": re.compile("'"), '"': re.compile(r'[\\"]')}


@dataclass(frozen=True, slots=True)
class Run:
    """`[start, end)` of the text, `width` columns from `column` on; only an escape is wider than its text."""

    start: int
    end: int
    line: int
    column: int
    width: int


class _Otherwise(Exception):
    """The file holds another text there."""


def spelt(rows: Sequence[str], place: Location, text: str) -> tuple[Run, ...]:
    """The runs of the scalar at a place; () where something else than `text` stands there. `rows`: the file's lines.

    Line breaks, and the blanks that folding puts in their place, belong to no run.
    """
    column = place.column - 1
    if place.line > len(rows):
        return ()
    opening = rows[place.line - 1]
    if properties := _PROPERTIES.match(opening, column):
        column = properties.end()
    style = opening[column : column + 1]
    try:
        if style == "|":
            return tuple(_literal(rows, place.line, text))
        if style == ">":
            return tuple(_folded(rows, place.line, text))
        return tuple(_flow(rows, place, column, style if style in _SPECIAL else "", text))
    except _Otherwise:
        return ()


def placed(runs: Sequence[Run], path: str, start: int, end: int) -> Location | None:
    """Where a run of the text stands in the file."""
    first, last = _holding(runs, start), _holding(runs, end - 1)
    if first is None or last is None:
        return None
    after = last.width if end == last.end else end - last.start
    return Location(path, first.line, first.column + start - first.start, last.line, last.column + after)


def _holding(runs: Sequence[Run], at: int) -> Run | None:
    before = bisect_right(runs, at, key=lambda run: run.start)
    return runs[before - 1] if before and at < runs[before - 1].end else None


def _literal(rows: Sequence[str], at: int, text: str) -> Iterator[Run]:
    """A `|` block whose first line is `rows[at]`; how far it is indented is known from the text, whatever its head."""
    lines = text.split("\n")
    indent = _indent(rows, at, lines)
    start = 0
    for row, line in enumerate(lines, at):
        if line:
            if row >= len(rows) or rows[row][indent:] != line:
                raise _Otherwise
            yield Run(start, start + len(line), row + 1, indent + 1, len(line))
        start += len(line) + 1


def _indent(rows: Sequence[str], at: int, lines: Sequence[str]) -> int:
    for row, line in enumerate(lines, at):
        if line.strip() and row < len(rows):
            return max(0, len(rows[row]) - len(line))
    raise _Otherwise


def _folded(rows: Sequence[str], at: int, text: str) -> Iterator[Run]:
    """A `>` block: between its lines stand a blank, or as many line breaks as the folding leaves."""
    first = next((row for row in range(at, len(rows)) if rows[row].strip()), len(rows) - 1)
    lead = text.lstrip("\n")
    indent = max(0, _leading(rows[first]) - _leading(lead))
    start, row = 0, first
    while start < len(text.rstrip("\n")):
        line = rows[row][indent:] if row < len(rows) else ""
        if not line:
            if row >= len(rows):
                raise _Otherwise
            row += 1
            continue
        while not text.startswith(line, start):
            if text[start : start + 1] not in ("\n", " "):
                raise _Otherwise
            start += 1
        yield Run(start, start + len(line), row + 1, indent + 1, len(line))
        start, row = start + len(line), row + 1


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _flow(rows: Sequence[str], place: Location, at: int, quote: str, text: str) -> Iterator[Run]:
    """A plain or quoted scalar, which may go on for some lines."""
    row, at, start = place.line - 1, at + len(quote), 0
    while start < len(text):
        rest = rows[row][at:]
        joined = quote == '"' and rest == "\\"
        width = 0
        if joined or not rest.strip():
            row, between = _next(rows, row, place.end_line)
            between = between.strip(" ") if joined else between
            at = len(rows[row]) - len(rows[row].lstrip())
        else:
            between, width = _taken(rows[row], at, place.end_column - 1 if row == place.end_line - 1 else None, quote)
        if not text.startswith(between, start):
            raise _Otherwise
        if width:
            yield Run(start, start + len(between), row + 1, at + 1, width)
        start, at = start + len(between), at + width


def _next(rows: Sequence[str], row: int, end_line: int) -> tuple[int, str]:
    """The next line with text, and what a break before it is folded to."""
    for following in range(row + 1, min(end_line, len(rows))):
        if rows[following].strip():
            return following, "\n" * (following - row - 1) or " "
    raise _Otherwise


def _taken(row: str, at: int, end: int | None, quote: str) -> tuple[str, int]:
    """The next run of a line as text, and how wide it is there."""
    special = _SPECIAL[quote].search(row, at) if quote else None
    if special is None or special.start() > at:
        text = row[at : special.start()] if special else row[at:end].rstrip()
        return text, len(text) or _other()
    if row.startswith("''", at):
        return "'", 2
    escape = _ESCAPE.match(row, at) or _other()
    number = escape["x"] or escape["u"] or escape["U"]
    return (chr(int(number, 16)) if number else _ESCAPED.get(escape["c"], "")), len(escape[0])


def _other() -> NoReturn:
    raise _Otherwise
