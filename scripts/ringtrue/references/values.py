"""Reads a value, a word or a file: the hosts in it, found once for equal texts."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ringtrue.references import nginx
from ringtrue.references.files import Line, is_dashboard, is_read, lines
from ringtrue.references.keys import KeyPatterns, Meaning
from ringtrue.references.pairs import Pairs, beside
from ringtrue.references.reference import Certainty
from ringtrue.references.scanning import Hit, inside, sql_server, urls, whole

_ITEM = re.compile(r"[^\s,;|\"'\[\]]+")
_WORD = re.compile(r"[^\s;]+")
_ASSIGNED = re.compile(r"[\"']?(?:-{1,2}|-D)?(?P<key>[A-Za-z_][\w.-]*)=")
_LOOKED_UP = ("dns+", "dnssrv+", "dnssrvnoa+")
"""Says that the rest is a name to look up, whatever the key is called (Thanos, Cortex, Mimir, Loki)."""
_LOW_PORTS = frozenset({21, 25, 53})
"""A bare name with another port below 80 is more often an image and its tag (`node:20`)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts under the key patterns and the cluster domain in force; remembers what it has read."""

    keys: KeyPatterns
    domain: str
    images: frozenset[str] = frozenset()
    _values: dict[tuple[str, Meaning], tuple[Hit, ...]] = field(default_factory=dict)
    _files: dict[tuple[str, str], tuple[Hit, ...]] = field(default_factory=dict)

    def value(self, text: str, key: str = "") -> tuple[Hit, ...]:
        """The hosts of a variable's, a flag's or a setting's value; `key` is its name."""
        return self.meant(text, self.keys.meaning(key) if key else Meaning.OTHER)

    def meant(self, text: str, meaning: Meaning) -> tuple[Hit, ...]:
        if (meaning is Meaning.SILENT and not text.startswith(_LOOKED_UP)) or (
            text in self.images and not text.isalnum()
        ):
            return ()
        found = self._values.get((text, meaning))
        if found is None:
            found = self._values[text, meaning] = tuple(self._value(text, meaning is Meaning.HOST))
        return found

    def file(self, name: str, text: str) -> tuple[Hit, ...]:
        """The hosts of a file; comments are left out, each line is on its own."""
        found = self._files.get((name, text))
        if found is None:
            found = self._files[name, text] = tuple(self._file(name, text))
        return found

    def _value(self, text: str, host_key: bool) -> Iterator[Hit]:
        if "\n" in text.strip():
            yield from self._file("", text)
            return
        if ";" in text and (server := sql_server(text)):
            yield server
            return
        taken: list[tuple[int, int]] = []
        for word in _WORD.finditer(text) if "=" in text else ():
            if assigned := _ASSIGNED.match(text, *word.span()):
                taken.append(word.span())
                found = self.value(text[assigned.end() : word.end()].strip("\"'"), assigned["key"])
                quote = text[assigned.end() : assigned.end() + 1] in ("'", '"')
                yield from (beside(moved(hit, assigned.end() + quote), text) for hit in found)
        for hit in self._sure(text):
            if not overlaps(taken, hit.start, hit.end):
                insort(taken, (hit.token, hit.token_end))
                yield hit
        items = list(_ITEM.finditer(text))
        alone = len(items) == 1
        listed = alone or not any(c.isspace() for c in text.replace(", ", ",").strip())
        for item in items:
            if not overlaps(taken, *item.span()):
                yield from self._item(text, *item.span(), host_key, listed)

    def _item(self, text: str, start: int, end: int, host_key: bool, listed: bool) -> Iterator[Hit]:
        if ":" in text[start:end] or host_key or "._" in text[start:end]:
            found = whole(text, start, end, bare=host_key and listed)
            if found and self._plausible(found, text[start:end], host_key):
                # `word:number` alone may be a user and a group, or a name and a limit.
                vague = found.bare or not (host_key or "." in found.host)
                yield replace(found, certainty=Certainty.NAMED) if vague else found

    def _plausible(self, hit: Hit, item: str, host_key: bool) -> bool:
        if item in self.images:
            return False
        return host_key or hit.port is None or "." in hit.host or hit.port >= 80 or hit.port in _LOW_PORTS

    def _sure(self, text: str) -> list[Hit]:
        """URLs, and full in-cluster names outside them, in the order of the text."""
        found = list(urls(text)) if "://" in text or "tcp" in text or "oracle:" in text else []
        if ".svc" in text:
            spans = [(hit.token, hit.token_end) for hit in found]
            names = inside(text, self.domain)
            found += (hit for hit in names if not overlaps(spans, hit.start, hit.end))
            found.sort(key=lambda hit: hit.start)
        return found

    def _file(self, name: str, text: str) -> Iterator[Hit]:
        if not is_read(name) or is_dashboard(text):
            return
        if nginx.speaks(text):
            yield from nginx.hosts(text)
            return
        if not (":" in text or "=" in text or ".svc" in text):
            return
        read = tuple(lines(name, text))
        pairs = Pairs(read)
        for index, line in enumerate(read):
            yield from (pairs.completed(moved(hit, line.start), index) for hit in self._line(line))

    def _line(self, line: Line) -> Iterator[Hit]:
        meaning = self.keys.meaning(line.key) if line.key else Meaning.OTHER
        if meaning is Meaning.SILENT:
            return
        seen: list[tuple[int, int]] = []
        for hit in self._sure(line.text):
            seen.append((hit.token, hit.token_end))
            if not hit.hole or ".svc" in hit.host:
                yield hit
        for start, end in line.values:
            if overlaps(seen, start, end):
                continue
            for hit in self.meant(line.text[start:end], meaning):
                if not hit.hole:
                    yield moved(hit, start)


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a run shares a character with one of the spans, which are sorted and apart."""
    before = bisect_left(spans, (end,))
    return before > 0 and spans[before - 1][1] > start


def moved(hit: Hit, by: int) -> Hit:
    """The hit in a longer text that its own text is a part of."""
    if not by:
        return hit
    return Hit(
        hit.start + by, hit.end + by, hit.host, hit.token + by, hit.token_end + by, hit.port, _shift(hit.port_at, by),
        hit.implied, hit.scheme, hit.port_name, hit.protocol, hit.certainty, hit.bare, hit.hole,
        _shift(hit.open_port, by), hit.literal,
    )  # fmt: skip


def _shift(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (span[0] + by, span[1] + by) if span else None
