"""The words of `ringtrue gate`."""

from collections.abc import Sequence

from ringtrue.cli.near import nearest
from ringtrue.cli.options import GATE_OPTIONS, GATE_WORDS, USAGES
from ringtrue.errors import UsageError

_NARROWING = ("--as-deployed", "--baseline", "--env", "--format", "--index", "--kubernetes-version", "--output")


def check(argv: Sequence[str], words: Sequence[str], update: tuple[str, str, str]) -> None:
    """Raises UsageError for what no gate takes: a gate cannot be narrowed, and looks at commits only."""
    usage = f"usage: {USAGES['gate']}"
    if not words:
        raise UsageError(f"a gate is one of {', '.join(GATE_WORDS)}; {usage}")
    for option in _NARROWING:
        if any(word == option or word.startswith(option + "=") for word in argv):
            raise UsageError(f"{option} is not for `ringtrue gate`")
    when, *rest = words
    if when not in GATE_WORDS:
        near = nearest(when, GATE_WORDS)
        raise UsageError(f"no gate is called {when!r}; {f'did you mean {near!r}?' if near else usage}")
    if when != "update" and any(update):
        option = GATE_OPTIONS[[bool(value) for value in update].index(True)]
        raise UsageError(f"{option} is for `ringtrue gate update`, not for `ringtrue gate {when}`")
    if when == "update" and not all(update):
        option = GATE_OPTIONS[[bool(value) for value in update].index(False)]
        raise UsageError(f"{option} is missing; {usage}")
    if when == "promote" and not rest:
        raise UsageError(f"ENV is missing; {usage}")
    # git gives its hook the name and the URL of the remote.
    most = {"promote": 1, "pre-push": 2}.get(when, 0)
    if len(rest) > most:
        raise UsageError(f"one word too many: {rest[most]!r}")
