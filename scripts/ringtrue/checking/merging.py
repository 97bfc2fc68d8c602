"""Placed problems to findings: one finding for one fault, however many environments show it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from ringtrue.checking.namespaces import neutral
from ringtrue.checking.raised import Placed, Raised
from ringtrue.checking.severities import higher
from ringtrue.findings import Finding, Location, ObjectId, Related
from ringtrue.manifests.resource import Spot, text_at

Key = tuple[str, Location, str, str, str]


def merged(placed: Iterable[Placed]) -> list[Finding]:
    """Findings sorted by path, line, column, rule and message.

    Two problems are one fault when rule, place, the object's kind and name, and the message are equal once each
    environment's own names are set aside. The first environment's words are shown.
    """
    groups: dict[Key, list[Placed]] = {}
    for each in placed:
        groups.setdefault(_key(each), []).append(each)
    found = sorted((_finding(group) for group in groups.values()), key=_order)
    return _distinct(found)


def _key(placed: Placed) -> Key:
    raised = placed.raised
    subject = raised.object
    kind, name = (subject.kind, subject.name) if subject else ("", "")
    return (raised.rule, placed.location, kind, name, neutral(raised.environment)(raised.problem.message))


def _finding(group: Sequence[Placed]) -> Finding:
    first = group[0].raised
    severity = first.severity
    for each in group[1:]:
        severity = higher(severity, each.raised.severity)
    return Finding(
        first.rule,
        severity,
        group[0].location,
        first.problem.message,
        hint=first.problem.hint,
        object=first.object,
        environments=tuple(dict.fromkeys(name for each in group for name in each.raised.names)),
        references=tuple(dict.fromkeys(name for each in group for name in each.raised.problem.references)),
        related=tuple(sorted({*(related for each in group for related in each.related), *_callers(group)})),
        fingerprint=_fingerprint(group[0]),
    )


def _callers(group: Iterable[Placed]) -> Iterator[Related]:
    """Each caller once, in the first environment's words and place, with the others in which it calls too."""
    found: dict[str, tuple[Related, dict[str, None]]] = {}
    for placed in group:
        aside = neutral(placed.raised.environment)
        for place, caller in placed.callers:
            names = found.setdefault(aside(str(caller)), (Related(place, str(caller)), {}))[1]
            names.update(dict.fromkeys(placed.raised.names))
    for related, names in found.values():
        others = ", ".join(repr(name) for name in list(names)[1:])
        yield replace(related, message=f"{related.message}; likewise in {others}") if others else related


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.location
    return (place.path, place.line, place.column, finding.rule, finding.message, str(finding.object))


def _fingerprint(placed: Placed) -> str:
    """Rule, file, object, field and value, hashed: no line numbers, no indexes, no names of the environment."""
    raised = placed.raised
    aside = neutral(raised.environment)
    parts = (raised.rule, placed.location.path, aside(str(raised.object or ObjectId("", "", ""))), _field(raised))
    text = "\0".join((*parts, aside(_value(raised))))
    return sha256(text.encode()).hexdigest()[:16]


def _field(raised: Raised) -> str:
    where = raised.problem.where
    return ".".join(_steps(where)) if isinstance(where, Spot) else ""


def _steps(spot: Spot) -> Iterator[str]:
    """An item of a list is told by its name or not at all: its index changes with every item before it."""
    for depth, step in enumerate(spot.route, 1):
        yield step if isinstance(step, str) else f"[{text_at(spot.resource.get(*spot.route[:depth]), 'name')}]"


def _value(raised: Raised) -> str:
    where = raised.problem.where
    if raised.problem.value or not isinstance(where, Spot):
        return raised.problem.value
    value = where.value
    return str(value) if isinstance(value, str | int | float) and where.resource.kind != "Secret" else ""


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Equal fingerprints, as of two faults in one field, get their number in report order added."""
    seen: Counter[str] = Counter()
    made = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        count = seen[finding.fingerprint]
        again = sha256(f"{finding.fingerprint}\0{count}".encode()).hexdigest()[:16]
        made.append(finding if count == 1 else replace(finding, fingerprint=again))
    return made
