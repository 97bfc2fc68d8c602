"""The gate in a clone: as git's hook, under pre-commit, in CI, and before a promotion. The server has none here."""

import sys
from pathlib import Path
from typing import Any

import pytest

ZEROS = "0" * 40
SKIPPED = (
    "refused: env/prod at c2: the commit has not reached env/staging, which comes before env/prod"
    " [promotion-skips-environment]"
)
CONFIG = """\
repos:
- repo: local
  hooks:
  - {id: gate, name: gate, entry: ringtrue gate pre-push, language: unsupported, always_run: true,
     pass_filenames: false, stages: [pre-push], verbose: true}
"""


@pytest.fixture
def clone(place: Any) -> Any:
    """`clone` follows the server; main is checked out at c3."""
    (place.folder / "server.git/hooks/pre-receive").unlink()
    place.clone("clone", hook=True)
    place.git("clone", "fetch", "-q", str(place.folder / "work"), "refs/tags/*:refs/tags/*")
    return place


def pushed(place: Any, *words: str, where: str = "clone", **more: str) -> tuple[int, list[str]]:
    """The exit status of the push, and what was said, git's own words left out."""
    done = place.run(where, "git", "push", "-q", *words, **more)
    lines = place.named(done.stdout + done.stderr).splitlines()
    return done.returncode, [line for line in lines if not line.startswith(("error: failed to push", " ! ", "To "))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["c3:refs/heads/env/dev"], (0, ["accepted: env/dev c2 -> c3"]), id="deployed"),
        pytest.param(["c2:env/prod"], (1, [SKIPPED, "  run: git push origin c2:refs/heads/env/staging"]), id="skipped"),
        pytest.param(
            ["c4:main", "c4:env/dev"], (0, ["accepted: env/dev c2 -> c4", "accepted: main c3 -> c4"]), id="two refs"
        ),
        pytest.param(
            [":env/prod"],
            (
                1,
                [
                    (
                        "refused: env/prod: env/prod may not be deleted while [environments] order on main names 'prod'"
                        " [branch-deleted]"
                    )
                ],
            ),
            id="deleted",
        ),
        pytest.param(["c4:refs/heads/topic"], (0, ["accepted: topic is not guarded"]), id="a topic branch"),
        pytest.param(["c3:refs/heads/main"], (0, []), id="nothing"),
    ],
)
def test_the_hook_of_git(clone: Any, words: list[str], expected: tuple[int, list[str]]) -> None:
    assert pushed(clone, "origin", *words) == expected


def test_a_push_to_a_fork_is_not_judged(clone: Any) -> None:
    clone.git(".", "init", "-q", "--bare", "fork.git")
    clone.git("clone", "remote", "add", "fork", "../fork.git")

    assert pushed(clone, "fork", "c2:refs/heads/env/prod") == (
        0,
        ["pushed to another repository than 'origin': not judged"],
    )


def test_a_push_to_the_server_by_its_url_is_judged(clone: Any) -> None:
    assert pushed(clone, Path(clone.server).as_uri(), "c2:env/prod")[1][0] == SKIPPED


def test_somebody_else_has_pushed(clone: Any) -> None:
    clone.prepared({"main": "rival", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"})
    clone.git("clone", "tag", "-d", "rival")
    clone.git("clone", "reflog", "expire", "--expire=now", "--all")
    clone.git("clone", "prune", "--expire=now")

    status, said = pushed(clone, "origin", "+c4:main")

    assert (status, said[0]) == (
        1,
        "ringtrue: main of 'origin' is at rival, which is not in this clone; run `git fetch origin`",
    )


def test_a_shallow_clone_says_what_to_fetch(clone: Any) -> None:
    clone.clone("shallow", "--depth=1", hook=True)
    clone.git("shallow", "commit", "-q", "--allow-empty", "-m", "x")

    status, said = pushed(clone, "origin", "HEAD:main", where="shallow")

    assert (status, said[0]) == (
        1,
        "ringtrue: this clone is shallow, so main cannot be judged; run `git fetch --unshallow origin`",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["c3:env/dev"], "accepted: env/dev c2 -> c3", id="deployed"),
        pytest.param(["c2:env/prod"], SKIPPED, id="skipped"),
        pytest.param(["c4:refs/heads/topic"], "accepted: topic is not guarded", id="a new branch"),
        pytest.param(["typo:main"], "refused: main at typo: the check finds 1 error", id="a failing check"),
    ],
)
def test_pre_commit(clone: Any, words: list[str], said: str) -> None:
    (clone.folder / "clone/.git/hooks/pre-push").unlink()
    (clone.folder / "clone/.pre-commit-config.yaml").write_text(CONFIG)
    program = str(Path(sys.executable).parent / "pre-commit")
    kept = {"PRE_COMMIT_HOME": str(clone.folder / "kept"), "PRE_COMMIT_ALLOW_NO_CONFIG": "1"}
    assert clone.run("clone", program, "install", "-t", "pre-push", **kept).returncode == 0

    status, lines = pushed(clone, "origin", *words, **kept)

    assert (status, [line for line in lines if line.startswith(said)] != []) == (int("refused" in said), True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("refs/heads/env/dev", "c2", "c3"), (0, "accepted: env/dev c2 -> c3\n"), id="deployed"),
        pytest.param(("env/dev", "c2", "c3"), (0, "accepted: env/dev c2 -> c3\n"), id="a branch by its short name"),
        pytest.param(("env/dev", ZEROS, "c3"), (0, "accepted: env/dev new -> c3\n"), id="a branch that was made"),
        pytest.param(
            ("env/prod", "c1", "c2"),
            (1, f"{SKIPPED}\n  run: git push origin c2:refs/heads/env/staging\n"),
            id="skipped",
        ),
        pytest.param(
            ("main", "c3", ZEROS), (1, "refused: main: main may not be deleted [branch-deleted]\n"), id="deleted"
        ),
    ],
)
def test_in_ci(clone: Any, words: tuple[str, str, str], expected: tuple[int, str]) -> None:
    ref, old, new = words
    done = clone.run("clone", "ringtrue", "gate", "update", "--ref", ref, "--old", old, "--new", new)

    assert (done.returncode, clone.named(done.stdout), done.stderr) == (*expected, "")


