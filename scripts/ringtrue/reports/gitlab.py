"""`--format gitlab`: a code quality report, which GitLab compares between the branches of a merge request.

What GitLab asks of the file:
- one JSON array, without a byte order mark; one object a finding;
- `description`, `fingerprint` and `severity` (info, minor, major, critical, blocker) are strings, `location` has a path
  relative to the root without `./`, and `lines.begin` as an integer; `check_name` says which check it was;
- findings with one fingerprint are shown as one, so that each needs its own; a new fingerprint is a new finding;
- reading stops at the first object that is not valid.

`type`, `categories` and `lines.end` are what the Code Climate specification asks for besides.
"""

from collections.abc import Mapping
from typing import Any

from ringtrue.checking import Report
from ringtrue.findings import Finding, Severity
from ringtrue.reports.json_text import written
from ringtrue.reports.lines import clean
from ringtrue.reports.selection import named, shown

Json = Mapping[str, Any]

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}
"""Code Climate has no plain error: `critical` is what the widget colours like one."""


def render(report: Report, *, notes: bool = False) -> str:
    """One JSON array in ASCII, in report order; `[]` says that everything was mended."""
    return written([_issue(each) for each in shown(report, notes=notes)]) + "\n"


def _issue(finding: Finding) -> Json:
    place = finding.location
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": _description(finding),
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": place.path, "lines": {"begin": place.line, "end": place.end_line or place.line}},
    }


def _description(finding: Finding) -> str:
    """On one line: the widget shows nothing else of a finding."""
    names = named(finding.environments)
    parts = [finding.message, f"hint: {finding.hint}" if finding.hint else "", f"seen in: {names}" if names else ""]
    return clean("; ".join(filter(None, parts)))
