"""Replacements that write only a part of a text: the rest of it is another writer's."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Splice:
    """What the options `delimiter` and `index` of a replacement's target mean (Kustomize 5.8)."""

    delimiter: str
    index: int

    def span(self, text: str) -> Span:
        """The part that it wrote of a finished text; an index outside stands for a part that it put at that end."""
        parts = text.split(self.delimiter)
        index = min(max(self.index, 0), len(parts) - 1)
        start = sum(len(part) + len(self.delimiter) for part in parts[:index])
        return start, start + len(parts[index])

    def applied(self, text: str, part: str) -> tuple[str, "Edit"]:
        """The text with `part` written into it."""
        parts = text.split(self.delimiter)
        if self.index < 0:
            return self.delimiter.join((part, *parts)), Edit(0, 0, len(part + self.delimiter))
        if self.index >= len(parts):
            return self.delimiter.join((*parts, part)), Edit(len(text), 0, len(self.delimiter + part))
        start = sum(len(each) + len(self.delimiter) for each in parts[: self.index])
        old = parts[self.index]
        parts[self.index] = part
        return self.delimiter.join(parts), Edit(start, len(old), len(part))


@dataclass(frozen=True, slots=True)
class Edit:
    """At `start`, so many characters gave way to so many others."""

    start: int
    old: int
    new: int

    def before(self, span: Span) -> Span:
        """Where a run of the edited text stood before."""
        return self._before(span[0], self.start), self._before(span[1], self.start + self.old)

    def _before(self, at: int, inside: int) -> int:
        if at <= self.start:
            return at
        return at + self.old - self.new if at >= self.start + self.new else inside


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def undone(text: str, before: str, splices: Sequence[Splice], span: Span | None) -> tuple[bool, Span | None]:
    """Whether the splices, in build order, make `text` of `before`, and where the run of the text stands in that."""
    edits: list[Edit] = []
    for splice in splices:
        before, edit = splice.applied(before, text[slice(*splice.span(text))])
        edits.append(edit)
    for edit in reversed(edits):
        span = edit.before(span) if span is not None else None
    return before == text, span
