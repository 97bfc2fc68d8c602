"""`ringtrue check --format markdown`: a comment, or the summary of a job: figures, a table by environment, findings."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ringtrue.checking import Report
from ringtrue.findings import Finding, Severity
from ringtrue.reports.finding_markdown import LONG, SHORT, fault
from ringtrue.reports.markdown import LONGEST, folded, said, units
from ringtrue.reports.selection import gravest_first, named, shown
from ringtrue.reports.summary import Counts, count, counted, unchecked

ROWS = 20
"""Environments, and findings, that are shown before unfolding."""
_SOURCES = 3
_RESERVE = 500


def render(report: Report, *, notes: bool = False) -> str:
    """The gravest findings first; folded, all of them where that is more. Those that do not fit are counted."""
    findings = gravest_first(shown(report, notes=notes))
    above = "\n".join((f"### ringtrue: {_verdict(report)}", *_figures(report), *_table(report), *_list(findings)))
    return "\n\n".join(filter(None, (above, _full(findings, LONGEST - _RESERVE - units(above))))) + "\n"


def _verdict(report: Report) -> str:
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"


def _figures(report: Report) -> Iterator[str]:
    counts = count(each.proof for each in report.references)
    yield ""
    yield (
        f"{counted(len(report.looked_at), 'environment')}; {counted(counts.all, 'reference')}: {counts.proved} proved, "
        f"{counts.refuted} refuted, {counts.unknown} unknown, {counts.external} external"
    )
    if report.known is not None:
        yield ""
        yield f"known from the baseline, not shown: {counted(report.known, 'finding')}"
    left = unchecked(report.environments)
    for sentence in left[:_SOURCES]:
        yield ""
        yield said(sentence, LONG)
    if len(left) > _SOURCES:
        yield ""
        yield f"and more that is not checked, for {counted(len(left) - _SOURCES, 'other reason')}"


def _table(report: Report) -> Iterator[str]:
    """Those with the most errors first, where there are more than are shown."""
    found = list(report.looked_at)
    if not found:
        return
    faults = Counter((name, each.severity) for each in report.findings for name in each.environments)
    if len(found) > ROWS:
        found.sort(key=lambda each: -faults[each.name, Severity.ERROR])
    yield ""
    yield "| environment | errors | warnings | proved | refuted | unknown | external |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for each in found[:ROWS]:
        counts = count(checked.proof for checked in report.references if checked.environment == each.name)
        figures = (faults[each.name, Severity.ERROR], faults[each.name, Severity.WARNING], *_of(counts))
        yield f"| {said(each.name, SHORT)} | {' | '.join(map(str, figures))} |"
    if len(found) > ROWS:
        yield ""
        yield f"and {counted(len(found) - ROWS, 'environment')} more"


def _of(counts: Counts) -> tuple[int, ...]:
    return (counts.proved, counts.refuted, counts.unknown, counts.external)


def _list(findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield ""
    for each in findings[:ROWS]:
        yield _line(each, short=True)


def _line(finding: Finding, *, short: bool) -> str:
    kind = finding.severity.value
    names = said(named(finding.environments), SHORT if short else None)
    word = f"**{kind}**" if finding.severity is Severity.ERROR else kind
    return f"- {word}{f' in {names}' if names else ''}: {fault(finding, short=short)}"


def _full(findings: Sequence[Finding], room: int) -> str:
    if len(findings) <= ROWS and all(_line(each, short=False) == _line(each, short=True) for each in findings):
        return ""
    kept: list[str] = []
    for finding in findings:
        line = _line(finding, short=False)
        room -= units(line) + 1
        if room < 0:
            break
        kept.append(line)
    left = len(findings) - len(kept)
    more = ["", f"{counted(left, 'finding')} more left out: a comment holds {LONGEST:,} letters."] if left else []
    return folded(f"all {counted(len(findings), 'finding')}", "\n".join((*kept, *more)).lstrip())
