"""`ringtrue diff` on small histories, to the letter: `expected.txt` in a log, `expected.md` as a comment.

A folder is a change to the repository in `shop/`: what lies in its `before/` and then in its `after/` is laid over it,
each a commit; `after/.removed` lists the files that go.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ringtrue.__main__ import main
from ringtrue.changes import Change
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.references.reference import Via

HERE = Path(__file__).parent
SCHEMA: dict[str, Any] = json.loads(files("ringtrue.reports").joinpath("diff.v1.schema.json").read_text())
CASES = sorted(path.parent for path in HERE.glob("*/after"))
PAGE = HERE.parents[1] / "docs" / "diff.md"
SHOWN = re.findall(r"<!-- expected of: tests/diffs/(\S+) -->\n```\n(.*?)```\n", PAGE.read_text(), re.S)
REMOVED = ".removed"


def git(*words: str, at: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    config = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *identity, *words]
    return subprocess.run(command, cwd=at, env=kept | config, check=True, capture_output=True, text=True).stdout


def commit(root: Path, folder: Path) -> None:
    """The state with a folder laid over it."""
    if folder.exists():
        # Not copy2: git takes a file of the same size and age for the same one.
        shutil.copytree(folder, root, dirs_exist_ok=True, copy_function=shutil.copy)
    for name in (root / REMOVED).read_text().split() if (root / REMOVED).exists() else ():
        (root / name).unlink()
    (root / REMOVED).unlink(missing_ok=True)
    git("add", "--all", at=root)
    git("commit", "-q", "--allow-empty", "-m", "x", at=root)


@pytest.fixture
def history(tmp_path: Path, case: Path) -> Path:
    """A repository whose last commit is the change of the case."""
    shutil.copytree(HERE / "shop", tmp_path, dirs_exist_ok=True, copy_function=shutil.copy)
    git("init", "-q", at=tmp_path)
    commit(tmp_path, case / "before")
    commit(tmp_path, case / "after")
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_reviewer_and_a_program_read(
    case: Path, history: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of one run: comparing two commits renders both."""
    written = history / ".git" / "difference.json"
    comment = history / ".git" / "difference.md"
    files = ["--format", "json", "--output", str(written), "--format", "markdown", "--output", str(comment)]
    status = main(["diff", "HEAD~1", "HEAD", "--root", str(history), "--format", "text", *files])
    out, err = capfd.readouterr()
    expected, remark = case / "expected.txt", case / "expected.md"
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.write_text(out)
        remark.write_text(comment.read_text())

    assert (out, err) == (expected.read_text(), "")
    assert comment.read_text() == remark.read_text()
    assert status == (1 if "\nbroken: " in out or "\nnew errors" in out else 0)
    assert git("status", "--porcelain", at=history) == ""
    answer = json.loads(written.read_text())
    Draft202012Validator(SCHEMA).validate(answer)
    assert status == int(answer["worse"])
    assert [answer[side]["commit"] for side in ("before", "after")] == [
        git("rev-parse", name, at=history).strip() for name in ("HEAD~1", "HEAD")
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_comment_is_short_before_unfolding(case: Path) -> None:
    text = (case / "expected.md").read_text()
    shown = re.sub("<details>.*?</details>", "", text, flags=re.S)

    assert text.startswith("### ringtrue: ")
    assert len(shown.splitlines()) <= 60
    assert len(text) < 65_536


@pytest.mark.parametrize("case", [HERE / "a-bit-of-everything"], ids=lambda case: case.name)
def test_the_same_comment_whatever_the_order_of_hashes(case: Path, history: Path) -> None:
    command = [sys.executable, "-m", "ringtrue", "diff", "HEAD~1", "HEAD", "--format", "markdown"]
    package = str(HERE.parents[1] / "scripts")
    for seed in "12":
        environ = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": package, "COLUMNS": "40"}
        done = subprocess.run(command, cwd=history, env=environ, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (1, (case / "expected.md").read_bytes())


@pytest.mark.parametrize("case", [HERE / "environment-added"], ids=lambda case: case.name)
@pytest.mark.parametrize(
    ("name", "second"),
    [("dev", "nothing changed: 1 connection as before"), ("qa", "connections: 1 gained")],
    ids=["one that stays", "one that is new"],
)
def test_one_environment(name: str, second: str, history: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status = main(["diff", "HEAD~1", "HEAD", "--root", str(history), "--env", name])

    assert (status, capfd.readouterr().out.splitlines()[1]) == (0, second)


@pytest.mark.parametrize(("name", "shown"), SHOWN, ids=[name for name, _ in SHOWN])
def test_the_page_shows_what_a_reviewer_reads(name: str, shown: str, request: pytest.FixtureRequest) -> None:
    expected = (HERE / name / "expected.txt").read_text()
    if request.config.getoption("update_expected"):
        block = f"tests/diffs/{name} -->\n```\n"
        PAGE.write_text(PAGE.read_text().replace(f"{block}{shown}```", f"{block}{expected}```"))
        shown = expected
    assert shown == expected


def test_the_schema_holds_the_closed_words() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    change = SCHEMA["properties"]["connections"]["items"]["properties"]["change"]["enum"]
    connection = SCHEMA["$defs"]["connection"]["properties"]
    counts = SCHEMA["properties"]["environments"]["items"]["properties"]["connections"]["properties"]

    assert change == [each.value for each in Change]
    assert list(counts) == ["same", *change]
    assert connection["verdict"]["enum"] == [each.value for each in Verdict]
    assert connection["reason"]["enum"] == [each.value for each in Reason]
    assert connection["references"]["items"]["properties"]["via"]["enum"] == [each.value for each in Via]
