"""Sentences for faults of ringtrue itself: named, never shown as a traceback."""

from pathlib import Path
from traceback import extract_tb

import ringtrue

_PACKAGE = Path(ringtrue.__file__).parent


def sentence(subject: str, error: Exception) -> str:
    """Who failed, with which kind of error, at which line; not its text, which may hold a Secret's value."""
    return f"{subject} failed with {type(error).__name__}{_place(error)}; please report it"


def _place(error: Exception) -> str:
    for frame in reversed(extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(_PACKAGE):
            return f" at {Path(frame.filename).relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return ""