def test_what_a_branch_was_before_it_moved(clone: Any) -> None:
    """In CI the server has moved already: what is new is new against the old commit."""
    clone.prepared({"main": "weak", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"})
    clone.git("clone", "fetch", "-q")

    done = clone.run("clone", "ringtrue", "gate", "update", "--ref", "main", "--old", "c3", "--new", "weak")

    lines = clone.named(done.stdout).splitlines()
    assert (done.returncode, lines[:2]) == (
        0,
        ["accepted: main c3 -> weak", "weakens: ringtrue.toml:11: [environments] skip has more: 'labs'"],
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(("c2", "nosuch"), "--new must be a commit, or zeros for none, not 'nosuch'", id="no commit"),
        pytest.param(
            ("1" * 40, "c3"),
            f"commit {'1' * 40} is not in this clone; run `git fetch origin {'1' * 40}`",
            id="a commit that is not here",
        ),
    ],
)
def test_in_ci_without_the_commit(clone: Any, words: tuple[str, str], sentence: str) -> None:
    old, new = words
    done = clone.run("clone", "ringtrue", "gate", "update", "--ref", "env/dev", "--old", old, "--new", new)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ringtrue: {sentence}\n")


def test_in_ci_without_main(clone: Any) -> None:
    clone.git("clone", "symbolic-ref", "-d", "refs/remotes/origin/HEAD")
    clone.git("clone", "update-ref", "-d", "refs/remotes/origin/main")

    done = clone.run("clone", "ringtrue", "gate", "update", "--ref", "env/dev", "--old", "c2", "--new", "c3")

    sentence = "this clone does not know which branch of 'origin' is main"
    command = "git remote set-head origin --auto"
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"ringtrue: {sentence}; fetch it and run `{command}`\n",
    )


def test_in_ci_in_a_shallow_clone(clone: Any) -> None:
    clone.clone("shallow", "--depth=1", "--no-single-branch")
    new = clone.git("shallow", "rev-parse", "HEAD")
    done = clone.run("shallow", "ringtrue", "gate", "update", "--ref", "env/dev", "--old", new, "--new", new)

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "ringtrue: this clone is shallow, so env/dev cannot be judged; run `git fetch --unshallow origin`\n",
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "dev",
            (
                0,
                (
                    "env/dev would move from c2 to c3 of main: 1 commit\n  c3 c3\n"
                    "accepted: env/dev c2 -> c3\nrun: git push origin c3:refs/heads/env/dev\n"
                ),
            ),
            id="from main",
        ),
        pytest.param(
            "staging",
            (
                0,
                (
                    "env/staging would move from c1 to c2 of env/dev: 1 commit\n  c2 c2\n"
                    "accepted: env/staging c1 -> c2\nrun: git push origin c2:refs/heads/env/staging\n"
                ),
            ),
            id="from the environment before",
        ),
        pytest.param(
            "prod", (0, "env/prod is at c1, as env/staging is: nothing to promote\n"), id="nothing to promote"
        ),
    ],
)
def test_promote(clone: Any, name: str, expected: tuple[int, str]) -> None:
    before = clone.refs()
    done = clone.run("clone", "ringtrue", "gate", "promote", name)

    assert (done.returncode, clone.named(done.stdout), done.stderr) == (*expected, "")
    assert clone.refs() == before


def test_a_promotion_that_would_be_refused_prints_no_push(clone: Any) -> None:
    clone.prepared({"main": "typo", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"})
    clone.git("clone", "fetch", "-q")

    done = clone.run("clone", "ringtrue", "gate", "promote", "dev")

    lines = clone.named(done.stdout).splitlines()
    assert (done.returncode, lines[:4], [line for line in lines if line.startswith("run: ")]) == (
        1,
        [
            "env/dev would move from c2 to typo of main: 2 commits",
            "  typo typo",
            "  c3 c3",
            "refused: env/dev at typo: the check finds 1 error in 'dev' [check-failed]",
        ],
        [],
    )


def test_a_long_promotion_is_cut(clone: Any) -> None:
    for number in range(25):
        clone.git("clone", "commit", "-q", "--allow-empty", "-m", f"change {number}")
    clone.git("clone", "push", "-q", "--no-verify", "origin", "main")

    lines = clone.run("clone", "ringtrue", "gate", "promote", "dev").stdout.splitlines()

    assert lines[0].endswith(" of main: 26 commits")
    assert [line.partition(" change ")[2] for line in lines[1:21]] == [str(number) for number in range(24, 4, -1)]
    assert lines[21] == "  and 6 before them"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("stagin", "no environment is called 'stagin'; did you mean 'staging'?"),
        ("qa", "no environment is called 'qa'; there are 'dev', 'staging', 'prod'"),
    ],
)
def test_a_promotion_of_no_environment(clone: Any, name: str, sentence: str) -> None:
    done = clone.run("clone", "ringtrue", "gate", "promote", name)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ringtrue: {sentence}\n")
