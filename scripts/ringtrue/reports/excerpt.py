"""A line of a file with the stretch that is meant marked under it, cut to what fits."""

from collections.abc import Iterator, Sequence

from ringtrue.findings import Location
from ringtrue.reports.cells import cells
from ringtrue.reports.lines import Line, Style, clean

WIDTH = 120
"""Cells of a line where nothing says how wide the terminal is."""
_TAB = 4
_LEAST = 20
_CUT = "…"


def excerpt(row: str, place: Location, style: Style, width: int = WIDTH) -> Iterator[Line]:
    """Two lines: the row behind its number, and marks under the columns of the place, at least one.

    Of a place that goes on for several lines the first is shown. A tab fills up to the next fourth cell, a control
    character is spelt out, a wide one is marked by two. A row that is too long is cut around the marks.
    """
    shown = _drawn(row.rstrip())
    start = min(place.column - 1, len(shown))
    end = place.end_column - 1 if place.end_line == place.line else len(shown) if place.end_line else start + 1
    end = max(min(end, len(shown)), start + 1)
    gutter = f"  {place.line} | "
    left, right = _window(shown, start, end, max(width - len(gutter) - 2, _LEAST))
    before, after = _CUT if left else "", _CUT if right < len(shown) else ""
    blank = cells("".join(shown[left:start]) + before)
    marks = max(cells("".join(shown[start : min(end, right)])), 1)
    yield ((gutter, "faint"), (before + "".join(shown[left:right]) + after, ""))
    yield ((" " * (len(gutter) - 2) + "| ", "faint"), (" " * blank + "^" * marks, style))


def _drawn(row: str) -> list[str]:
    """What each character looks like."""
    shown: list[str] = []
    used = 0
    for character in row:
        drawn = " " * (_TAB - used % _TAB) if character == "\t" else clean(character)
        used += cells(drawn)
        shown.append(drawn)
    return shown


def _window(shown: Sequence[str], start: int, end: int, room: int) -> tuple[int, int]:
    """From where to where the row is shown: a part before the marks, all of these that fits, what comes after."""
    if cells("".join(shown)) <= room:
        return 0, len(shown)
    left = right = start
    ahead = max(room - cells("".join(shown[start:end])), 0)
    budget = min(ahead, room // 3) if cells("".join(shown[:start])) > ahead else ahead
    while left and cells("".join(shown[left - 1 : start])) <= budget:
        left -= 1
    while right < len(shown) and cells("".join(shown[left : right + 1])) <= room:
        right += 1
    return left, right
