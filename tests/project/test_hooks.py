"""The hooks: what pre-commit accepts, run from this project's own environment, and offered to other repositories."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from render_environments import ROOT

BIN = Path(sys.executable).parent
CONFIG = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for repo in CONFIG["repos"] for hook in repo["hooks"]}


@pytest.mark.parametrize(
    ("command", "path"),
    [("validate-config", ".pre-commit-config.yaml"), ("validate-manifest", ".pre-commit-hooks.yaml")],
    ids=["config", "manifest"],
)
def test_pre_commit_accepts(command: str, path: str) -> None:
    done = subprocess.run([BIN / "pre-commit", command, path], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_hooks_come_from_this_repository_only() -> None:
    assert [repo["repo"] for repo in CONFIG["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS.values()} == {"unsupported"}


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_runs_a_program_that_is_there(hook: str) -> None:
    script, program, *words = HOOKS[hook]["entry"].split()

    assert (script, os.access(ROOT / script, os.X_OK)) == ("scripts/run", True)
    assert os.access(BIN / program, os.X_OK)
    assert [word for word in words if word.endswith(".py") and not (ROOT / word).is_file()] == []


def test_ringtrue_looks_at_everything_at_commit_and_judges_a_push() -> None:
    hook = HOOKS["ringtrue"]

    assert (hook["entry"], hook["always_run"], hook["pass_filenames"], hook["stages"]) == (
        "scripts/run ringtrue check",
        True,
        False,
        ["pre-commit", "pre-push"],
    )
    gate = HOOKS["ringtrue-gate"]
    assert (gate["entry"], gate["always_run"], gate["stages"]) == (
        "scripts/run ringtrue gate pre-push",
        True,
        ["pre-push"],
    )
    assert CONFIG["default_install_hook_types"] == ["pre-commit", "pre-push"]


def test_other_repositories_are_offered_ringtrue() -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    fields = ("id", "entry", "language", "always_run", "pass_filenames", "stages")

    assert [tuple(hook[name] for name in fields) for hook in offered] == [
        ("ringtrue", "ringtrue check", "python", True, False, ["pre-commit", "pre-push"]),
        ("ringtrue-gate", "ringtrue gate pre-push", "python", True, False, ["pre-push"]),
    ]


def test_scripts_run_passes_arguments_and_exit_status() -> None:
    program = "import sys; print(sys.argv[1:]); sys.exit(5)"
    command = [ROOT / "scripts" / "run", "python", "-c", program, "two words", "*"]
    done = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (5, "['two words', '*']\n", "")


def test_ci_uses_words_of_the_makefile_only() -> None:
    words = re.findall(r"^step make ([a-z]+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), flags=re.MULTILINE)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert set(words) == {"browser", "check", "lint", "oracles", "setup", "site", "test", "tools"}
    assert set(words) <= set(targets)
