"""Findings gained and lost."""

from collections.abc import Callable, Iterator

from ringtrue.changes.difference import FindingChange
from ringtrue.checking import Report
from ringtrue.checking.namespaces import neutral
from ringtrue.config import FILE
from ringtrue.findings import Finding

_Key = tuple[str, str, str]


def faults(before: Report, after: Report) -> Iterator[FindingChange]:
    """The findings of one side that the other does not have, in the order of the reports, gained ones first.

    A finding is told by its fingerprint, which holds no line number, its severity, and each environment that shows
    it. One that says the same of the same object, which only went to another file or namespace, is no change. Both
    sides are judged by the settings of the second: what the first has against those settings is nothing that it had.
    """
    old, new = _Known(before), _Known(after)
    yield from _missing(after, new, old, gained=True)
    for change in _missing(before, old, new, gained=False):
        if change.finding.location.path != FILE:
            yield change


def _missing(report: Report, here: "_Known", there: "_Known", *, gained: bool) -> Iterator[FindingChange]:
    for finding in report.findings:
        missing = [name for name in finding.environments or ("",) if not there.has(here, finding, name)]
        if missing:
            yield FindingChange(gained, finding, tuple(filter(None, missing)) if finding.environments else ())


class _Known:
    """The findings of a report by what they are told by."""

    def __init__(self, report: Report) -> None:
        self.asides = {each.name: neutral(each) for each in report.environments}
        shown = [(each, name) for each in report.findings for name in each.environments or ("",)]
        self.prints = {(each.fingerprint, each.severity.value, name) for each, name in shown}
        self.words = {self.said(each, name) for each, name in shown}

    def has(self, other: "_Known", finding: Finding, name: str) -> bool:
        told = (finding.fingerprint, finding.severity.value, name)
        return told in self.prints or other.said(finding, name) in self.words

    def said(self, finding: Finding, name: str) -> _Key:
        """Rule, gravity and environment with the words: those of the first environment that shows it."""
        aside: Callable[[str], str] = self.asides.get(next(iter(finding.environments), ""), str)
        subject = f"{finding.object.kind} {finding.object.name}" if finding.object else ""
        words = f"{aside(subject)}: {aside(finding.message)}"
        return (f"{finding.severity.value} {finding.rule}", name, words)
