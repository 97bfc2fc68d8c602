"""A finding for people: the line to edit, what is wrong with it, what mends it, what else has to do with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ringtrue.checking.quoting import Quotes
from ringtrue.findings import Finding, Location
from ringtrue.reports.excerpt import WIDTH, excerpt
from ringtrue.reports.lines import Line, Style, clean

_FEW = 1
"""Lines of more other ends than this, such as of callers, are not shown."""
_SHORT = 100
"""A longer line of another end is not shown."""


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of files that may be shown, and how wide they may be."""

    quotes: Quotes = field(default_factory=dict)
    width: int = WIDTH


NONE = Source()


def block(finding: Finding, source: Source = NONE) -> Iterator[Line]:
    """With the line of the file where `source` has it."""
    yield (
        (clean(str(finding.location)), "place"),
        (": ", ""),
        (finding.severity.value, finding.severity.value),
        (f": {clean(finding.message)} ", ""),
        (f"[{finding.rule}]", "rule"),
    )
    yield from _line(finding.location, finding.severity.value, source)
    names = ", ".join(name for name in finding.environments if name not in ("", "."))
    if names:
        yield (("  seen in: ", "faint"), (clean(names), ""))
    if finding.hint:
        yield (("  hint: ", "faint"), (clean(finding.hint), ""))
    told = {(finding.location.path, finding.location.line)}
    for related in finding.related:
        other = related.location
        place = f"{other.path}:{other.line}"
        yield (("  related: ", "faint"), (clean(place), "place"), (f": {clean(related.message)}", ""))
        at = (other.path, other.line)
        if len(finding.related) <= _FEW and at not in told and len(source.quotes.get(at, "").strip()) <= _SHORT:
            yield from _line(other, "note", source)
        told.add(at)


def _line(place: Location, style: Style, source: Source) -> Iterator[Line]:
    row = source.quotes.get((place.path, place.line), "")
    if row.strip():
        yield from excerpt(row, place, style, source.width)
