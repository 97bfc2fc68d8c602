"""`ringtrue diff` for a reviewer: what broke first, then new errors, then what else became of the connections."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from ringtrue.changes import Change, Difference, Sides, grouped
from ringtrue.findings import Severity
from ringtrue.reports.assumed import assumed
from ringtrue.reports.diff_connections import section
from ringtrue.reports.diff_findings import gained, gone
from ringtrue.reports.diff_summary import summary
from ringtrue.reports.lines import Line, plain


@dataclass(frozen=True, slots=True)
class View:
    """Which parts are shown."""

    verbose: bool = False
    """The chain of every change, notes, and what was assumed, in full."""
    summary: bool = True


def render(difference: Difference, sides: Sides, view: View) -> str:
    return plain(lines(difference, sides, view))


def lines(difference: Difference, sides: Sides, view: View) -> Iterator[Line]:
    """The report line by line; an empty line before each part but the first."""
    return dropwhile(lambda line: not line, _parts(difference, sides, view))


def _parts(difference: Difference, sides: Sides, view: View) -> Iterator[Line]:
    if view.summary:
        yield from summary(difference, sides)
    groups = grouped(difference.connections)
    faults = {each.finding.fingerprint: each for each in difference.findings if each.gained}
    told = {name for each in difference.connections if each.change is Change.BROKEN for name in each.findings}
    for change in Change:
        found = [group for group in groups if group[0].change is change]
        if found:
            yield from section(found, faults, verbose=view.verbose)
        if change is Change.BROKEN:
            yield from gained(difference.findings, Severity.ERROR, told)
    for severity in (Severity.WARNING, Severity.NOTE) if view.verbose else (Severity.WARNING,):
        yield from gained(difference.findings, severity, told)
    yield from gone(difference, verbose=view.verbose)
    if view.summary and difference.assumptions:
        yield ()
        yield from assumed(difference.assumptions, in_full=view.verbose)
