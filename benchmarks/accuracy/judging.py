"""One answer against its labels."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.accuracy.answers import Answer, Call, Found
from benchmarks.accuracy.labels import Connections, Defect, Labels, Trap, Unit, fits


@dataclass
class Card:
    """What one repository scored; every list holds a sentence a miss."""

    id: str
    units: int = 0
    seconds: float = 0.0
    edges: int = 0
    missed: list[str] = field(default_factory=list)
    reported: int = 0
    """Connections that were reported where all are labelled."""
    wrong: list[str] = field(default_factory=list)
    defects: int = 0
    silent: list[str] = field(default_factory=list)
    false: dict[str, str] = field(default_factory=dict)
    """Errors about nothing that is labelled BUG, each once, with its unit."""
    traps: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Of what is unknown."""
    open: list[str] = field(default_factory=list)
    """What is unknown, each in a sentence."""


def judge(unit: Unit, answer: Answer, labels: Labels, card: Card) -> None:
    """Adds one unit's answer to the card."""
    card.units += 1
    card.seconds += answer.seconds
    if answer.status not in (0, 1) and not unit.broken:
        card.broken.append(f"{unit.name}: exit {answer.status}: {answer.stderr.strip()[-160:]}")
    for call in answer.calls:
        card.verdicts["external" if call.reason == "external" else call.verdict] += 1
        if call.verdict == "unknown" and call.reason != "external":
            card.reasons[call.reason] += 1
            card.open.append(f"{unit.name}: {call.shown}")
    mine = [each for each in labels.defects if fits(unit.name, each.units)]
    if unit.kind != "discover":  # there its parts would be counted twice
        for connections in labels.connections:
            if fits(unit.name, connections.match):
                _connections(unit, answer, connections, mine, card)
    known = _defects(unit, answer, mine, card)
    for trap in labels.traps:
        if fits(unit.name, trap.units):
            card.traps += [f"{trap.id} {unit.name}: {why}" for why in _sprung(trap, answer, known)]
    for found in answer.errors:
        if found not in known:
            card.false.setdefault(found.shown, unit.name)


def _connections(unit: Unit, answer: Answer, expected: Connections, defects: Iterable[Defect], card: Card) -> None:
    card.edges += len(expected.edges)
    for edge in expected.edges:
        if not any(call.is_edge(edge) for call in answer.calls):
            card.missed.append(f"{unit.name}: {edge}")
    for call in _distinct(answer.calls) if expected.full else _forbidden(answer.calls, expected):
        right = _is_right(call, expected)
        if right is None or (not right and _is_labelled(call, defects)):
            continue
        card.reported += 1
        if not right:
            card.wrong.append(f"{unit.name}: {call.shown}")


def _distinct(calls: Iterable[Call]) -> Iterable[Call]:
    """The connections that are claimed: decided, to a Service, each once."""
    said: dict[tuple[str, ...], Call] = {}
    for call in calls:
        if call.service and call.verdict != "unknown" and call.via not in ("structured", "probe"):
            key = (call.client_namespace, call.client, call.service, *sorted(call.ports))
            said.setdefault(key, call)
    return said.values()


def _forbidden(calls: Iterable[Call], expected: Connections) -> Iterator[Call]:
    for call in calls:
        if call.verdict == "proved" and any(call.is_edge(edge) for edge in expected.never):
            yield call


def _is_right(call: Call, expected: Connections) -> bool | None:
    """None for the right pair without a port, which is neither right nor wrong."""
    labelled = (*expected.edges, *expected.also)
    if not call.ports and any(call.is_edge(edge, ports=False) for edge in labelled):
        return None
    forbidden = any(call.is_edge(edge) for edge in expected.never)
    return not forbidden and any(call.is_edge(edge) for edge in labelled)


def _is_labelled(call: Call, defects: Iterable[Defect]) -> bool:
    """A refuted reference that a defect is about is counted with the defect."""
    low = call.shown.lower()
    return call.verdict == "refuted" and any(
        all(word.lower() in low for word in each.spec.words)
        and (not each.spec.some or any(word.lower() in low for word in each.spec.some))
        for each in defects
        if each.spec.given
    )


def _defects(unit: Unit, answer: Answer, defects: Iterable[Defect], card: Card) -> set[Found]:
    """The errors that are right: about a BUG, or tolerated."""
    known: set[Found] = set()
    for defect in defects:
        about = [each for each in answer.errors if defect.build_fails or each.is_about(defect.spec)]
        if defect.label == "BUG":
            card.defects += 1
            if not about:
                card.silent.append(f"{defect.id} {unit.name}")
        if defect.label == "BUG" or defect.tolerated:
            known.update(about)
    return known


def _sprung(trap: Trap, answer: Answer, known: set[Found]) -> Iterator[str]:
    yield from (each.shown for each in answer.errors if each not in known and each.is_about(trap.spec))
    hosts = {host.rstrip(".") for host in trap.hosts}
    yield from (call.shown for call in answer.calls if call.verdict == "refuted" and call.host in hosts)
    yield from (path for path in answer.sources if path.startswith(trap.paths or ("\0",)))
