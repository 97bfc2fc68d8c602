"""Makes the world of a disagreement small: what can be left out is left out."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

MOST_TRIES = 1500
_KEPT = frozenset(
    "apiVersion kind metadata name namespace template spec jobTemplate containers image port containerPort "
    "addressType addresses endpoints externalName podSelector kubernetes.io/service-name".split()
)
"""Keys that stay, so that what is left is still an object of its kind."""


def shrink(world: list[Any], fails: Callable[[list[Any]], bool]) -> list[Any]:
    """A smallest world for which `fails` still holds: whole documents first, then entries and keys, until none goes."""
    tries = 0
    shrunk = True
    while shrunk and tries < MOST_TRIES:
        shrunk = False
        for smaller in _smaller(world):
            tries += 1
            if tries > MOST_TRIES:
                break
            if fails(smaller):
                world, shrunk = smaller, True
                break
    return world


def _smaller(world: list[Any]) -> Iterator[list[Any]]:
    for route in sorted(_routes(world), key=len):
        smaller = copy.deepcopy(world)
        holder = smaller
        for step in route[:-1]:
            holder = holder[step]
        del holder[route[-1]]
        yield smaller


def _routes(value: Any) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _KEPT:
                yield (key,)
            yield from ((key, *rest) for rest in _routes(inner))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield (index,)
            yield from ((index, *rest) for rest in _routes(inner))
