"""The same change in several environments, told once."""

from collections.abc import Iterable

from ringtrue.changes.difference import ConnectionChange

Group = tuple[ConnectionChange, ...]
"""Equal changes, each of another environment."""


def grouped(changes: Iterable[ConnectionChange]) -> list[Group]:
    """Changes of equal shape together, in the order of the first; two of one environment stay apart."""
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    groups: dict[tuple[tuple[str, ...], int], list[ConnectionChange]] = {}
    for each in changes:
        number = seen[each.shape, each.environment] = seen.get((each.shape, each.environment), 0) + 1
        groups.setdefault((each.shape, number), []).append(each)
    return [tuple(group) for group in groups.values()]
