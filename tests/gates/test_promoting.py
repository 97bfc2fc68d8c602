"""This repository's own history on a server with the gate: what the README says deploys, promotes and rolls back."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
DAILY = README.partition("## Daily commands")[2].partition("```\n")[2].partition("```")[0]
COMMANDS = [line.partition("#")[0].strip() for line in DAILY.splitlines()]
PUSHES = [command for command in COMMANDS if command.startswith("git push")]
(REVERT,) = [command for command in COMMANDS if command.startswith("git revert")]
BRANCHES = ("main", "env/dev", "env/staging", "env/prod")


@pytest.fixture
def own(place: Any) -> Any:
    """The server holds this repository's history; a developer has one commit more."""
    place.git(".", "init", "-q", "--bare", "-b", "main", "own.git")
    place.git("own.git", "fetch", "-q", str(ROOT), "HEAD:refs/heads/main")
    place.git(".", "clone", "-q", "own.git", "developer")
    place.install("own.git")
    return place


def shell(place: Any, command: str) -> tuple[int, list[str]]:
    done = place.run("developer", "sh", "-ec", command)
    return done.returncode, [line for line in place.told(done.stderr) if not line.startswith("weakens: ")]


def branches(place: Any) -> dict[str, str]:
    lines = place.git("own.git", "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads").splitlines()
    return dict(line.split() for line in lines)


def test_the_commands_of_the_readme_deploy_promote_and_roll_back(own: Any) -> None:
    first = own.git("developer", "rev-parse", "main")
    own.commit("last", {"base/namespace.yaml": lambda text: f"# The last change.\n{text}"}, "developer")
    last = own.git("developer", "rev-parse", "main")
    assert shell(own, "git push origin main") == (0, [f"accepted: main {first[:12]} -> last"])
    assert [shell(own, command)[0] for command in PUSHES] == [0, 0, 0]
    assert branches(own) == dict.fromkeys(BRANCHES, last)

    # Rolled back: a revert on main, which is then promoted.
    assert shell(own, REVERT.replace("COMMIT", shlex.quote(last)))[0] == 0
    assert [shell(own, command)[0] for command in PUSHES] == [0, 0, 0]
    reverted = own.git("developer", "rev-parse", "main")
    assert branches(own) == dict.fromkeys(BRANCHES, reverted)
    assert own.git("developer", "diff", "--stat", first, reverted) == ""
    assert own.git("own.git", "fsck", "--connectivity-only", "--no-dangling") == ""


def test_the_readme_names_each_promotion() -> None:
    sources = [re.sub(r" +", " ", command) for command in PUSHES]

    assert sources == [
        "git push origin main:refs/heads/env/dev",
        "git push origin origin/env/dev:refs/heads/env/staging",
        "git push origin origin/env/staging:refs/heads/env/prod",
    ]
