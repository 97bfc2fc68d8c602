"""From two reports to their difference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ringtrue.changes.clients import paired
from ringtrue.changes.difference import Change, ConnectionChange, Difference
from ringtrue.changes.faults import faults
from ringtrue.changes.judging import judged
from ringtrue.changes.pairing import Pair, pairs
from ringtrue.changes.shapes import neutral, shape
from ringtrue.checking import CheckedReference, Report
from ringtrue.environments.environment import Environment, Status
from ringtrue.findings import Finding, ObjectId

_ORDER = [*Change]


def compare(before: Report, after: Report) -> Difference:
    """What the change makes of every connection and finding, environment by environment, matched by name.

    A *connection* is a client (a workload, or an object such as an Ingress that names a Service itself) and what it
    calls: a Service and its port, or the host text where no Service is meant. The fields that configure it are its
    evidence. It is proved when all of them are. An environment of which a source no longer renders has lost nothing
    that is known of. Both reports must be judged by the same settings.
    """
    old, new = _by_environment(before), _by_environment(after)
    here, there = _listed(before), _listed(after)
    names = tuple(dict.fromkeys((*there, *here, *new, *old)))
    wrong = _wrong(after.findings)
    changes: list[ConnectionChange] = []
    same: dict[str, int] = {}
    for name in names:
        found = [*_pairs(old.get(name, ()), new.get(name, ()))]
        changes += _changes(found, here.get(name), there.get(name), wrong)
        same[name] = sum(judged(pair) is None for pair in found)
    places = {name: place for place, name in enumerate(names)}
    return Difference(
        tuple(sorted(changes, key=lambda each: _key(each, places))),
        tuple(faults(before, after)),
        names,
        tuple(name for name in there if name not in here),
        tuple(name for name in here if name not in there),
        tuple(name for name, environment in there.items() if _fails(here.get(name), environment)),
        same,
        tuple(dict.fromkeys((*after.assumptions, *before.assumptions))),
    )


def _listed(report: Report) -> Mapping[str, Environment]:
    return {each.name: each for each in report.listed}


def _by_environment(report: Report) -> Mapping[str, list[CheckedReference]]:
    found: dict[str, list[CheckedReference]] = {}
    for each in report.references:
        found.setdefault(each.environment, []).append(each)
    return found


def _pairs(before: Iterable[CheckedReference], after: Iterable[CheckedReference]) -> Iterator[Pair]:
    """Of one environment, client by client; first those that are there after the change."""
    old, new = _by_client(before), _by_client(after)
    seen = set()
    for was, client in paired(old.keys(), new.keys()):
        seen.add(was)
        yield from pairs(old[was] if was else (), new[client])
    for client in sorted(old.keys() - seen):
        yield from pairs(old[client], ())


def _by_client(references: Iterable[CheckedReference]) -> Mapping[ObjectId, list[CheckedReference]]:
    found: dict[ObjectId, list[CheckedReference]] = {}
    for each in references:
        found.setdefault(each.proof.reference.client.id, []).append(each)
    return found


_Wrong = Mapping[str, Sequence[str]]
"""By id of a reference, the fingerprints of the findings that break it."""


def _wrong(findings: Iterable[Finding]) -> _Wrong:
    found: dict[str, list[str]] = {}
    for finding in findings:
        for name in finding.references:
            found.setdefault(name, []).append(finding.fingerprint)
    return found


def _changes(
    found: Iterable[Pair], here: Environment | None, there: Environment | None, wrong: _Wrong
) -> Iterator[ConnectionChange]:
    """Those of the pairs of one environment that are a change."""
    asides, fails = (neutral(here), neutral(there)), _fails(here, there)
    for pair in found:
        change, (before, after) = judged(pair), pair
        if change is None or (change is Change.LOST and fails):
            continue
        causes = (name for each in (after.ids if after else ()) for name in wrong.get(each, ()))
        alike = (change.value, *shape(before, asides[0]), "", *shape(after, asides[1]))
        yield ConnectionChange(change, before, after, tuple(dict.fromkeys(causes)), alike)


def _fails(before: Environment | None, after: Environment | None) -> bool:
    """Whether a source that was rendered before is not any more."""
    rendered = _sources(before, Status.RENDERED)
    return not rendered.isdisjoint(_sources(after, Status.FAILED))


def _sources(environment: Environment | None, status: Status) -> frozenset[str]:
    sources = environment.sources if environment else ()
    return frozenset(source.path for source in sources if source.status is status)


def _key(change: ConnectionChange, places: Mapping[str, int]) -> tuple[object, ...]:
    before = change.before.address.key if change.before else ()
    here = change.here
    return (_ORDER.index(change.change), places[change.environment], here.client, here.address.key, before)
