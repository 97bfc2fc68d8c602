"""`ringtrue rules` for people: a line each, as wide as it comes, or in two lines where the terminal is narrow."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from ringtrue.findings import Severity
from ringtrue.manual.shipped import Listed
from ringtrue.reports.lines import Line, Style

Severities = Mapping[str, Severity | None]
"""With the settings here, None for off; a refusal has none."""

_STYLES: Mapping[str, Style] = {"error": "error", "refused": "error", "warning": "warning", "note": "note"}


def lines(listed: Iterable[Listed], severities: Severities, width: int | None) -> Iterator[Line]:
    """Name, class or `gate`, severity here, summary. With `width` None a line each, for grep and awk."""
    rows = list(listed)
    longest = max(len(each.name) for each in rows)
    for each in rows:
        said = graded(each, severities)
        kind = each.entry.rule_class.value if each.entry else "gate"
        head: Line = (
            (f"{each.name:<{longest}}", "rule"),
            (f"  {kind:<8} ", "faint"),
            (f"{said:<8}", _STYLES.get(said, "faint")),
        )
        room = (width or 0) - longest - 20
        if width is None:
            yield (*head, (f" {each.summary}", ""))
        elif room < 40:
            yield head
            yield from (((f"    {part}", ""),) for part in wrap(each.summary, max(width - 4, 20)))
        else:
            first, *rest = wrap(each.summary, room)
            yield (*head, (f" {first}", ""))
            yield from (((" " * (longest + 20) + part, ""),) for part in rest)


def graded(each: Listed, severities: Severities) -> str:
    """The severity here, `off`, or `refused`."""
    if each.entry is None:
        return "refused"
    severity = severities[each.name]
    return severity.value if severity else "off"
