"""The score as Markdown, for the terminal and for docs/accuracy.md: the same bytes for the same answers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.accuracy.judging import Card
from benchmarks.accuracy.labels import Corpus
from benchmarks.accuracy.replaying import Outcome

_HEAD = ("repository", "commit", "units", "connections", "precision", "defects", "false errors", "traps", "unknown")


def page(corpora: Sequence[Corpus], cards: Sequence[Card], outcomes: Sequence[Outcome], bars: Sequence[str]) -> str:
    """The whole page; it holds no seconds and no machine's names."""
    return "\n".join(
        (
            "# Accuracy",
            "",
            "What ringtrue says of public repositories, beside what people read off their manifests. Written by",
            "`make accuracy CORPORA=DIR WRITE=1`; the labels are in `benchmarks/accuracy/labels`.",
            "",
            *_table(corpora, cards),
            "",
            "Connections: found of those that are labelled. Precision: right of those that are reported where all are",
            "labelled. Defects: real ones that are reported as an error at their object. False errors: about anything",
            "else. Traps: strings that are no reference, and folders that are no environment, taken for one. Unknown:",
            "of the references into a cluster.",
            "",
            "## What is unknown, and why",
            "",
            *_reasons(cards),
            "",
            "## Fixes of the past",
            "",
            "Each is checked at the commit before it, where the fault must be reported, and at the commit, where it",
            "must not be.",
            "",
            *_replays(outcomes),
            "",
            "## The bar",
            "",
            *(bars or ["It holds."]),
            "",
        )
    )


def misses(cards: Iterable[Card]) -> Iterator[str]:
    """Every miss in a sentence, for those who mend."""
    for card in cards:
        yield from (f"{card.id}: missed connection: {each}" for each in card.missed)
        yield from (f"{card.id}: wrong connection: {each}" for each in card.wrong)
        yield from (f"{card.id}: missed defect: {each}" for each in card.silent)
        yield from (f"{card.id}: false error: {unit}: {each}" for each, unit in card.false.items())
        yield from (f"{card.id}: trap: {each}" for each in card.traps)
        yield from (f"{card.id}: broken run: {each}" for each in card.broken)
        yield from (f"{card.id}: unknown: {each}" for each in card.open)


def in_cluster(verdicts: Counter[str]) -> tuple[int, int]:
    """(unknown, all) of the references that are not external."""
    return verdicts["unknown"], verdicts["proved"] + verdicts["refuted"] + verdicts["unknown"]


def _table(corpora: Sequence[Corpus], cards: Sequence[Card]) -> Iterator[str]:
    yield f"| {' | '.join(_HEAD)} |"
    yield f"|{'---|' * len(_HEAD)}"
    for corpus, card in zip(corpora, cards, strict=True):
        yield _row(corpus.repository, corpus.commit[:10], card)
    yield _row("all", "", _total(cards))


def _row(name: str, commit: str, card: Card) -> str:
    unknown, everything = in_cluster(card.verdicts)
    cells = (
        name,
        commit,
        card.units,
        f"{card.edges - len(card.missed)}/{card.edges}",
        f"{card.reported - len(card.wrong)}/{card.reported}",
        f"{card.defects - len(card.silent)}/{card.defects}",
        len(card.false),
        len(card.traps),
        f"{unknown}/{everything}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _total(cards: Sequence[Card]) -> Card:
    total = Card("all")
    for card in cards:
        total.units += card.units
        total.edges += card.edges
        total.reported += card.reported
        total.defects += card.defects
        total.missed += card.missed
        total.wrong += card.wrong
        total.silent += card.silent
        total.traps += card.traps
        total.false |= card.false
        total.verdicts += card.verdicts
    return total


def _reasons(cards: Iterable[Card]) -> Iterator[str]:
    counts: Counter[str] = sum((card.reasons for card in cards), Counter())
    yield "| reason | references |"
    yield "|---|---|"
    for reason, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        yield f"| [{reason}](rules/reference-{reason}.md) | {count} |"


def _replays(outcomes: Iterable[Outcome]) -> Iterator[str]:
    yield "| fix | repository | commit | level | holds |"
    yield "|---|---|---|---|---|"
    for each in outcomes:
        made = each.replay
        said = "yes" if each.holds else each.why
        yield f"| {made.id} | {made.repository} | {made.commit[:10]} | {made.level} | {said} |"
