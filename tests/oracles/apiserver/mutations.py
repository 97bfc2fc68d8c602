"""Mutations of a good object: a field gets a value from its pool, or goes; an entry of a list is doubled."""

import copy
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

from apiserver.fields import Route, fields
from apiserver.objects import named_only
from frame.clusters import Document


def mutated(random: Random, document: Document) -> Document:
    """The object with one to three of its fields changed, one in ten with an entry doubled too."""
    document = copy.deepcopy(document)
    pools = fields(document["kind"])
    for route in random.sample(list(pools), random.choice((1, 1, 1, 2, 3))):
        put(document, route, copy.deepcopy(random.choice(pools[route])))
    if random.random() < 0.1 and not named_only(document["kind"]):
        _double(random, document)
    return document


def put(document: Any, route: Route, value: Any) -> None:
    """Writes a value, or takes the key away for None; leaves a document alone that no longer has the way there."""
    for step, following in pairwise(route):
        if isinstance(step, str):
            document = (
                document.setdefault(step, [] if isinstance(following, int) else {})
                if isinstance(document, dict)
                else None
            )
        else:
            document = document[step] if isinstance(document, list) and step < len(document) else None
        if not isinstance(document, dict | list):
            return
    last = route[-1]
    if isinstance(last, int):
        if isinstance(document, list) and last < len(document):
            document[last] = value
    elif isinstance(document, dict):
        if value is None:
            document.pop(last, None)
        else:
            document[last] = value


def _double(random: Random, document: Document) -> None:
    lists = list(_lists(document))
    if lists:
        chosen = random.choice(lists)
        chosen.append(copy.deepcopy(random.choice(chosen)))


def _lists(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner)
    elif isinstance(value, list) and value:
        yield value
        for inner in value:
            yield from _lists(inner)
