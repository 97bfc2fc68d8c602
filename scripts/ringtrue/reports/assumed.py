"""What the verdicts rest on, at the end of a report for people."""

from collections.abc import Iterator, Sequence

from ringtrue.checking.assumptions import Assumption
from ringtrue.reports.lines import Line, clean


def assumed(assumptions: Sequence[Assumption], *, in_full: bool) -> Iterator[Line]:
    """What was assumed of this repository, in full; what is assumed of every cluster, in one line."""
    shorts = [] if in_full else [each.short for each in assumptions if each.short]
    for each in assumptions:
        if in_full or not each.short:
            yield ((f"assumed: {clean(each.sentence)}", "faint"),)
    if shorts:
        yield ((f"assumed: {clean(', '.join(shorts))}; set [cluster] to say otherwise", "faint"),)
