"""What a gate says: short enough to be read between the lines of a push."""

from collections.abc import Iterator

from ringtrue.checking import Report
from ringtrue.gates.gate import Answer
from ringtrue.gates.refs import Branches, Update, brief, short
from ringtrue.gates.refusal import Refusal
from ringtrue.reports import text
from ringtrue.reports.lines import Line, clean, plain

_ABSENT = "new"


def render(answer: Answer) -> str:
    return plain(lines(answer))


def lines(answer: Answer) -> Iterator[Line]:
    """Refusals, or one line for each ref; then what main is weakened by, and the findings at the lines to edit."""
    for refusal in answer.refusals:
        yield from _refused(refusal)
    if not answer.refusals and not answer.bugs:
        yield from (_accepted(update, answer.branches) for update in answer.updates)
    for each in answer.weakened:
        yield (("weakens: ", "warning"), (f"{clean(each.path)}:{each.line}", "place"), (f": {clean(each.what)}", ""))
    yield from text.lines(Report((), answer.findings), text.View(summary=False))


def _refused(refusal: Refusal) -> Iterator[Line]:
    yield (
        ("refused: ", "error"),
        (clean(refusal.subject), "place"),
        (f": {clean(refusal.sentence)} ", ""),
        (f"[{refusal.rule}]", "rule"),
    )
    if refusal.command:
        yield (("  run: ", "faint"), (clean(refusal.command), ""))


def _accepted(update: Update, branches: Branches) -> Line:
    guarded = branches.guards(update.ref)
    moved = f" {brief(update.old) or _ABSENT} -> {brief(update.new) or 'deleted'}" if guarded else " is not guarded"
    return (("accepted: ", "good"), (clean(short(update.ref)), "place"), (moved, ""))
