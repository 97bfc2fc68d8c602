"""The same change in several environments: each environment's own names are set aside."""

import re
from collections.abc import Callable
from functools import cache

from ringtrue.changes.connections import Connection
from ringtrue.environments.environment import Environment

ASIDE = "*"


def neutral(environment: Environment | None) -> Callable[[str], str]:
    """A function that puts `*` for the environment's name, also within names (`web-dev`), and for its one namespace.

    Where an environment fills several namespaces, only its name in them is set aside: else they would be one.
    """
    if environment is None:
        return str
    own = environment.scope.own
    pattern = _pattern(environment.name, next(iter(own)) if len(own) == 1 else "")
    return lambda text: pattern.sub(ASIDE, text)


def shape(connection: Connection | None, aside: Callable[[str], str]) -> tuple[str, ...]:
    """What one side of equal changes has in common: client, address, reason and fields; () for no connection."""
    if connection is None:
        return ()
    fields = sorted({aside(each.proof.reference.field) for each in connection.references})
    address = map(aside, connection.address.key)
    return (aside(str(connection.client)), *address, connection.reason.value, *fields)


@cache
def _pattern(name: str, namespace: str) -> re.Pattern[str]:
    words = [re.escape(each) for each in (namespace, name) if each]
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(words)})(?![A-Za-z0-9])")
