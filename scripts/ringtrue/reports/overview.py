"""Below the findings of a long report, where the eye is when it ends: what there is, the gravest first."""

from collections.abc import Iterator, Sequence

from ringtrue.findings import Finding, Severity
from ringtrue.reports.lines import Line, clean
from ringtrue.reports.summary import counted

MANY = 20
"""More findings than this do not fit on a screen."""

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def overview(findings: Sequence[Finding], *, configured: bool) -> Iterator[Line]:
    """Nothing for a report that can be read at a glance; else a line for each severity and rule, with its first place.

    `configured`: there is a `ringtrue.toml`.
    """
    if len(findings) <= MANY:
        return
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    yield ((f"{counted(len(findings), 'finding')}, from the gravest on; all of them stand above", "heading"),)
    ordered = sorted(groups.items(), key=lambda each: (_ORDER.index(each[0][0]), -len(each[1])))
    for (severity, rule), found in ordered:
        place = f"{found[0].location.path}:{found[0].location.line}"
        more = " and further on" if len(found) > 1 else ""
        yield (
            (f"  {counted(len(found), severity.value):<13} ", severity.value),
            (f"{rule}  ", "rule"),
            (clean(place) + more, "faint"),
        )
    yield from _advice(ordered[0][0][1], configured)


def _advice(gravest: str, configured: bool) -> Iterator[Line]:
    yield ((f"begin with the first line: `ringtrue explain {gravest}` says how to mend it", ""),)
    if not configured:
        yield (("`ringtrue init` writes a ringtrue.toml from what is found here, which makes this shorter", ""),)
    yield (("`ringtrue check --format json --output FILE` and then `--baseline FILE` show only what is new", ""),)
