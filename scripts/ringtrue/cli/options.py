"""The parser of each command: what `--help` says, and which options there are."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NoReturn

from ringtrue import __version__
from ringtrue.errors import UsageError

Command = Literal["check", "trace", "map", "diff", "gate", "init", "explain", "rules"]

COMMANDS: tuple[Command, ...] = ("check", "trace", "map", "diff", "gate", "init", "explain", "rules")
FORMATS: Mapping[Command, tuple[str, ...]] = {
    "check": ("text", "concise", "json", "github", "sarif", "junit", "gitlab", "markdown"),
    "trace": ("text", "json"),
    "map": ("html", "mermaid", "json"),
    "diff": ("text", "markdown", "json"),
    "gate": ("text",),
    "init": ("text",),
    "explain": ("text",),
    "rules": ("text", "json"),
}
COLOURS = ("auto", "always", "never")

GATE_WORDS = ("pre-push", "pre-receive", "update", "promote")
GATE_OPTIONS = ("--ref", "--old", "--new")
"""Of `ringtrue gate update`."""

VALUED = (
    "--baseline",
    "--color",
    "--env",
    "--format",
    "--kubernetes-version",
    "--output",
    "--root",
    "-o",
    *GATE_OPTIONS,
)
OPTIONS = ("--as-deployed", "--help", "--index", "--quiet", "--verbose", "--version", *VALUED)

USAGES: Mapping[Command, str] = {
    "check": "ringtrue [check] [PATH ...] [options]",
    "trace": "ringtrue trace CLIENT HOST[:PORT] [options]",
    "map": "ringtrue map [-o FILE] [options]",
    "diff": "ringtrue diff REV [REV] [options]",
    "gate": "ringtrue gate pre-push | pre-receive | update --ref REF --old SHA --new SHA | promote ENV",
    "init": "ringtrue init [--root ROOT]",
    "explain": "ringtrue explain NAME",
    "rules": "ringtrue rules [--root ROOT] [--format json]",
}

DESCRIPTIONS: Mapping[Command, str] = {
    "check": "Prove that every in-cluster address a workload is configured with will work, and say why not.",
    "trace": "Say whether a curl from this workload would work, where the chain breaks, and what would mend it.",
    "map": "Draw who talks to whom, and what of it is broken: a page for a browser, Mermaid, or JSON.",
    "diff": "Say what a change breaks, moves, brings, loses and mends: connections and findings, by environment.",
    "gate": "Judge a push to main or to the branch of an environment, before it is there.",
    "init": "Write a commented ringtrue.toml from what is found here. Nothing is overwritten.",
    "explain": "Print the page of a rule, of a reason such as nxdomain, or of why a push is refused, with an example.",
    "rules": "List the rules, reasons and refusals, their class, and their severity with this ringtrue.toml.",
}

_EPILOGS: Mapping[Command, str] = {
    "check": """\
formats:
  text      for people, at a terminal or in a log
  github    annotations at the lines of a pull request, in GitHub Actions
  sarif     GitHub code scanning, and editors
  gitlab    the code quality report of a GitLab merge request
  junit     the test reports of Jenkins, GitLab, Azure DevOps and CircleCI
  markdown  a comment, or the summary of a job
  json      programs; also what --baseline reads
Several at once, each --format with its --output; one of them may go without, to stdout:
  ringtrue check --format text --format sarif --output ringtrue.sarif

other commands:
  ringtrue trace CLIENT HOST[:PORT]   would a curl from this workload work, and where does it break
  ringtrue map [-o FILE]              who talks to whom, as a page for a browser
  ringtrue diff REV [REV]             which connections and findings a change brings, breaks, mends
  ringtrue gate WHEN                  judge a push to main or to an environment; as a hook, in CI, or before it
  ringtrue init                       write a commented ringtrue.toml from what is found here
  ringtrue explain NAME               what a rule or a reason means, why it matters, how to fix it
  ringtrue rules                      every rule with its class and its severity here

exit status: 0 no errors, 1 errors found, 2 cannot run, 3 a fault of ringtrue, 130 interrupted
""",
    "trace": """\
CLIENT is a name, with a kind, a namespace and an environment before it where the name alone is not enough:
  dep-centos   Deployment/dep-centos   httpd-prod/dep-centos   prod/httpd-prod/Deployment/dep-centos
  httpd-prod/  the pod that `kubectl run debug` would make in that namespace
HOST may be a URL; the port is that of its scheme, or 80.

exit status: 0 proved, 1 refuted, 4 unknown, 2 cannot run, 3 a fault of ringtrue
""",
    "map": """\
The page is one file that needs no network. Without --format it is HTML, without -o it goes to stdout.
  ringtrue map -o map.html                      every environment
  ringtrue map --env prod --format mermaid      one of them, for a page on GitHub or GitLab

