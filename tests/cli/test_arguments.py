"""The words of the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ringtrue import __version__
from ringtrue.cli.arguments import Arguments, parse
from ringtrue.cli.options import USAGES
from ringtrue.cli.outputs import Output
from ringtrue.errors import UsageError

SCRIPTS = Path(__file__).parents[2] / "scripts"
TEXT = (Output("text"),)

RIGHT = {
    "nothing": ([], Arguments("check", outputs=TEXT)),
    "check": (["check"], Arguments("check", outputs=TEXT)),
    "paths": (["check", "a", "b/c"], Arguments("check", ("a", "b/c"), outputs=TEXT)),
    "a path without a command": (["overlays/prod"], Arguments("check", ("overlays/prod",), outputs=TEXT)),
    "an option without a command": (["-v"], Arguments("check", outputs=TEXT, verbose=True)),
    "options before the command": (["--root", "check", "rules"], Arguments("rules", (), Path("check"), outputs=TEXT)),
    "options between paths": (
        ["a", "--env", "dev", "b", "--env=prod"],
        Arguments("check", ("a", "b"), environments=("dev", "prod"), outputs=TEXT),
    ),
    "a path like a command": (["--", "rules"], Arguments("check", ("rules",), outputs=TEXT)),
    "trace": (
        ["trace", "web", "db:5432", "--env", "dev"],
        Arguments("trace", ("web", "db:5432"), environments=("dev",), outputs=TEXT),
    ),
    "diff against the working tree": (["diff", "HEAD"], Arguments("diff", ("HEAD",), outputs=TEXT)),
    "diff against the index": (["diff", "HEAD", "--index"], Arguments("diff", ("HEAD",), outputs=TEXT, index=True)),
    "diff of two revisions": (["diff", "env/prod", "main"], Arguments("diff", ("env/prod", "main"), outputs=TEXT)),
    "explain": (["explain", "nxdomain"], Arguments("explain", ("nxdomain",), outputs=TEXT)),
    "a gate of a hook": (
        ["gate", "pre-push", "origin", "https://git.example.com/shop.git"],
        Arguments("gate", ("pre-push", "origin", "https://git.example.com/shop.git"), outputs=TEXT),
    ),
    "a gate of CI": (
        ["gate", "--ref", "refs/heads/main", "update", "--old=a", "--new", "b"],
        Arguments("gate", ("update",), outputs=TEXT, update=("refs/heads/main", "a", "b")),
    ),
    "a promotion": (
        ["gate", "promote", "prod", "-q"],
        Arguments("gate", ("promote", "prod"), outputs=TEXT, quiet=True),
    ),
    "every option": (
        [
            "--kubernetes-version",
            "1.34",
            "--baseline",
            "b.json",
            "--index",
            "--color",
            "never",
            "-q",
            "--format",
            "json",
        ],
        Arguments(
            "check",
            version=(1, 34),
            outputs=(Output("json"),),
            baseline=Path("b.json"),
            index=True,
            colour="never",
            quiet=True,
        ),
    ),
    "two reports": (
        ["--format", "text", "--format", "json", "--output", "r.json"],
        Arguments("check", outputs=(Output("text"), Output("json", Path("r.json")))),
    ),
    "an output before its format": (
        ["--output", "r.json", "--format", "json"],
        Arguments("check", outputs=(Output("json", Path("r.json")),)),
    ),
    "an output alone": (["--output", "r.txt"], Arguments("check", outputs=(Output("text", Path("r.txt")),))),
}


@pytest.mark.parametrize(("words", "expected"), RIGHT.values(), ids=RIGHT)
def test_right_words(words: list[str], expected: Arguments) -> None:
    assert parse(words) == expected


WRONG = {
    "an option misspelt": (["--fromat", "json"], "no option is called --fromat; did you mean --format?"),
    "an option misspelt, with its value": (["--enf=dev"], "no option is called --enf; did you mean --env?"),
    "an option like no other": (["--zzz"], "no option is called --zzz; `ringtrue --help` lists them"),
    "an option cut short": (["--verb"], "no option is called --verb; did you mean --verbose?"),
    "a baseline for another command": (
        ["trace", "web", "db", "--baseline", "b.json"],
        "--baseline is for `ringtrue check`, not for `ringtrue trace`",
    ),
    "a command misspelt": (["chekc"], "no command or path is called 'chekc'; did you mean 'check'?"),
    "a format misspelt": (["--format", "jsno"], "argument --format: must not be 'jsno'; did you mean 'json'?"),
    "a format that is not known": (
        ["--format", "xml"],
        (
            "argument --format: must not be 'xml'; known are text, concise, json, github, sarif, junit, gitlab, "
            "markdown, html, mermaid"
        ),
    ),
    "a format of a check only": (
        ["trace", "web", "db", "--format", "junit"],
        "`ringtrue trace` has no format 'junit'; it has text or json",
    ),
    "two reports of a trace on stdout": (
        ["trace", "web", "db", "--format", "json", "--format", "text"],
        "only one report can go to stdout; give the other --format an --output",
    ),
    "two reports of a diff on stdout": (
        ["diff", "HEAD", "--format", "json", "--output", "r.json", "--format", "text", "--format", "json"],
        "only one report can go to stdout; give the other --format an --output",
    ),
    "a colour": (["--color", "blue"], "argument --color: must not be 'blue'; known are auto, always, never"),
    "a version": (
        ["--kubernetes-version", "1.12"],
        "argument --kubernetes-version: must be a Kubernetes minor from 1.30 to 1.37, not '1.12'",
    ),
    "no value": (["--env"], "argument --env: expected one argument"),
    "both quiet and verbose": (["-q", "-v"], "-q and -v exclude each other"),
    "two reports on stdout": (
        ["--format", "text", "--format", "json"],
        "only one report can go to stdout; give the other --format an --output",
    ),
    "a format of another command": (
        ["explain", "nxdomain", "--format", "json"],
        "`ringtrue explain` has no format 'json'; it has text",
    ),
    "a word after init": (["init", "x"], "one word too many: 'x'"),
    "nothing to trace": (
        ["trace"],
        "CLIENT and HOST are missing; usage: ringtrue trace CLIENT HOST[:PORT] [options]",
    ),
    "no host to trace": (["trace", "web"], "HOST is missing; usage: ringtrue trace CLIENT HOST[:PORT] [options]"),
    "two hosts to trace": (["trace", "web", "db", "cache"], "one word too many: 'cache'"),
    "nothing to compare": (["diff"], "REV is missing; usage: ringtrue diff REV [REV] [options]"),
    "three revisions": (["diff", "a", "b", "c"], "one word too many: 'c'"),
    "a range of revisions": (["diff", "a..b"], "'a..b' is no revision: write the two of them as two words"),
    "two revisions and the index": (["diff", "a", "b", "--index"], "--index stands for the second REV; give one"),
    "a diff of what is deployed": (
        ["diff", "a", "--as-deployed"],
        "--as-deployed is for what is deployed now; `ringtrue diff` is given its revisions",
    ),
    "no gate": (["gate"], f"a gate is one of pre-push, pre-receive, update, promote; usage: {USAGES['gate']}"),
    "a gate misspelt": (["gate", "prerecieve"], "no gate is called 'prerecieve'; did you mean 'pre-receive'?"),
    "a gate like no other": (["gate", "zzz"], f"no gate is called 'zzz'; usage: {USAGES['gate']}"),
    "an option of a gate misspelt": (
        ["gate", "update", "--reff", "x"],
        "no option is called --reff; did you mean --ref?",
    ),
    "an option of a gate for a check": (
        ["--old", "a"],
        "--old is for `ringtrue gate update`, not for `ringtrue check`",
    ),
    "an option of another gate": (
        ["gate", "pre-receive", "--new", "a"],
        "--new is for `ringtrue gate update`, not for `ringtrue gate pre-receive`",
    ),
    "a gate that is narrowed": (["gate", "pre-receive", "--env=dev"], "--env is not for `ringtrue gate`"),
    "a gate with a format": (["gate", "pre-receive", "--format", "text"], "--format is not for `ringtrue gate`"),
    "an update without its new commit": (
        ["gate", "update", "--ref", "main", "--old", "a"],
        f"--new is missing; usage: {USAGES['gate']}",
    ),
    "no environment to promote": (["gate", "promote"], f"ENV is missing; usage: {USAGES['gate']}"),
    "two environments to promote": (["gate", "promote", "dev", "prod"], "one word too many: 'prod'"),
    "a word after pre-receive": (["gate", "pre-receive", "main"], "one word too many: 'main'"),
    "nothing to explain": (["explain"], "the following arguments are required: NAME"),
    "two things to explain": (["explain", "a", "b"], "one word too many: 'b'"),
    "a word after rules": (["rules", "x"], "one word too many: 'x'"),
}


@pytest.mark.parametrize(("words", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_words(words: list[str], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(words)

    assert str(caught.value) == sentence


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(["--version"])

    assert (caught.value.code, capsys.readouterr().out) == (0, f"ringtrue {__version__}\n")


def test_neither_the_version_nor_a_wrong_word_loads_the_checks() -> None:
    program = "import sys; from ringtrue.__main__ import main\n"
    program += "try: main(['--version'])\nexcept SystemExit: main(['--zzz'])\n"
    program += "print(sorted({name.split('.')[1] for name in sys.modules if name.startswith('ringtrue.')}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[1:] == ["['__main__', 'cli', 'errors']"]


def test_help_names_every_command_and_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(["--help"])

    shown = capsys.readouterr().out
    assert caught.value.code == 0
    assert [
        word
        for word in (
            "[check]",
            "trace CLIENT HOST[:PORT]",
            "diff REV [REV]",
            "ringtrue init",
            "explain NAME",
            "ringtrue rules",
            "130 interrupted",
        )
        if word not in shown
    ] == []
