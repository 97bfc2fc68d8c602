"""What goes to the terminal: reports on stdout; progress, notices and faults on stderr."""

import os
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.status import Status

    from ringtrue.rendering.request import Rendered

_NARROWEST = 40
_PATIENCE = 0.4
"""Seconds before progress is shown: a quick check shows none, and does not load rich."""


def use_colour(colour: str, environ: Mapping[str, str]) -> bool:
    """`--color`, else NO_COLOR (https://no-color.org), else FORCE_COLOR, else whether stdout is a terminal."""
    if colour != "auto":
        return colour == "always"
    if environ.get("NO_COLOR"):
        return False
    if forced := environ.get("FORCE_COLOR"):
        return forced.lower() not in ("0", "false")
    return environ.get("TERM") != "dumb" and sys.stdout.isatty()


def columns(environ: Mapping[str, str]) -> int | None:
    """Cells of a line of the terminal; None where lines are not to be wrapped.

    What is piped must stay whole for grep, and the log of a CI job is no terminal, be there a pty or not.
    """
    if not sys.stdout.isatty() or is_ci(environ):
        return None
    given = environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return max(int(given), _NARROWEST)
    try:
        found = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return None
    return max(found, _NARROWEST) if found else None


def is_ci(environ: Mapping[str, str]) -> bool:
    return environ.get("CI", "").lower() not in ("", "0", "false")


def show(text: str) -> None:
    """Writes a report to stdout as UTF-8, whatever the locale; a closed pipe raises BrokenPipeError."""
    data = text.encode(errors="backslashreplace")
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # replaced by something that takes text only
        sys.stdout.write(data.decode())
    else:
        stream.write(data)
        stream.flush()


def say(text: str) -> None:
    sys.stderr.write(f"ringtrue: {text}\n")


def forget_stdout() -> None:
    """After a closed pipe, so that Python's own flush at exit does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Progress:
    """Shows which source was rendered last, when stderr is a terminal and the check takes its time."""

    def __init__(self, stream: TextIO, wanted: bool) -> None:
        self._wanted = wanted and stream.isatty()
        self._stream = stream
        self._start = time.monotonic()
        self._status: Status | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, rendered: "Rendered") -> None:
        self._count += 1
        if self._wanted and time.monotonic() - self._start > _PATIENCE:
            self._update(f"{self._count} rendered, {rendered.request.path}")

    def _update(self, text: str) -> None:
        if self._status is None:
            from rich.console import Console

            self._status = Console(file=self._stream).status(text)
            self._status.start()
        self._status.update(text)
