"""`--format github`: workflow commands, which GitHub Actions shows at the lines of a pull request.

What GitHub shows of a step: 10 errors, 10 warnings and 10 notices, and 50 of a job; it drops the others without a word,
and cuts a message after 4,096 characters (`_maxCountPerIssueType`, `_maxIssueMessageLength` of its runner). So the
gravest come first, those beyond the limit are plain lines of the log, and the last line says how many these are.
"""

from collections.abc import Iterator, Sequence

from ringtrue.checking import Report
from ringtrue.findings import Finding, Severity
from ringtrue.reports.lines import clean
from ringtrue.reports.selection import gravest_first, named, shown
from ringtrue.reports.summary import counted

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

OF_A_KIND = 10
LONGEST = 4096
"""UTF-16 units, as the runner counts."""
_SHORT = 1000
"""Of what is cut, each line keeps so much, so that a hint is not lost behind a long message."""


def render(report: Report, *, notes: bool = False) -> str:
    """One command a finding as far as GitHub shows them, then one line each; a line of figures where some are left."""
    annotated, left = _split(gravest_first(shown(report, notes=notes)))
    lines = [*map(_command, annotated), *map(_line, left)]
    if left:
        lines.append(_summary(annotated, left))
    return "".join(f"{line}\n" for line in lines)


def _split(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    annotated: list[Finding] = []
    left: list[Finding] = []
    for kind in Severity:
        found = [each for each in findings if each.severity is kind]
        annotated += found[:OF_A_KIND]
        left += found[OF_A_KIND:]
    return annotated, left


def _summary(annotated: Sequence[Finding], left: Sequence[Finding]) -> str:
    """No command: it would take the place of a notice."""
    kinds = (
        f"{counted(len(found), kind.value)} ({_of(annotated, kind)} annotated)"
        for kind in Severity
        if (found := [each for each in (*annotated, *left) if each.severity is kind])
    )
    rest = "the other is" if len(left) == 1 else f"the other {len(left)} are"
    return f"ringtrue: GitHub annotates {OF_A_KIND} of a kind: {', '.join(kinds)}; {rest} in the lines above"


def _of(findings: Sequence[Finding], kind: Severity) -> int:
    return sum(each.severity is kind for each in findings)


def _line(finding: Finding) -> str:
    """A line of the log that is no command, whatever a path or a message holds: `::` counts where a line begins, the
    runner's older `##[` anywhere."""
    text = clean(f"{finding.location}: {finding.severity.value}: {finding.message} [{finding.rule}]")
    return f"- {text.replace('##[', '## [')}"


def _command(finding: Finding) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in _properties(finding))
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(_message(finding))}"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    """Columns only within one line: GitHub refuses them for a range of lines."""
    place = finding.location
    last = place.end_line or place.line
    yield "file", clean(place.path)
    yield "line", str(place.line)
    if last == place.line:
        yield "col", str(place.column)
    yield "endLine", str(last)
    if last == place.line and place.end_column:
        yield "endColumn", str(place.end_column)
    yield "title", finding.rule


def _message(finding: Finding) -> str:
    names = named(finding.environments)
    lines = [finding.message]
    lines += [f"seen in: {names}"] if names else []
    lines += [f"hint: {finding.hint}"] if finding.hint else []
    lines += [f"related: {each.location.path}:{each.location.line}: {each.message}" for each in finding.related]
    return _fitting(list(map(clean, lines)))


def _fitting(lines: list[str]) -> str:
    """The lines whole where all fit, else short ones; those at the end that do not fit are counted."""
    text = "\n".join(lines)
    if _units(text) <= LONGEST:
        return text
    short = [line if len(line) <= _SHORT else f"{line[:_SHORT]}..." for line in lines]
    kept = len(short)
    while _units(text := "\n".join((*short[:kept], *_more(len(short) - kept)))) > LONGEST:
        kept -= 1
    return text


def _more(left: int) -> list[str]:
    return [f"and {counted(left, 'line')} more"] if left else []


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
