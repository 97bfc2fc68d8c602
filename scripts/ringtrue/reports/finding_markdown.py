"""A finding in Markdown, on one line: where, what, and what mends it."""

from ringtrue.findings import Finding
from ringtrue.reports.markdown import code, said

LONG, SHORT = 300, 120
"""Letters of a sentence and of a name, where little room is left."""


def fault(finding: Finding, *, short: bool) -> str:
    """What else has to do with it only where there is room."""
    longest, name = (LONG, SHORT) if short else (None, None)
    text = f"{code(str(finding.location), name)} {said(finding.message, longest)} {code(finding.rule)}"
    if finding.hint:
        text += f"<br>hint: {said(finding.hint, longest)}"
    for related in finding.related[: 1 if short else None]:
        place = f"{related.location.path}:{related.location.line}"
        text += f"<br>related: {code(place, name)} {said(related.message, name)}"
    return text
