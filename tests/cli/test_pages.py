"""`ringtrue explain` and `ringtrue rules`."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ringtrue.checking import entries
from ringtrue.checking.catalogue import grade
from ringtrue.gates.names import NAMES, REFUSES
from ringtrue.manual.shipped import listed, page
from ringtrue.reports.lines import plain
from ringtrue.reports.page_text import lines

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
HEADINGS = ["What it does", "Why it matters", "How to fix", "Example"]
PAGE = """\
branch-deleted

A push deletes main, or the branch of an environment.

`ringtrue gate` refuses the push; no setting changes that.

What it does
  Refuses the deletion of `[environments] main` and of every
  branch that `[environments] order` names; without an
  order, of every branch that `[environments] branches`
  matches. The branch of an environment that the order no
  longer names may go.

Why it matters
  Argo CD reads the branch. Without it every sync of that
  environment fails, and what the branch pointed to, which
  is what the cluster runs, is known to nobody.

How to fix
  To give an environment up, take its Applications and its
  name in `[environments] order` away on main, push that,
  and delete the branch then.

Example

  Main is at c3, env/dev at c2, env/staging and env/prod at
  c1; `[environments] order` names all three.

    $ git push origin :env/prod
    refused: env/prod: env/prod may not be deleted while
        [environments] order on main names 'prod'
        [branch-deleted]
"""
"""`ringtrue explain branch-deleted` in 60 columns."""

SCHEMA = ROOT / "scripts/ringtrue/reports/rules.v1.schema.json"


@pytest.mark.parametrize("name", [*entries(), *NAMES])
def test_every_page_says_what_why_how_and_shows_it(name: str) -> None:
    text = page(name)
    shown = plain(lines(text, 80)).splitlines()
    wanted = [*HEADINGS, *(["Use instead"] if name not in NAMES else [])]

    assert shown[:2] == [name, ""]
    assert [line for line in shown if line in wanted] == wanted
    assert (REFUSES if name in NAMES else grade(entries()[name])) in text
    # A finding ends with its name; a chain with its reason.
    assert f"[{name}]" in text or f"({name.removeprefix('reference-')})" in text, "no example shows it"
    assert name in NAMES or "ringtrue says\n" in text


def test_a_reason_without_its_prefix(run: Run) -> None:
    assert run("explain", "nxdomain").stdout == run("explain", "reference-nxdomain").stdout


def test_what_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    done = run("explain", "branch-deleted")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == PAGE


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("nxdomian", "did you mean 'nxdomain'?"),
        ("reference-nxdomian", "did you mean 'nxdomain'?"),
        ("branch-delete", "did you mean 'branch-deleted'?"),
        ("drain", "it is a word of 'pdb-blocks-drain'"),
        ("zzz", "`ringtrue rules` lists them"),
        ("", "`ringtrue rules` lists them"),
    ],
)
def test_a_name_that_does_not_exist(run: Run, word: str, hint: str) -> None:
    done = run("explain", word)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ringtrue: no rule or reason is called {word!r}; {hint}\n"


def test_colour_only_where_it_is_wanted(run: Run) -> None:
    painted = run("explain", "nodata", "--color", "always").stdout

    assert painted.startswith("\x1b[1;4mreference-nodata\x1b[0m\n")
    assert "\x1b" not in run("explain", "nodata").stdout


def test_a_page_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    done = run("explain", "nodata", "--output", str(tmp_path / "page.txt"))

    assert done.stdout == ""
    assert (tmp_path / "page.txt").read_text().startswith("reference-nodata\n\n")


def test_rules_says_the_severity_here(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").write_text('[rules]\nservice-selects-nothing = "off"\n')
    shown = [line.split(maxsplit=3) for line in run("rules").stdout.splitlines()]

    assert [columns[0] for columns in shown] == list(listed())
    assert [
        "service-selects-nothing",
        "failure",
        "off",
        "A Service's selector matches no pod in its namespace.",
    ] in shown
    assert ["branch-deleted", "gate", "refused", "A push deletes main, or the branch of an environment."] in shown


def test_rules_refuses_a_name_that_no_rule_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").write_text('[rules]\nservice-selects-nothin = "off"\n')
    done = run("rules")

    assert (done.returncode, done.stderr) == (
        2,
        (
            "ringtrue: ringtrue.toml:2: no rule is called 'service-selects-nothin';"
            " did you mean 'service-selects-nothing'?\n"
        ),
    )


def test_rules_as_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").write_text("[rules]\npolicy = true\n")
    document = json.loads(run("rules", "--format", "json").stdout)
    by_name: dict[str, Any] = {each["name"]: each for each in document["rules"]}

    jsonschema.validate(document, json.loads(SCHEMA.read_text()))
    assert list(by_name) == list(listed())
    assert by_name["image-unpinned"] == {
        "name": "image-unpinned",
        "kind": "rule",
        "class": "policy",
        "verdict": None,
        "severity": "error",
        "default": "error",
        "summary": "A container's image is not held by a digest.",
        "docs": "docs/rules/image-unpinned.md",
    }
    assert by_name["reference-external"]["verdict"] == "unknown"
    assert by_name["reference-external"]["severity"] == "off"
    assert by_name["branch-deleted"]["severity"] == "refused"


def test_what_is_listed_is_what_a_finding_can_end_with() -> None:
    graded = {name: each.entry for name, each in listed().items() if each.entry}

    assert graded == entries()
    assert [name for name, each in listed().items() if not each.entry] == sorted(NAMES)


@pytest.mark.parametrize("words", ["explain nxdomain", "rules"])
def test_no_rule_is_loaded_for_it(words: str, tmp_path: Path) -> None:
    program = f"import sys; from ringtrue.__main__ import main; main({words.split()!r}); print(*sys.modules)"
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environ, check=True, capture_output=True, text=True)
    loaded = {name.removeprefix("ringtrue.").partition(".")[0] for name in done.stdout.splitlines()[-1].split()}

    assert "manual" in loaded
    assert loaded & {"checking", "cluster", "environments", "reachability", "rendering", "rules"} == set()
    assert loaded & {"importlib_metadata", "jsonschema", "rich", "yaml"} == set()
