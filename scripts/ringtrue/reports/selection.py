"""Which findings a report for people shows, and in which order."""

from collections.abc import Iterable

from ringtrue.checking import Report
from ringtrue.findings import Finding, Severity

_ORDER = tuple(Severity)


def shown(report: Report, *, notes: bool) -> list[Finding]:
    """In report order; notes only where they are asked for."""
    return [each for each in report.findings if notes or each.severity is not Severity.NOTE]


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, notes; each kind in report order. For readers that stop after a number of findings."""
    return sorted(findings, key=lambda finding: _ORDER.index(finding.severity))


def named(environments: Iterable[str]) -> str:
    """`dev, prod`; the one unnamed environment is not worth a word."""
    return ", ".join(name for name in environments if name not in ("", "."))
