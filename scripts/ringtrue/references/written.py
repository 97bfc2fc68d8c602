"""Text that remembers which field wrote which part of it, through expansion and substitution."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ringtrue.cluster.expansion import expand
from ringtrue.manifests.resource import Spot
from ringtrue.references.reference import Via

OPEN = "\ue000"
"""Stands in a text for a part that is not known before the pod runs."""

_MARK = re.compile("[\U000f0000-\U000fffff]")
_MARKS = 0xF0000  # a private plane: one character stands for each variable while kubelet's rules are applied

Run = tuple[int, int, int]
"""`[start, end)` of a text, and where that run stands in the text of its field."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a rendered object that holds text."""

    via: Via
    spot: Spot
    name: str
    """For people: "env HTTPD_HOST"."""
    secret: bool = False

    @property
    def place(self) -> tuple[int, tuple[str | int, ...]]:
        """Equal for equal places: the object by identity, and the route."""
        return id(self.spot.resource), self.spot.route


@dataclass(frozen=True, slots=True)
class Given:
    """A value that names a Service without any DNS: an address that kubelet fills in."""

    text: str
    service: tuple[str, str]
    """(namespace, Service)."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A run of a text that another field wrote, or that is open."""

    start: int
    written: "Written"

    @property
    def end(self) -> int:
        return self.start + len(self.written.text)


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A text after expansion. An open one is `OPEN` alone, with the reason."""

    text: str
    field: Field
    parts: tuple[Part, ...] = ()
    reason: str = ""
    shown: str = ""
    """What an open text looks like in its field: "$(hostname)"."""
    own: bool = False
    """An address or a name of the pod itself, whether it is open or not."""
    service: tuple[str, str] | None = None
    """(namespace, Service) whose address stands here when the pod runs; the text has a name in its place."""
    runs: tuple[Run, ...] = ()
    """The runs that are written in the field itself, in their order."""

    def slice(self, start: int, end: int) -> "Written":
        if start <= 0 and end >= len(self.text):
            return self
        parts = []
        for part in self.parts:
            low, high = max(part.start, start), min(part.end, end)
            if low < high:
                parts.append(Part(low - start, part.written.slice(low - part.start, high - part.start)))
        text = self.text[start:end]
        if self.service is not None and text:
            return Written(text, self.field, shown=self.shown, service=self.service)
        return Written(text, self.field, tuple(parts), runs=_clipped(self.runs, start, end))

    def writer(self, start: int, end: int) -> tuple["Written", int, int]:
        """The innermost text that holds all of a run, and the run's place in it."""
        for part in self.parts:
            known = not part.written.reason and part.written.service is None
            if part.start <= start and end <= part.end and known:
                return part.written.writer(start - part.start, end - part.start)
        return self, start, end

    def standing(self, start: int, end: int) -> tuple[str, str] | None:
        """The Service whose address is, or holds, all of a run."""
        for part in self.parts:
            if part.start <= start and end <= part.end and part.written.service is not None:
                return part.written.service
        return None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a run stands in the field's own text: all of it, else the first of it that is written there."""
        found = _clipped(self.runs, start, end)
        if not found:
            return None
        first, last = found[0], found[-1]
        low, high = first[2], last[2] + last[1] - last[0]
        return (low, high) if high - low == end - start else (low, low + first[1] - first[0])

    def within(self, start: int, end: int) -> Iterator["Written"]:
        """The parts that overlap a run, innermost open ones included."""
        for part in self.parts:
            if part.start < end and start < part.end:
                yield part.written
                yield from part.written.within(max(0, start - part.start), end - part.start)

    def opening(self, start: int, end: int) -> "Written | None":
        """The first open part of a run."""
        if self.reason:
            return self
        return next((part for part in self.within(start, end) if part.reason), None)

    def show(self, start: int, end: int) -> str:
        """A run of the text for people: open parts as they are written, those from a Secret left out."""
        if self.shown:
            return self.shown
        shown, at = list[str](), start
        for part in self.parts:
            low, high = max(part.start, start), min(part.end, end)
            if low < high:
                secret = part.written.field.secret and not self.field.secret
                shown += [
                    self.text[at:low],
                    "***" if secret else part.written.show(low - part.start, high - part.start),
                ]
                at = high
        return "".join((*shown, self.text[at:end]))


def verbatim(text: str, field: Field) -> Written:
    """The text of a field as it is written there."""
    return Written(text, field, runs=((0, len(text), 0),) if text else ())


def opened(field: Field, shown: str, reason: str, own: bool = False) -> Written:
    return Written(OPEN, field, (), reason, shown, own)


def stood_for(field: Field, shown: str, given: Given) -> Written:
    """The address of a Service, under the variable that holds it."""
    return Written(given.text, field, shown=shown, service=given.service)


def joined(field: Field, pieces: Iterable[Written]) -> Written:
    """The pieces one after the other; those of another field, and open ones, stay apart."""
    pieces = tuple(pieces)
    if len(pieces) == 1 and pieces[0].service is None:
        return pieces[0]
    parts: list[Part] = []
    runs: list[Run] = []
    at = 0
    for piece in pieces:
        if piece.reason or piece.service is not None or piece.field is not field:
            parts.append(Part(at, piece))
        else:
            parts += (Part(at + part.start, part.written) for part in piece.parts)
            runs += ((at + start, at + end, there) for start, end, there in piece.runs)
        at += len(piece.text)
    return Written("".join(piece.text for piece in pieces), field, tuple(parts), runs=tuple(runs))


def expanded(text: str, field: Field, variables: Mapping[str, Written]) -> Written:
    """REF-01: kubelet's `$(VAR)` expansion, each value keeping the field that wrote it."""
    if "$(" not in text and "$$" not in text:
        return verbatim(text, field)
    names = list(variables)
    result = expand(text, {name: chr(_MARKS + number) for number, name in enumerate(names)}).text
    pieces: list[Written] = []
    start = at = 0
    for found in _MARK.finditer(result):
        number = ord(found[0]) - _MARKS
        if number < len(names):
            piece, at = _between(result[start : found.start()], text, at, field)
            pieces += (piece, variables[names[number]])
            start, at = found.end(), text.find(")", at) + 1
    pieces.append(_between(result[start:], text, at, field)[0])
    return joined(field, [piece for piece in pieces if piece.text] or pieces[:1])


def _between(text: str, whole: str, at: int, field: Field) -> tuple[Written, int]:
    """A run between two variables, which stands at `at` in the whole; each `$` of it may be a `$$` there."""
    runs: list[Run] = []
    start = 0
    while start < len(text):
        dollar = text.find("$", start + 1)
        end = dollar if dollar >= 0 else len(text)
        at += text[start] == "$" and whole.startswith("$$", at)  # the second of the two stands for both
        if not whole.startswith(text[start:end], at):
            break
        runs.append((start, end, at))
        start, at = end, at + end - start
    return Written(text, field, runs=tuple(runs)), at


def _clipped(runs: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    """What of the runs lies in `[start, end)`, counted from there."""
    return tuple(
        (max(first, start) - start, min(last, end) - start, at + max(first, start) - first)
        for first, last, at in runs
        if first < end and start < last
    )
