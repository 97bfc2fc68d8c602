"""Reasons why something cannot be checked, and the faults they become: one for one cause, whoever hits it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.findings import Location, Severity
from ringtrue.manifests.problem import Fault, Problem
from ringtrue.manifests.resource import Spot


@dataclass(frozen=True, slots=True)
class Want:
    """A replacement target that gets a value from an object which is gone."""

    source: str
    target: str
    where: Location


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, as one source of one environment met it."""

    rule: str
    where: Location | Spot
    message: str
    hint: str = ""
    wants: tuple[Want, ...] = ()
    subject: str = ""
    """Causes of one subject are one cause at several places."""
    value: str = ""
    severity: Severity | None = None
    related: tuple[tuple[Location, str], ...] = ()


def faults(hits: Iterable[tuple[Cause, str]], order: Sequence[str] = ()) -> tuple[Fault, ...]:
    """Joins equal causes. A hit is a cause and the name of the environment that met it, "" for none.

    `order` are the environments in report order.
    """
    joined: dict[object, list[tuple[Cause, str]]] = {}
    for cause, environment in hits:
        key = (cause.rule, cause.subject) if cause.subject else (cause.rule, cause.where, cause.message)
        joined.setdefault(key, []).append((cause, environment))
    ranks = {name: rank for rank, name in enumerate(order)}
    return tuple(_fault(sorted(each, key=lambda hit: _rank(hit[1], ranks)), ranks) for each in joined.values())


def _rank(environment: str, ranks: Mapping[str, int]) -> tuple[int, str]:
    return ranks.get(environment, len(ranks)), environment


def _fault(hits: Sequence[tuple[Cause, str]], ranks: Mapping[str, int]) -> Fault:
    first = hits[0][0]
    related = dict.fromkeys(each for cause, _ in hits for each in cause.related if each[0] != first.where)
    wants = sorted({want for cause, _ in hits for want in cause.wants}, key=lambda want: (want.where, want.target))
    problem = Problem(
        first.where,
        first.message + _said(wants, first.subject),
        first.hint,
        (*related, *((want.where, f"{want.target} gets a value from {want.source}") for want in wants)),
        first.severity,
        first.value,
    )
    environments = dict.fromkeys(environment for _, environment in hits if environment)
    return Fault(first.rule, problem, tuple(sorted(environments, key=lambda name: _rank(name, ranks))))


def _said(wants: Sequence[Want], subject: str) -> str:
    """The end of the message: what wanted the object, in one clause for each object."""
    clauses = []
    for source in dict.fromkeys(want.source for want in wants):
        targets = listed(dict.fromkeys(want.target for want in wants if want.source == source))
        clauses.append(f" into {targets}" if source == subject else f"; replacements copy from {source} into {targets}")
    return "".join(clauses)


def listed(names: Iterable[str]) -> str:
    """ "a, b and c"."""
    *front, last = names
    return f"{', '.join(front)} and {last}" if front else last
