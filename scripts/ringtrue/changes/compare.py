"""From two reports to their difference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ringtrue.changes.clients import paired
from ringtrue.changes.connections import Connection
from ringtrue.changes.difference import Change, ConnectionChange, Difference
from ringtrue.changes.faults import faults
from ringtrue.changes.judging import judged
from ringtrue.changes.pairing import Pair, pairs
from ringtrue.changes.shapes import neutral, shape
from ringtrue.checking import CheckedReference, Report
from ringtrue.environments.environment import Environment, Status
from ringtrue.findings import ObjectId

_ORDER = [*Change]


def compare(before: Report, after: Report) -> Difference:
    """What the change makes of every connection and finding, environment by environment, matched by name.

    A *connection* is a client (a workload, or an object such as an Ingress that names a Service itself) and what it
    calls: a Service and its port, or the host text where no Service is meant. The fields that configure it are its
    evidence. It is proved when all of them are. An environment of which a source no longer renders has lost nothing
    that is known of. Both reports must be judged by the same settings.
    """
    old, new = _by_environment(before), _by_environment(after)
    names = _names(before, after)
    changes: list[ConnectionChange] = []
    same: dict[str, int] = {}
    for name in names:
        found = [*_pairs(old.get(name, ()), new.get(name, ()))]
        told = [*_changes(found, _Sides(name, before, after))]
        same[name] = sum(judged(pair) is None for pair in found)
        changes += told
    here, there = _listed(before), _listed(after)
    return Difference(
        tuple(sorted(changes, key=lambda each: _key(each, names))),
        tuple(faults(before, after)),
        names,
        tuple(name for name in there if name not in here),
        tuple(name for name in here if name not in there),
        tuple(name for name, environment in there.items() if _fails(here.get(name), environment)),
        same,
        tuple(dict.fromkeys((*after.assumptions, *before.assumptions))),
    )


def _names(before: Report, after: Report) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.name for report in (after, before) for each in report.environments))


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


class _Sides:
    """What one environment is before and after, as far as its changes are worded by it."""

    def __init__(self, name: str, before: Report, after: Report) -> None:
        old, new = (next((each for each in side.environments if each.name == name), None) for side in (before, after))
        self.before, self.after = neutral(old), neutral(new)
        self.fails = _fails(old, new)
        self.findings = [each for each in after.findings if each.references]

    def shape(self, change: Change, before: Connection | None, after: Connection | None) -> tuple[str, ...]:
        return (change.value, *shape(before, self.before), "", *shape(after, self.after))

    def wrong(self, connection: Connection | None) -> tuple[str, ...]:
        ids = connection.ids if connection else ()
        return tuple(each.fingerprint for each in self.findings if not set(ids).isdisjoint(each.references))


def _changes(found: Sequence[Pair], sides: _Sides) -> Iterator[ConnectionChange]:
    for pair in found:
        change, (before, after) = judged(pair), pair
        if change is None or (change is Change.LOST and sides.fails):
            continue
        yield ConnectionChange(change, before, after, sides.wrong(after), sides.shape(change, before, after))


def _fails(before: Environment | None, after: Environment | None) -> bool:
    """Whether a source that was rendered before is not any more."""
    rendered = _sources(before, Status.RENDERED)
    return not rendered.isdisjoint(_sources(after, Status.FAILED))


def _sources(environment: Environment | None, status: Status) -> frozenset[str]:
    sources = environment.sources if environment else ()
    return frozenset(source.path for source in sources if source.status is status)


def _key(change: ConnectionChange, names: Sequence[str]) -> tuple[int, int, ObjectId, tuple[str, ...], tuple[str, ...]]:
    before = change.before.address.key if change.before else ()
    return (
        _ORDER.index(change.change),
        names.index(change.environment),
        change.here.client,
        change.here.address.key,
        before,
    )