exit status: 0 drawn, whatever it shows, 2 cannot run, 3 a fault of ringtrue
""",
    "diff": """\
One REV is held against the working tree, or with --index against what git's index holds; two against each other, the
older one first. No file is touched. Both are judged with the ringtrue.toml of the newer one.
  ringtrue diff HEAD                                        what has changed here since the last commit
  ringtrue diff "$(git merge-base origin/main HEAD)" HEAD   what this branch changes
  ringtrue diff env/prod main                               what the next promotion changes
With --format markdown it is a comment on a pull request.

exit status: 0 nothing got worse, 1 a connection broke or an error is new, 2 cannot run, 3 a fault of ringtrue
""",
    "gate": """\
  pre-receive   on a server: reads the lines that git writes to the hook
  pre-push      in a clone: reads the lines that git writes to the hook, or what pre-commit exports
  update        in CI and elsewhere: one ref from its old commit (zeros: it is new) to the next (zeros: it is deleted)
  promote ENV   says what a promotion would bring, judges it, and prints the push; it pushes nothing

exit status: 0 accepted, 1 refused, 2 cannot run, 3 a fault of ringtrue
""",
    "init": "",
    "explain": "",
    "rules": "",
}


def parser(command: Command) -> argparse.ArgumentParser:
    """The parser of one command; all options stand everywhere."""
    made = _Parser(
        prog="ringtrue" if command == "check" else f"ringtrue {command}",
        usage=USAGES[command],
        description=DESCRIPTIONS[command],
        epilog=_EPILOGS[command] or None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _words(made, command)
    _options(made.add_argument, FORMATS[command])
    for option, said in zip(GATE_OPTIONS, ("the ref, in full", "its commit before", "its commit after"), strict=True):
        made.add_argument(
            option, metavar="X", default="", help=f"update: {said}" if command == "gate" else argparse.SUPPRESS
        )
    return made


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


class _Pair(argparse.Action):
    """Keeps --format and --output in the order given."""

    def __call__(
        self, parser: argparse.ArgumentParser, space: argparse.Namespace, value: Any, option: Any = None
    ) -> None:
        setattr(space, self.dest, [*getattr(space, self.dest), (option, value)])


def _words(made: argparse.ArgumentParser, command: Command) -> None:
    if command == "check":
        made.add_argument("words", nargs="*", metavar="PATH", help="check only this folder or file (default: all)")
    elif command == "trace":
        made.add_argument("words", nargs="*", metavar="CLIENT HOST[:PORT]", help="who calls what")
    elif command == "diff":
        made.add_argument("words", nargs="*", metavar="REV", help="a commit, a branch or a tag")
    elif command == "gate":
        made.add_argument("words", nargs="*", metavar="WHEN", help=f"{', '.join(GATE_WORDS)} ENV")
    elif command == "explain":
        made.add_argument("words", nargs=1, metavar="NAME", help="a rule, or a reason without `reference-`")
    else:
        made.set_defaults(words=[])


def _options(add: Callable[..., Any], formats: Sequence[str]) -> None:
    every = [*dict.fromkeys(name for names in FORMATS.values() for name in names)]
    add(
        "--root",
        metavar="ROOT",
        help="the repository (default: nearest ringtrue.toml, else git's top level, around here or a PATH elsewhere)",
    )
    add("--env", metavar="NAME", action="append", default=[], help="only this environment (repeatable)")
    add("--kubernetes-version", metavar="X.Y", type=_kubernetes, help="instead of [cluster] version")
    add(
        "--format",
        metavar="FORMAT",
        dest="outputs",
        action=_Pair,
        default=[],
        type=_one_of(every),
        help=", ".join(formats),
    )
    written = "write the format beside it to FILE, whole or not at all"
    add("-o", "--output", metavar="FILE", dest="outputs", action=_Pair, default=[], help=written)
    add("--baseline", metavar="FILE", help="a former --format json report: its findings are counted, not shown")
    add("--as-deployed", action="store_true", help="read each Application at the revision that it names")
    add("--index", action="store_true", help="check what git's index holds (as under pre-commit)")
    add("--color", metavar="WHEN", default="auto", type=_one_of(COLOURS), help="auto, always or never")
    add("-v", "--verbose", action="store_true", help="every proof, and notes")
    add("-q", "--quiet", action="store_true", help="findings only")
    add("--version", action="version", version=f"ringtrue {__version__}")


def _kubernetes(text: str) -> tuple[int, int]:
    from ringtrue.config import kubernetes_version  # here: reading TOML is not needed to parse words

    try:
        return kubernetes_version(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in choices:
            return text
        from difflib import get_close_matches

        near = get_close_matches(text, choices, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(choices)}"
        raise argparse.ArgumentTypeError(f"must not be {text!r}; {hint}")

    return read
