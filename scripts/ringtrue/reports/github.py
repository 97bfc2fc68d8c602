"""`--format github`: workflow commands, which GitHub Actions shows at the lines of a pull request."""

from collections.abc import Iterator

from ringtrue.checking import Report
from ringtrue.findings import Finding, Severity
from ringtrue.reports.lines import clean

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ORDER = tuple(_COMMANDS)


def render(report: Report, *, notes: bool = False) -> str:
    """One command a finding, the gravest first: GitHub shows ten of each kind in a step and drops the others."""
    ordered = sorted(report.findings, key=lambda finding: _ORDER.index(finding.severity))
    return "".join(_command(each) for each in ordered if notes or each.severity is not Severity.NOTE)


def _command(finding: Finding) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in _properties(finding))
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(_message(finding))}\n"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    """Columns only within one line: GitHub refuses them for a range of lines."""
    place = finding.location
    last = place.end_line or place.line
    yield "file", place.path
    yield "line", str(place.line)
    if last == place.line:
        yield "col", str(place.column)
    yield "endLine", str(last)
    if last == place.line and place.end_column:
        yield "endColumn", str(place.end_column)
    yield "title", finding.rule


def _message(finding: Finding) -> str:
    names = ", ".join(name for name in finding.environments if name not in ("", "."))
    lines = [finding.message]
    lines += [f"seen in: {names}"] if names else []
    lines += [f"hint: {finding.hint}"] if finding.hint else []
    lines += [f"related: {each.location.path}:{each.location.line}: {each.message}" for each in finding.related]
    return "\n".join(map(clean, lines))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
