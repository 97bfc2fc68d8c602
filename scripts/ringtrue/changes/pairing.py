"""The connections of one client before a change beside those after it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ringtrue.changes.connections import Address, Connection, address, by_address, connection
from ringtrue.checking import CheckedReference

Pair = tuple[Connection | None, Connection | None]
"""Before and after; at least one of them is there."""

_Site = tuple[str, str]
"""A container, and a field of it."""

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
    """Where neither the text nor a lookup that fails says the port, it is that of the side where the Service did."""
    one, other = before.address, after.address
    if replace(one, port=None) == other:
        return before, replace(after, address=one)
    if replace(other, port=None) == one:
        return replace(before, address=other), after
    return before, after


def _only(
    here: Mapping[Address, list[CheckedReference]], there: Mapping[Address, list[CheckedReference]]
) -> dict[Address, list[CheckedReference]]:
    return {address: found for address, found in here.items() if address not in there}


_Became = dict[tuple[Address, Address], tuple[list[CheckedReference], list[CheckedReference]]]


def _became(gone: Mapping[Address, list[CheckedReference]], come: Mapping[Address, list[CheckedReference]]) -> _Became:
    """By address before and after, the references that changed from the one to the other."""
    left, right = _by_site(chain(*gone.values())), _by_site(chain(*come.values()))
    found: _Became = {}
    for site, written in right.items():
        for was, now in _matched(left.get(site, ()), written):
            both = found.setdefault((address(was.proof), address(now.proof)), ([], []))
            both[0].append(was)
            both[1].append(now)
    return found


def _by_site(references: Iterable[CheckedReference]) -> dict[_Site, list[CheckedReference]]:
    found: dict[_Site, list[CheckedReference]] = {}
    for each in references:
        reference = each.proof.reference
        site = (reference.container or "", _GENERATED.sub("", reference.field))
        found.setdefault(site, []).append(each)
    return found


def _matched(
    was: Sequence[CheckedReference], now: Sequence[CheckedReference]
) -> Iterator[tuple[CheckedReference, CheckedReference]]:
    """In one field: equal texts, then the others in their order, if there are as many of them on both sides."""
    same = {_text(each): each for each in was}.keys() & {_text(each): each for each in now}.keys()
    for text in sorted(same, key=str):
        yield next(each for each in was if _text(each) == text), next(each for each in now if _text(each) == text)
    left = [each for each in was if _text(each) not in same]
    right = [each for each in now if _text(each) not in same]
    if len(left) == len(right):
        yield from zip(left, right, strict=True)


def _text(checked: CheckedReference) -> tuple[str, int | str | None]:
    reference = checked.proof.reference
    return (reference.host, reference.port or reference.port_name)
