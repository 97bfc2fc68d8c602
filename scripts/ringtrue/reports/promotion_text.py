"""What `ringtrue gate promote` says: what moves, the commits, the answer of the gate, and the push that is right."""

from collections.abc import Iterator

from ringtrue.gates.gate import Answer
from ringtrue.gates.promoting import Promotion
from ringtrue.gates.refs import brief, short
from ringtrue.reports import gate_text
from ringtrue.reports.lines import Line, clean
from ringtrue.reports.summary import counted


def lines(promotion: Promotion, answer: Answer) -> Iterator[Line]:
    """The push is printed only when the gate accepts it."""
    update = promotion.update
    name, source = short(update.ref), short(promotion.source)
    if update.old == update.new:
        yield ((clean(name), "place"), (f" is at {brief(update.new)}, as {clean(source)} is: nothing to promote", ""))
        return
    where = f"from {brief(update.old)}" if update.old else "for the first time"
    yield (
        (clean(name), "place"),
        (f" would move {where} to {brief(update.new)} of {clean(source)}: {counted(promotion.count, 'commit')}", ""),
    )
    yield from (((f"  {clean(each)}", "faint"),) for each in promotion.commits)
    if promotion.count > len(promotion.commits):
        yield ((f"  and {promotion.count - len(promotion.commits)} before them", "faint"),)
    yield from gate_text.lines(answer)
    if not answer.refusals and not answer.bugs:
        yield (("run: ", "faint"), (clean(promotion.command), ""))
