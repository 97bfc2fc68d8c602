"""The connections of one client before a change beside those after it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ringtrue.changes.connections import Address, Connection, address, by_address, connection
from ringtrue.checking import CheckedReference

Pair = tuple[Connection | None, Connection | None]
"""Before and after; at least one of them is there."""

_GENERATED = re.compile(r"-[2456789bcdfghkmt]{10}(?![\w-])")
"""What Kustomize puts behind the name of a generated ConfigMap or Secret: it changes with every change of content."""


def pairs(before: Sequence[CheckedReference], after: Sequence[CheckedReference]) -> Iterator[Pair]:
    """Every connection of either side once, beside what it was or became.

    An address that is called on both sides is one connection, whichever field says it. Of what is left, a field that
    holds the same text on both sides, or as many hosts as before, has become the other; the rest came or went.
    """
    old, new = by_address(before), by_address(after)
    for same in new:
        if same in old:
            yield connection(old[same]), connection(new[same])
    gone, come = _only(old, new), _only(new, old)
    became = _became(gone, come)
    for left, right in became.values():
        yield _with_port(connection(left), connection(right))
    told = set(chain.from_iterable(became))
    for went in gone:
        if went not in told:
            yield connection(gone[went]), None
    for came in come:
        if came not in told:
            yield None, connection(come[came])


def _with_port(before: Connection, after: Connection) -> Pair:
    """Where one text led to a port of a Service on one side only, as a lookup that fails leads to none, that counts."""
    one, other = before.address, after.address
    if not one.service or replace(one, port=None) != replace(other, port=None) or before.texts != after.texts:
        return before, after
    if isinstance(one.port, int) and not isinstance(other.port, int):
        return before, replace(after, address=one)
    if isinstance(other.port, int) and not isinstance(one.port, int):
        return replace(before, address=other), after
    return before, after


def _only(
    here: Mapping[Address, list[CheckedReference]], there: Mapping[Address, list[CheckedReference]]
) -> dict[Address, list[CheckedReference]]:
    return {address: found for address, found in here.items() if address not in there}


_Became = dict[tuple[Address, Address], tuple[list[CheckedReference], list[CheckedReference]]]


def _became(gone: Mapping[Address, list[CheckedReference]], come: Mapping[Address, list[CheckedReference]]) -> _Became:
    """By address before and after, the references that changed from the one to the other."""
    left, right = _by(_site, chain(*gone.values())), _by(_site, chain(*come.values()))
    found: _Became = {}
    for site, written in right.items():
        for was, now in _matched(left.get(site, ()), written):
            both = found.setdefault((address(was.proof), address(now.proof)), ([], []))
            both[0].append(was)
            both[1].append(now)
    return found


def _site(checked: CheckedReference) -> object:
    """The container, and the field in it."""
    reference = checked.proof.reference
    return (reference.container, _GENERATED.sub("", reference.field))


def _matched(
    was: Sequence[CheckedReference], now: Sequence[CheckedReference]
) -> Iterator[tuple[CheckedReference, CheckedReference]]:
    """In one field: equal texts, then equal hosts, then the others; in their order, if both sides have as many."""
    for told in (_text, _host, _anything):
        left, right = _by(told, was), _by(told, now)
        equal = {each for each in left if len(left[each]) == len(right.get(each, ()))}
        for each in left:
            if each in equal:
                yield from zip(left[each], right[each], strict=True)
        was = [each for each in was if told(each) not in equal]
        now = [each for each in now if told(each) not in equal]


def _by(
    told: Callable[[CheckedReference], object], references: Iterable[CheckedReference]
) -> dict[object, list[CheckedReference]]:
    found: dict[object, list[CheckedReference]] = {}
    for each in references:
        found.setdefault(told(each), []).append(each)
    return found


def _text(checked: CheckedReference) -> object:
    reference = checked.proof.reference
    return (reference.host, reference.port or reference.port_name)


def _host(checked: CheckedReference) -> object:
    return checked.proof.reference.host


def _anything(_: CheckedReference) -> object:
    return None
