"""The same client on both sides."""

from collections import Counter
from collections.abc import Collection, Iterator

from ringtrue.findings import ObjectId


def paired(before: Collection[ObjectId], after: Collection[ObjectId]) -> Iterator[tuple[ObjectId | None, ObjectId]]:
    """Each client of one environment after the change, with what it was before; None for a new one.

    To Kubernetes an object in another namespace is another object. A reader calls it moved when exactly one of its
    kind and name went and exactly one came, as where an environment gets another namespace.
    """
    gone = {_name(each): each for each in _single(before, after)}
    moved = {each: gone.get(_name(each)) for each in _single(after, before)}
    for client in sorted(after):
        yield (client if client in before else moved.get(client)), client


def _single(here: Collection[ObjectId], there: Collection[ObjectId]) -> list[ObjectId]:
    """Those that are only here, and the only ones of their kind and name that are."""
    only = [each for each in here if each not in there]
    count = Counter(map(_name, only))
    return [each for each in only if count[_name(each)] == 1]


def _name(client: ObjectId) -> tuple[str, str]:
    return (client.kind, client.name)
