"""A push as hooks are told of it."""

import re
from collections.abc import Iterator

from ringtrue.errors import UsageError
from ringtrue.gates.refs import Update

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
"""Of SHA-1 or SHA-256; all zeros where the ref is not there."""


def received(text: str) -> tuple[Update, ...]:
    """The lines of pre-receive: `<old> <new> <ref>`. Raises UsageError for any other line."""
    return _each_once(_received(text))


def pushed(text: str) -> tuple[Update, ...]:
    """The lines of pre-push: `<local ref> <local id> <remote ref> <remote id>`. Raises UsageError for any other."""
    return _each_once(_pushed(text))


def identity(text: str) -> str:
    """An id, "" for zeros; raises ValueError for anything else."""
    if not _ID.fullmatch(text):
        raise ValueError(text)
    return text if text.strip("0") else ""


def _received(text: str) -> Iterator[Update]:
    for number, line in _lines(text):
        try:
            old, new, ref = line.split(" ", 2)
            yield _update(ref, identity(old), identity(new))
        except ValueError:
            raise _malformed(number, line, "<old> <new> <ref>") from None


def _pushed(text: str) -> Iterator[Update]:
    for number, line in _lines(text):
        try:
            # The local side is what the user typed, and may hold spaces.
            _, new, ref, old = line.rsplit(" ", 3)
            yield _update(ref, identity(old), identity(new))
        except ValueError:
            raise _malformed(number, line, "<local ref> <local id> <remote ref> <remote id>") from None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")


def _update(ref: str, old: str, new: str) -> Update:
    if not ref.startswith("refs/") or any(c.isspace() for c in ref):
        raise ValueError(ref)
    return Update(ref, old, new)


def _each_once(updates: Iterator[Update]) -> tuple[Update, ...]:
    found: dict[str, Update] = {}
    for update in updates:
        if update.ref in found:
            raise UsageError(f"{update.ref!r} is pushed twice")
        found[update.ref] = update
    return tuple(found.values())


def _malformed(number: int, line: str, wanted: str) -> UsageError:
    return UsageError(f"line {number} of stdin must be `{wanted}`, not {line!r}")
