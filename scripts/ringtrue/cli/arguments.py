"""The words of the command line; a wrong one is answered with the nearest right one."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from ringtrue.cli import gating
from ringtrue.cli.near import nearest
from ringtrue.cli.options import COMMANDS, FORMATS, GATE_OPTIONS, OPTIONS, USAGES, VALUED, Command, parser
from ringtrue.cli.outputs import Output, paired
from ringtrue.errors import UsageError

Colour = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Arguments:
    command: Command
    words: tuple[str, ...] = ()
    """PATHs of check, CLIENT and HOST of trace, one or two revisions of diff, the name of explain; of gate when it is
    asked, and what that takes."""
    root: Path | None = None
    environments: tuple[str, ...] = ()
    version: tuple[int, int] | None = None
    outputs: tuple[Output, ...] = ()
    baseline: Path | None = None
    index: bool = False
    deployed: bool = False
    colour: Colour = "auto"
    verbose: bool = False
    quiet: bool = False
    update: tuple[str, str, str] | None = None
    """The ref, its old and its new commit, of `gate update`."""


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments of a run; raises UsageError. `--help` and `--version` print and raise SystemExit(0)."""
    command, rest = _command(argv)
    found, unknown = parser(command).parse_known_intermixed_args(rest)
    if unknown:
        _unknown(unknown[0], command)
    if command == "trace":
        _check_two(found.words)
    if command == "diff":
        _check_revisions(found.words, found)
    update = (found.ref, found.old, found.new)
    if command == "gate":
        gating.check(argv, found.words, update)
    elif any(update):
        option = GATE_OPTIONS[[bool(value) for value in update].index(True)]
        raise UsageError(f"{option} is for `ringtrue gate update`, not for `ringtrue {command}`")
    if found.quiet and found.verbose:
        raise UsageError("-q and -v exclude each other")
    if found.index and found.as_deployed:
        raise UsageError("--index and --as-deployed exclude each other")
    if found.baseline and command != "check":
        raise UsageError(f"--baseline is for `ringtrue check`, not for `ringtrue {command}`")
    outputs = paired(found.outputs, FORMATS[command][0])
    _check_formats(command, outputs)
    return Arguments(
        command,
        tuple(found.words),
        Path(found.root) if found.root else None,
        tuple(found.env),
        found.kubernetes_version,
        outputs,
        Path(found.baseline) if found.baseline else None,
        found.index,
        found.as_deployed,
        found.color,
        found.verbose,
        found.quiet,
        update if any(update) else None,
    )


def _check_two(words: Sequence[str]) -> None:
    if len(words) < 2:
        missing = "HOST is" if words else "CLIENT and HOST are"
        raise UsageError(f"{missing} missing; usage: {USAGES['trace']}")
    if len(words) > 2:
        raise UsageError(f"one word too many: {words[2]!r}")


def _check_revisions(words: Sequence[str], found: argparse.Namespace) -> None:
    if not words:
        raise UsageError(f"REV is missing; usage: {USAGES['diff']}")
    if len(words) > 2:
        raise UsageError(f"one word too many: {words[2]!r}")
    for word in words:
        if ".." in word:
            raise UsageError(f"{word!r} is no revision: write the two of them as two words")
    if found.as_deployed:
        raise UsageError("--as-deployed is for what is deployed now; `ringtrue diff` is given its revisions")
    if found.index and len(words) > 1:
        raise UsageError("--index stands for the second REV; give one")


def _check_formats(command: Command, outputs: Sequence[Output]) -> None:
    for output in outputs:
        if output.format not in FORMATS[command]:
            known = " or ".join(FORMATS[command])
            raise UsageError(f"`ringtrue {command}` has no format {output.format!r}; it has {known}")


def _command(argv: Sequence[str]) -> tuple[Command, list[str]]:
    """The subcommand and the other words; check when the first word is a path, or there is none."""
    index = _first_word(argv)
    if index is None:
        return "check", list(argv)
    word = argv[index]
    for command in COMMANDS:
        if word == command:
            return command, [*argv[:index], *argv[index + 1 :]]
    near = nearest(word, COMMANDS)
    if near and not Path(word).exists():
        raise UsageError(f"no command or path is called {word!r}; did you mean {near!r}?")
    return "check", list(argv)


def _first_word(argv: Sequence[str]) -> int | None:
    skip = False
    for index, word in enumerate(argv):
        if word == "--":
            return None
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in VALUED
        else:
            return index
    return None


def _unknown(word: str, command: Command) -> NoReturn:
    name = word.partition("=")[0]
    near = nearest(name, [option for option in OPTIONS if command == "gate" or option not in GATE_OPTIONS])
    hint = f"did you mean {near}?" if near else "`ringtrue --help` lists them"
    raise UsageError(f"no option is called {name}; {hint}" if word.startswith("-") else f"one word too many: {word!r}")
