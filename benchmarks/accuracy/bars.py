"""What must hold (milestone B): recall of connections and defects is whole, silence nearly so."""

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.accuracy.judging import Card
from benchmarks.accuracy.replaying import Outcome
from benchmarks.accuracy.table import in_cluster

PRECISION = 0.98
UNKNOWN = 0.05


def broken(cards: Sequence[Card], outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A sentence for each bar that does not hold."""
    for name, what in (("missed", "connections missed"), ("silent", "defects missed"), ("traps", "traps sprung")):
        count = sum(len(getattr(card, name)) for card in cards)
        if count:
            yield f"- {count} {what}"
    false = len({each for card in cards for each in card.false})
    if false:
        yield f"- {false} false errors"
    reported, wrong = sum(card.reported for card in cards), sum(len(card.wrong) for card in cards)
    if wrong > (1 - PRECISION) * reported:
        yield f"- precision {(reported - wrong) / reported:.1%}, the bar is {PRECISION:.0%}"
    unknown, everything = in_cluster(sum((card.verdicts for card in cards), Counter[str]()))
    if unknown > UNKNOWN * everything:
        yield f"- {unknown / everything:.1%} of the references into a cluster are unknown, the bar is {UNKNOWN:.0%}"
    failed = sorted(each.replay.id for each in outcomes if not each.holds)
    if failed:
        yield f"- fixes of the past that do not hold: {', '.join(failed)}"
    if any(card.broken for card in cards):
        yield "- runs without a report"
