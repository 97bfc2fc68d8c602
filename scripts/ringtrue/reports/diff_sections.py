"""The parts of a difference in Markdown: a table of connections for the environments that share it, and findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.changes import Change, Difference, FindingChange, Group, grouped
from ringtrue.findings import Finding, Severity
from ringtrue.reports.connection_words import called
from ringtrue.reports.diff_connections import outcome, why
from ringtrue.reports.diff_findings import no_longer_found
from ringtrue.reports.diff_summary import WORDS
from ringtrue.reports.finding_markdown import LONG, SHORT, fault
from ringtrue.reports.markdown import code, said
from ringtrue.reports.selection import named

_TABLE = ("| connection | | what to know |", "|---|---|---|")
_RANKS = {Change.BROKEN: 0, Change.TURNED_UNKNOWN: 2}
_NEW = {Severity.ERROR: 1, Severity.WARNING: 3, Severity.NOTE: 6}
_OTHER, _GONE = 4, 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of Markdown, and the same with nothing left out; what has the lowest `rank` matters most."""

    rank: int
    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    opening: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def overhead(self) -> int:
        """Lines beside those of the rows."""
        return len(self.opening) + 3

    def lines(self, rows: Sequence[str]) -> list[str]:
        return ["", f"#### {self.title}", "", *self.opening, *rows]


def sections(difference: Difference, *, notes: bool) -> list[Section]:
    """None of them is empty."""
    return [*_tables(difference), *_lists(difference, notes)]


def _tables(difference: Difference) -> Iterator[Section]:
    """Environments in which the same became of the same connections have one table together."""
    groups = grouped(difference.connections)
    faults = {each.finding.fingerprint: each.finding for each in difference.findings if each.gained}
    members: dict[tuple[int, ...], list[str]] = {}
    for name in difference.environments:
        own = tuple(number for number, group in enumerate(groups) if name in {each.environment for each in group})
        if own:
            members.setdefault(own, []).append(name)
    for own, names in members.items():
        parts = [tuple(each for each in groups[number] if each.environment in names) for number in own]
        rows = tuple(_connection(part, faults) for part in parts)
        yield Section(said(named(names), LONG) or "connections", _TABLE, rows)


def _connection(group: Group, faults: Mapping[str, Finding]) -> Row:
    change = group[0].change
    words = f"**{WORDS[change]}**" if change is Change.BROKEN else WORDS[change]
    rows = []
    for short in (True, False):
        told = f"{said(called(group), LONG if short else None)} | {words} | {_known(group, faults, short)}"
        rows.append(f"| {told} |")
    return Row(_RANKS.get(change, _OTHER), *rows)


def _known(group: Group, faults: Mapping[str, Finding], short: bool) -> str:
    """What breaks it, and what mends that; of any other change the verdict."""
    change = group[0]
    if change.change is Change.BROKEN:
        names = [name for name in change.findings if name in faults]
        if names:
            kept = names[:1] if short else names
            return "<br>".join(fault(faults[name], short=short) for name in kept)
    longest = LONG if short else None
    if change.change in (Change.BROKEN, Change.TURNED_UNKNOWN):
        return said(why(change), longest)
    return said(outcome(change), longest)


def _lists(difference: Difference, notes: bool) -> Iterator[Section]:
    told = {name for each in difference.connections if each.change is Change.BROKEN for name in each.findings}
    kinds = (Severity.ERROR, Severity.WARNING, Severity.NOTE) if notes else (Severity.ERROR, Severity.WARNING)
    for kind in kinds:
        found = [each for each in difference.findings if each.gained and each.finding.severity is kind]
        left = [each for each in found if each.finding.fingerprint not in told]
        if left:
            beside = ", beside those above" if len(left) < len(found) else ""
            rows = (Row(_NEW[kind], _new(each, True), _new(each, False)) for each in left)
            yield Section(f"new {kind.value}s{beside}", (), tuple(rows))
    gone = no_longer_found(difference, verbose=notes)
    if gone:
        yield Section("no longer found", (), tuple(Row(_GONE, _gone(each, True), _gone(each, False)) for each in gone))


def _new(change: FindingChange, short: bool) -> str:
    return f"- {_seen(change, short)}{fault(change.finding, short=short)}"


def _gone(change: FindingChange, short: bool) -> str:
    message = said(change.finding.message, LONG if short else None)
    return f"- {change.finding.severity.value} {_seen(change, short)}{message} {code(change.finding.rule)}"


def _seen(change: FindingChange, short: bool) -> str:
    names = named(change.environments)
    return f"{said(names, SHORT if short else None)}: " if names else ""
