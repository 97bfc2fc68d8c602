"""The report for people: one block a finding, the proofs under `-v`, one line of figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ringtrue.checking import Report
from ringtrue.checking.baseline import Known
from ringtrue.findings import Severity
from ringtrue.reports.assumed import assumed
from ringtrue.reports.block import Source, block
from ringtrue.reports.chain import chain
from ringtrue.reports.lines import Line, clean, plain
from ringtrue.reports.overview import overview
from ringtrue.reports.summary import count, counted, named, unchecked


@dataclass(frozen=True, slots=True)
class View:
    """Which parts are shown."""

    proofs: bool = False
    """Every proof; and what was assumed, in full."""
    notes: bool = False
    summary: bool = True
    configured: bool = True
    """Whether there is a `ringtrue.toml`; a long report advises to write one."""
    source: Source = field(default_factory=Source)
    """Lines to show below the findings; none of them makes the concise form."""


def render(report: Report, view: View) -> str:
    return plain(lines(report, view))


def lines(report: Report, view: View) -> Iterator[Line]:
    """The report line by line; findings in their order, proofs grouped by environment."""
    if view.proofs:
        yield from _proofs(report)
    shown = [each for each in report.findings if view.notes or each.severity is not Severity.NOTE]
    for finding in shown:
        yield from block(finding, view.source)
        if view.source.quotes:
            yield ()
    if view.summary:
        yield from overview(shown, configured=view.configured)
        yield from assumed(report.assumptions, in_full=view.proofs)
        yield from _summary(report)


def _proofs(report: Report) -> Iterator[Line]:
    for name, checked in groupby(report.references, lambda each: each.environment):
        yield ((f"environment {clean(name)}" if name not in ("", ".") else "the one environment", "heading"),)
        for each in checked:
            yield from chain(each)
        yield ()


def _summary(report: Report) -> Iterator[Line]:
    """What was left out, then the figures: the last line is the one that is read first."""
    if report.known is not None:
        yield from _baseline(report.known, report.gone)
    if report.skipped:
        aside = ", ".join(counted(number, what) for what, number in sorted(report.skipped.items()))
        yield ((f"left aside: {clean(aside)}", "faint"),)
    for said in unchecked(report.environments):
        yield ((clean(said), "warning"),)
    yield _figures(report)


def _figures(report: Report) -> Line:
    counts = count(each.proof for each in report.references)
    unread = f" ({counts.unread} of them with no part of the host known)" if counts.unread else ""
    figures = (
        f"{counted(counts.all, 'reference')}: {counts.proved} proved, {counts.refuted} refuted, "
        f"{counts.unknown} unknown{unread}, {counts.external} external"
    )
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    if not counts.proved + counts.refuted:
        figures += " (no reference was decided)"
    return (
        (f"{counted(len(report.looked_at), 'environment')}{clean(named(report.looked_at))}; {figures}; ", ""),
        (counted(errors, "error"), "error" if errors else "good"),
        (", ", ""),
        (counted(warnings, "warning"), "warning" if warnings else "good"),
        (f" in {counted(len(files), 'file')}" if len(files := _files(report)) > 1 else "", ""),
    )


def _files(report: Report) -> set[str]:
    return {each.location.path for each in report.findings if each.severity is not Severity.NOTE}


def _baseline(known: int, gone: tuple[Known, ...]) -> Iterator[Line]:
    yield ((f"known from the baseline, not shown: {counted(known, 'finding')}", "faint"),)
    if gone:
        again = "write it anew: ringtrue check --format json --output FILE"
        yield ((f"no longer found, but in the baseline: {counted(len(gone), 'finding')}; {again}", "faint"),)
    for each in gone:
        yield ((f"  {clean(each.path)}: {clean(each.message)} [{clean(each.rule)}]", "faint"),)
