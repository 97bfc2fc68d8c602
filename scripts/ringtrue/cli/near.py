"""The right word for a wrong one."""

from collections.abc import Sequence


def nearest(word: str, choices: Sequence[str]) -> str:
    """ "" when none is near."""
    from difflib import get_close_matches  # here: only a wrong word pays for it

    return next(iter(get_close_matches(word, choices, n=1)), "")
