"""Waiting, within bounds, for what a cluster does in its own time."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

Found = TypeVar("Found")
_PAUSE_SECONDS = 0.5


def until(what: str, look: Callable[[], Found | None], seconds: float, seen: Callable[[], object] = str) -> Found:
    """The first thing found that is not None or False; fails with `what`, and with what was `seen` at the end."""
    deadline = monotonic() + seconds
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        if monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s; {seen()}")
        sleep(_PAUSE_SECONDS)
