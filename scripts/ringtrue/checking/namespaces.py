"""Sets an environment's own names aside, so that the same fault reads the same in every environment."""

import re
from collections.abc import Callable
from functools import cache

from ringtrue.environments.environment import Environment

_ASIDE = "*"


def neutral(environment: Environment | None) -> Callable[[str], str]:
    """A function that replaces the environment's name and the namespaces it fills, as whole words, by `*`."""
    if environment is None:
        return str
    names = frozenset(filter(None, (environment.name, *environment.scope.own)))
    pattern = _pattern(names)
    return lambda text: pattern.sub(_ASIDE, text)


@cache
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![A-Za-z0-9-])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9-])")
