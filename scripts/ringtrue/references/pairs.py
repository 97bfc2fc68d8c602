"""Host and port under two keys of a text: `redis.host` and `redis.port`, `host:` above `port:`, `host=a port=1`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ringtrue.references.files import Line
from ringtrue.references.keys import normal, stem
from ringtrue.references.scanning import Hit

_NUMBER = re.compile(r"\d{1,5}")
_ALONE = frozenset({"PORT", "PORT_VALUE"})
_BESIDE = re.compile(r"(?:^|[\s;])port=(?P<port>\d{1,5})(?=[\s;]|$)", re.IGNORECASE)

_Port = tuple[int, tuple[int, int]]
"""A port, and the run of the file that says it."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The ports of one file, for the hosts that say none."""

    lines: Sequence[Line]
    _ports: dict[str, list[_Port]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            port = _port(line) if line.key[-4:].lower() == "port" else None
            if port is not None:
                self._ports.setdefault(normal(line.key), []).append(port)

    def completed(self, hit: Hit, index: int) -> Hit:
        """The hit of a line with the port of its sibling, when there is just one; `hit` has its place in the file."""
        line = self.lines[index]
        if not hit.bare or hit.port is not None or not line.key:
            return hit
        prefix = stem(line.key)
        known = self._ports.get(f"{prefix}_PORT", []) if prefix else self._beside(index)
        if len(known) != 1:
            return hit
        number, at = known[0]
        return replace(hit, port=number, port_at=at, bare=False)

    def _beside(self, index: int) -> list[_Port]:
        """The port on the next line, or on the one before, as far indented."""
        for first, other in ((index, index + 1), (index - 1, index - 1)):
            if 0 <= other < len(self.lines) and normal(self.lines[other].key) in _ALONE:
                port = _port(self.lines[other]) if _adjoin(self.lines[first], self.lines[first + 1]) else None
                if port is not None:
                    return [port]
        return []


def beside(hit: Hit, text: str) -> Hit:
    """The hit of `host=db port=5432`, words of one text."""
    found = _BESIDE.search(text) if hit.bare and hit.port is None else None
    if found is None or not 0 < int(found["port"]) < 65536:
        return hit
    return replace(hit, port=int(found["port"]), port_at=found.span("port"), bare=False)


def _port(line: Line) -> _Port | None:
    for start, end in line.values:
        if _NUMBER.fullmatch(line.text, start, end) and 0 < int(line.text[start:end]) < 65536:
            return int(line.text[start:end]), (line.start + start, line.start + end)
    return None


def _adjoin(one: Line, other: Line) -> bool:
    """Whether two lines are as far indented, with no line between them: a heading may stand there."""
    return _depth(one) == _depth(other) and other.start - one.start - len(one.text) <= len("\r\n")


def _depth(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" -"))
