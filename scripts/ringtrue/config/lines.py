"""Where a key stands in a TOML text: `tomllib` gives values without positions."""

import re
from collections import Counter

from ringtrue.findings import Route

_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_KEYS = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]")
_ASSIGNED = re.compile(rf"\s*({_KEYS})\s*=")


def key_lines(text: str) -> dict[Route, int]:
    """Line (from 1) by route; the entries of `[[table]]` count from 0. Keys inside inline tables are not listed."""
    lines: dict[Route, int] = {}
    entries: Counter[Route] = Counter()
    table: Route = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _split(header[2])
            if header[1] == "[[":
                entries[table] += 1
                lines.setdefault(table, number)
                table = (*table, entries[table] - 1)
            lines.setdefault(table, number)
        elif assigned := _ASSIGNED.match(line):
            lines.setdefault((*table, *_split(assigned[1])), number)
    return lines


def line_of(lines: dict[Route, int], route: Route) -> int:
    """The line of the key, else of the nearest table around it, else 1."""
    while route:
        if route in lines:
            return lines[route]
        route = route[:-1]
    return 1


def _split(keys: str) -> Route:
    return tuple(part.strip("\"'") for part in re.findall(_PART, keys))
