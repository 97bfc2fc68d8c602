"""The words of the command line; a wrong one is answered with the nearest right one."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NoReturn

from ringtrue import __version__
from ringtrue.cli.outputs import Output, paired
from ringtrue.config import kubernetes_version
from ringtrue.errors import UsageError

Command = Literal["check", "explain", "rules"]
Colour = Literal["auto", "always", "never"]

COMMANDS: tuple[Command, ...] = ("check", "explain", "rules")
FORMATS = ("text", "json")
COLOURS = ("auto", "always", "never")

_SWITCHES = ("--help", "--index", "--quiet", "--verbose", "--version")
_VALUED = ("--color", "--env", "--format", "--kubernetes-version", "--output", "--root")

_EPILOG = """\
other commands:
  ringtrue explain NAME   what a rule or a reason means, why it matters, how to fix it
  ringtrue rules          every rule with its class and its severity here

exit status: 0 no errors, 1 errors found, 2 cannot run, 3 a fault of ringtrue, 130 interrupted
"""


@dataclass(frozen=True, slots=True)
class Arguments:
    command: Command
    words: tuple[str, ...] = ()
    """PATHs of check, the name of explain."""
    root: Path | None = None
    environments: tuple[str, ...] = ()
    version: tuple[int, int] | None = None
    outputs: tuple[Output, ...] = ()
    index: bool = False
    colour: Colour = "auto"
    verbose: bool = False
    quiet: bool = False


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments of a run; raises UsageError. `--help` and `--version` print and raise SystemExit(0)."""
    command, rest = _command(argv)
    found, unknown = _parser(command).parse_known_intermixed_args(rest)
    if unknown:
        _unknown(unknown[0])
    if found.quiet and found.verbose:
        raise UsageError("-q and -v exclude each other")
    return Arguments(
        command,
        tuple(found.words),
        Path(found.root) if found.root else None,
        tuple(found.env),
        found.kubernetes_version,
        paired(found.outputs),
        found.index,
        found.color,
        found.verbose,
        found.quiet,
    )


def _command(argv: Sequence[str]) -> tuple[Command, list[str]]:
    """The subcommand and the other words; check when the first word is a path, or there is none."""
    index = _first_word(argv)
    if index is None:
        return "check", list(argv)
    word = argv[index]
    for command in COMMANDS:
        if word == command:
            return command, [*argv[:index], *argv[index + 1 :]]
    near = get_close_matches(word, COMMANDS, n=1)
    if near and not Path(word).exists():
        raise UsageError(f"no command or path is called {word!r}; did you mean {near[0]!r}?")
    return "check", list(argv)


def _first_word(argv: Sequence[str]) -> int | None:
    skip = False
    for index, word in enumerate(argv):
        if word == "--":
            return None
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in _VALUED
        else:
            return index
    return None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def _parser(command: Command) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="ringtrue" if command == "check" else f"ringtrue {command}",
        usage=_USAGES[command],
        description=_DESCRIPTIONS[command],
        epilog=_EPILOG if command == "check" else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _words(parser, command)
    _options(parser)
    return parser


_USAGES: dict[Command, str] = {
    "check": "ringtrue [check] [PATH ...] [options]",
    "explain": "ringtrue explain NAME",
    "rules": "ringtrue rules [--root ROOT]",
}

_DESCRIPTIONS: dict[Command, str] = {
    "check": "Prove that every in-cluster address a workload is configured with will work, and say why not.",
    "explain": "Print the page of a rule, or of a reason such as nxdomain.",
    "rules": "List the rules, their class, and their severity with this ringtrue.toml.",
}


def _words(parser: argparse.ArgumentParser, command: Command) -> None:
    if command == "check":
        parser.add_argument("words", nargs="*", metavar="PATH", help="check only this folder or file (default: all)")
    elif command == "explain":
        parser.add_argument("words", nargs=1, metavar="NAME", help="a rule, or a reason without `reference-`")
    else:
        parser.set_defaults(words=[])


def _options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--root",
        metavar="ROOT",
        help="the repository (default: nearest ringtrue.toml, else git's top level, else here)",
    )
    add("--env", metavar="NAME", action="append", default=[], help="only this environment (repeatable)")
    add("--kubernetes-version", metavar="X.Y", type=_kubernetes, help="instead of [cluster] version")
    add(
        "--format",
        metavar="FORMAT",
        dest="outputs",
        action=_Pair,
        default=[],
        type=_one_of(FORMATS),
        help="text or json",
    )
    add("--output", metavar="FILE", dest="outputs", action=_Pair, default=[], help="write the format beside it to FILE")
    add("--index", action="store_true", help="check what git's index holds (as under pre-commit)")
    add("--color", metavar="WHEN", default="auto", type=_one_of(COLOURS), help="auto, always or never")
    add("-v", "--verbose", action="store_true", help="every proof, and notes")
    add("-q", "--quiet", action="store_true", help="findings only")
    add("--version", action="version", version=f"ringtrue {__version__}")


class _Pair(argparse.Action):
    """Keeps --format and --output in the order given."""

    def __call__(
        self, parser: argparse.ArgumentParser, space: argparse.Namespace, value: Any, option: Any = None
    ) -> None:
        setattr(space, self.dest, [*getattr(space, self.dest), (option, value)])


def _kubernetes(text: str) -> tuple[int, int]:
    try:
        return kubernetes_version(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _one_of(choices: Sequence[str]) -> Any:
    def read(text: str) -> str:
        if text in choices:
            return text
        near = get_close_matches(text, choices, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(choices)}"
        raise argparse.ArgumentTypeError(f"must not be {text!r}; {hint}")

    return read


def _unknown(word: str) -> NoReturn:
    name = word.partition("=")[0]
    near = get_close_matches(name, (*_SWITCHES, *_VALUED), n=1)
    hint = f"did you mean {near[0]}?" if near else "`ringtrue --help` lists them"
    raise UsageError(f"no option is called {name}; {hint}" if word.startswith("-") else f"one word too many: {word!r}")
