"""A finding for people: the line to edit, what is wrong with it, what mends it, what else has to do with it."""

from collections.abc import Iterator

from ringtrue.findings import Finding
from ringtrue.reports.lines import Line, clean


def block(finding: Finding) -> Iterator[Line]:
    yield (
        (clean(str(finding.location)), "place"),
        (": ", ""),
        (finding.severity.value, finding.severity.value),
        (f": {clean(finding.message)} ", ""),
        (f"[{finding.rule}]", "rule"),
    )
    names = ", ".join(name for name in finding.environments if name not in ("", "."))
    if names:
        yield (("  seen in: ", "faint"), (clean(names), ""))
    if finding.hint:
        yield (("  hint: ", "faint"), (clean(finding.hint), ""))
    for related in finding.related:
        place = f"{related.location.path}:{related.location.line}"
        yield (("  related: ", "faint"), (clean(place), "place"), (f": {clean(related.message)}", ""))
