"""The environments that `--env` names."""

from collections.abc import Sequence
from difflib import get_close_matches

from ringtrue.environments.environment import Environment
from ringtrue.errors import UsageError


def chosen(environments: Sequence[Environment], names: Sequence[str]) -> Sequence[Environment]:
    """Those of that name, all without a name; raises UsageError for one that does not exist."""
    known = [environment.name for environment in environments if environment.listed]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            there = (
                f"did you mean {near[0]!r}?"
                if near
                else f"there are {', '.join(map(repr, sorted(filter(None, known))))}"
            )
            raise UsageError(f"no environment is called {name!r}; {there}")
    return [each for each in environments if not names or each.name in names]
