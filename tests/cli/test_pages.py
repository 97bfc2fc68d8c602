"""`ringtrue explain` and `ringtrue rules`."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ringtrue.checking import entries
from ringtrue.gates.names import NAMES

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("name", [*entries(), *NAMES])
def test_every_page_has_the_three_headings(name: str, run: Run) -> None:
    done = run("explain", name)
    first, _, summary, *_ = done.stdout.splitlines()

    assert (done.returncode, done.stderr, first) == (0, "", name)
    assert summary.endswith(".")
    assert [line for line in done.stdout.splitlines() if line.startswith("## ")] == [
        "## What it does",
        "## Why it matters",
        "## How to fix",
    ]


def test_a_reason_without_its_prefix(run: Run) -> None:
    assert run("explain", "nxdomain").stdout == run("explain", "reference-nxdomain").stdout


def test_a_name_that_does_not_exist(run: Run) -> None:
    done = run("explain", "nxdomian")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ringtrue: no rule or reason is called 'nxdomian'; did you mean 'nxdomain'?\n"


def test_the_page_of_a_refusal(run: Run) -> None:
    first, _, summary, *_, last = run("explain", "promotion-skips-environment").stdout.splitlines()

    assert first == "promotion-skips-environment"
    assert summary == "A push brings a commit to an environment before the earlier ones have it."
    assert last == "`ringtrue gate` refuses the push; no setting changes that."


def test_a_refusal_that_does_not_exist(run: Run) -> None:
    done = run("explain", "branch-delete")

    assert done.stderr == "ringtrue: no rule or reason is called 'branch-delete'; did you mean 'branch-deleted'?\n"


def test_rules_says_the_severity_here(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").write_text('[rules]\nservice-selects-nothing = "off"\n')
    lines = run("rules").stdout.splitlines()

    assert [line.split()[0] for line in lines] == list(entries())
    columns = ["service-selects-nothing", "failure", "off", "A Service's selector matches no pod in its namespace."]
    assert columns in [line.split(maxsplit=3) for line in lines]
