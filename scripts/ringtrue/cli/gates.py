"""`ringtrue gate`."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from ringtrue.cli.arguments import Arguments
from ringtrue.cli.place import root_of
from ringtrue.cli.running import ended, named
from ringtrue.cli.terminal import Progress, forget_stdout, say, show, use_colour
from ringtrue.errors import GitError
from ringtrue.gates.commits import Commits, commits
from ringtrue.gates.gate import Answer, Gate
from ringtrue.gates.incoming import received
from ringtrue.gates.promoting import promotion
from ringtrue.gates.pushing import elsewhere, pushed, updated
from ringtrue.gates.refs import Update
from ringtrue.rendering.choose import choose
from ringtrue.rendering.remembering import Remembering
from ringtrue.rendering.request import Limits, Renderer
from ringtrue.reports import colour, gate_text, promotion_text
from ringtrue.reports.lines import Line, plain
from ringtrue.repository import git


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """0 when the push is accepted, 1 when it is refused, 3 for a fault of our own. Raises RingtrueError.

    Whoever pushes may be gone by now: a closed pipe changes no answer.
    """
    try:
        answer, told = _asked(arguments, environ, limits or Limits())
    except BrokenPipeError:
        raise GitError("a program that ringtrue has started ended too early") from None
    try:
        painted = use_colour(arguments.colour, environ)
        show(colour.coloured(told) if painted else plain(told))
    except BrokenPipeError:
        forget_stdout()
    return ended(answer.bugs, 1 if answer.refusals else 0)


def _asked(arguments: Arguments, environ: Mapping[str, str], limits: Limits) -> tuple[Answer, Iterable[Line]]:
    root = _root(arguments)
    here = commits(root, environ)

    def renderer() -> Renderer:
        chosen = choose(limits, environ)
        if chosen.is_fallback and not arguments.quiet:
            say(f"the built-in renderer was not built, so {named(chosen)} renders, which takes longer")
        return Remembering(chosen)

    when, *words = arguments.words
    with Progress(sys.stderr, not arguments.quiet) as progress:
        gate = Gate(root, environ, here, renderer, progress)
        if when == "promote":
            return _promotion(words[0], gate)
        if when == "pre-push" and elsewhere(words, environ, here):
            line: Line = ((f"pushed to another repository than {here.remote!r}: not judged", "faint"),)
            return Answer(()), [line]
        answer = gate.judge(_updates(arguments, environ, here))
    return answer, gate_text.lines(answer)


def _root(arguments: Arguments) -> Path:
    """A hook of a server runs in the bare repository, whatever lies around that."""
    here = Path.cwd()
    return here.resolve() if arguments.root is None and git.is_bare(here) else root_of(arguments.root, ())


def _updates(arguments: Arguments, environ: Mapping[str, str], here: Commits) -> tuple[Update, ...]:
    match arguments.words[0]:
        case "pre-receive":
            return received(_stdin())
        case "pre-push":
            return pushed("" if environ.get("PRE_COMMIT") == "1" else _stdin(), environ, here)
    assert arguments.update is not None
    return (updated(*arguments.update, here),)


def _promotion(name: str, gate: Gate) -> tuple[Answer, Iterable[Line]]:
    found = promotion(name, gate.settings().branches, gate.commits)
    answer = Answer(()) if found.update.old == found.update.new else gate.judge([found.update])
    return answer, promotion_text.lines(found, answer)


def _stdin() -> str:
    return "" if sys.stdin.isatty() else sys.stdin.buffer.read().decode(errors="surrogateescape")
