"""The report for people: one block a finding, the proofs under `-v`, one line of figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ringtrue.checking import Report
from ringtrue.checking.baseline import Known
from ringtrue.findings import Severity
from ringtrue.reports.assumed import assumed
from ringtrue.reports.block import block
from ringtrue.reports.chain import chain
from ringtrue.reports.lines import Line, clean, plain
from ringtrue.reports.overview import overview
from ringtrue.reports.summary import count, counted, unchecked


@dataclass(frozen=True, slots=True)
class View:
    """Which parts are shown."""

    proofs: bool = False
    """Every proof; and what was assumed, in full."""
    notes: bool = False
    summary: bool = True
    configured: bool = True
    """Whether there is a `ringtrue.toml`; a long report advises to write one."""


def render(report: Report, view: View) -> str:
    return plain(lines(report, view))


def lines(report: Report, view: View) -> Iterator[Line]:
    """The report line by line; findings in their order, proofs grouped by environment."""
    if view.proofs:
        yield from _proofs(report)
    shown = [each for each in report.findings if view.notes or each.severity is not Severity.NOTE]
    if view.summary:
        yield from overview(shown, configured=view.configured)
    for finding in shown:
        yield from block(finding)
    if view.summary:
        yield from _summary(report)
        yield from assumed(report.assumptions, in_full=view.proofs)


def _proofs(report: Report) -> Iterator[Line]:
    for name, checked in groupby(report.references, lambda each: each.environment):
        yield ((f"environment {clean(name)}" if name not in ("", ".") else "the one environment", "heading"),)
        for each in checked:
            yield from chain(each)
        yield ()


def _summary(report: Report) -> Iterator[Line]:
    counts = count(each.proof for each in report.references)
    unread = f" ({counts.unread} of them with no part of the host known)" if counts.unread else ""
    figures = (
        f"{counted(counts.all, 'reference')}: {counts.proved} proved, {counts.refuted} refuted, "
        f"{counts.unknown} unknown{unread}, {counts.external} external"
    )
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    if not counts.proved + counts.refuted:
        figures += " (no reference was decided)"
    yield (
        (f"{counted(len(report.looked_at), 'environment')}; {figures}; ", ""),
        (counted(errors, "error"), "error" if errors else "good"),
        (", ", ""),
        (counted(warnings, "warning"), "warning" if warnings else "good"),
    )
    if report.known is not None:
        yield from _baseline(report.known, report.gone)
    for said in unchecked(report.environments):
        yield ((clean(said), "warning"),)
    if report.skipped:
        aside = ", ".join(counted(number, what) for what, number in sorted(report.skipped.items()))
        yield ((f"left aside: {clean(aside)}", "faint"),)


def _baseline(known: int, gone: tuple[Known, ...]) -> Iterator[Line]:
    yield ((f"known from the baseline, not shown: {counted(known, 'finding')}", "faint"),)
    if gone:
        again = "write it anew: ringtrue check --format json --output FILE"
        yield ((f"no longer found, but in the baseline: {counted(len(gone), 'finding')}; {again}", "faint"),)
    for each in gone:
        yield ((f"  {clean(each.path)}: {clean(each.message)} [{clean(each.rule)}]", "faint"),)
