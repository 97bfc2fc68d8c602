"""Pushes that a table cannot tell: the first one, at the same time, killed, from a shallow clone, with SHA-256."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

REFS = {"main": "c3", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"}
WAITING = '#!/bin/sh\necho $$ > "{folder}/started"\nexec ringtrue gate pre-receive\n'


@pytest.mark.parametrize("head", ["main", "master"])
def test_the_first_push_to_an_empty_repository(place: Any, head: str) -> None:
    place.git(".", "init", "-q", "--bare", "-b", head, "empty.git")
    place.install("empty.git")
    server = str(place.folder / "empty.git")

    early = place.run("work", "git", "push", "-q", server, "c1:refs/heads/env/dev")
    first = place.run("work", "git", "push", "-q", server, "c1:refs/heads/main")
    then = place.run("work", "git", "push", "-q", server, "c1:refs/heads/env/dev", "c1:refs/heads/env/staging")

    assert (early.returncode, place.told(early.stderr)) == (
        1,
        [
            "refused: env/dev at c1: the commit is not on main, which is not there yet [commit-not-on-main]",
            "  run: git push origin c1:refs/heads/main",
        ],
    )
    assert (first.returncode, place.told(first.stderr)) == (0, ["accepted: main new -> c1"])
    assert (then.returncode, place.told(then.stderr)) == (
        0,
        ["accepted: env/dev new -> c1", "accepted: env/staging new -> c1"],
    )


def test_everything_in_the_first_push(place: Any) -> None:
    place.git(".", "init", "-q", "--bare", "-b", "main", "empty.git")
    place.install("empty.git")
    branches = ("main", "env/dev", "env/staging", "env/prod")

    done = place.run(
        "work", "git", "push", "-q", str(place.folder / "empty.git"), *(f"c2:refs/heads/{name}" for name in branches)
    )
    assert (done.returncode, place.told(done.stderr)) == (
        0,
        [f"accepted: {name} new -> c2" for name in branches],
    )


def test_two_pushes_at_the_same_time(place: Any) -> None:
    """Each gate accepts what it sees; git moves the ref once."""
    pushes = [
        subprocess.Popen(
            ["git", "push", "-q", place.server, f"{commit}:main"],
            cwd=place.folder / "work",
            env=place.environ,
            stderr=subprocess.DEVNULL,
        )
        for commit in ("c4", "rival")
    ]
    accepted = [push.wait() == 0 for push in pushes]

    assert sorted(accepted) == [False, True]
    assert place.refs() == {**REFS, "main": ("c4", "rival")[accepted.index(True)]}
    place.check_intact()


def test_main_and_an_environment_at_the_same_time(place: Any) -> None:
    pushes = [
        subprocess.Popen(["git", "push", "-q", place.server, refspec], cwd=place.folder / "work", env=place.environ)
        for refspec in ("c4:main", "c3:env/dev")
    ]

    assert [push.wait() for push in pushes] == [0, 0]
    assert place.refs() == {**REFS, "main": "c4", "env/dev": "c3"}
    place.check_intact()


@pytest.mark.parametrize("whole", [False, True], ids=["the pusher", "the pusher and the server's processes"])
def test_a_killed_push(place: Any, whole: bool) -> None:
    """The ref has moved or has not, and the next push goes on from there."""
    hook = place.folder / "server.git/hooks/pre-receive"
    hook.write_text(WAITING.format(folder=place.folder))
    push = subprocess.Popen(
        ["git", "push", "-q", place.server, "c4:main"],
        cwd=place.folder / "work",
        env=place.environ,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    judging = _started(place.folder / "started")

    if whole:
        os.killpg(push.pid, signal.SIGKILL)
    else:
        push.kill()
    push.wait()
    _ended(judging)
    place.install()
    left = place.refs()
    again = place.push("c4:main")

    assert left in ([REFS] if whole else [REFS, {**REFS, "main": "c4"}])
    assert again in ((0, ["accepted: main c3 -> c4"]), (0, []))
    assert place.refs() == {**REFS, "main": "c4"}
    assert place.git("server.git", "fsck", "--connectivity-only", "--no-dangling") == ""


def _started(file: Path) -> int:
    """The process that judges; what it is written to may be read half written."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if file.exists() and file.read_text().endswith("\n"):
            return int(file.read_text())
        time.sleep(0.01)
    raise TimeoutError("the hook has not started")


def _ended(process: int) -> None:
    """Its parent, which moves the ref, ends with it or right after it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            time.sleep(0.3)
            return
        time.sleep(0.02)
    raise TimeoutError("the hook has not ended")


def test_a_push_from_a_shallow_clone(place: Any) -> None:
    place.clone("shallow", "--depth=1")
    place.git("shallow", "commit", "-q", "--allow-empty", "-m", "x")
    place.keep("x", "shallow")

    assert place.push("HEAD:main", where="shallow") == (0, ["accepted: main c3 -> x"])
    assert place.refs() == {**REFS, "main": "x"}
    place.check_intact()


def test_a_repository_with_sha256(place: Any) -> None:
    place.git(".", "init", "-q", "--bare", "-b", "main", "--object-format=sha256", "long.git")
    place.git(".", "init", "-q", "-b", "main", "--object-format=sha256", "source")
    place.install("long.git")
    for name in ("apps", "argocd", "base", "overlays"):
        shutil.copytree(place.folder / "work" / name, place.folder / "source" / name)
    shutil.copy(place.folder / "work/ringtrue.toml", place.folder / "source")
    place.git("source", "add", "--all")
    place.git("source", "commit", "-q", "-m", "first")
    place.keep("first", "source")
    server = str(place.folder / "long.git")

    done = place.run("source", "git", "push", "-q", server, "first:refs/heads/main", "first:refs/heads/env/dev")
    gone = place.run("source", "git", "push", "-q", server, ":main")

    assert place.told(done.stderr) == ["accepted: main new -> first", "accepted: env/dev new -> first"]
    assert place.told(gone.stderr) == ["refused: main: main may not be deleted [branch-deleted]"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("", (0, "", ""), id="nothing is pushed"),
        pytest.param(
            "x\n",
            (2, "", "ringtrue: line 1 of stdin must be `<old> <new> <ref>`, not 'x'\n"),
            id="a line that git does not write",
        ),
        pytest.param(
            f"{'1' * 40} {'0' * 40} refs/heads/main\r\n",
            (1, "refused: main: main may not be deleted [branch-deleted]\n", ""),
            id="lines of Windows",
        ),
    ],
)
def test_the_lines_of_the_hook(place: Any, lines: str, expected: tuple[int, str, str]) -> None:
    (place.folder / "lines").write_text(lines, newline="")
    done = place.run("server.git", "sh", "-c", "ringtrue gate pre-receive < ../lines")

    assert (done.returncode, done.stdout, done.stderr) == expected


def test_a_pusher_that_does_not_listen_is_refused_all_the_same(place: Any) -> None:
    (place.folder / "lines").write_text(f"{'1' * 40} {'0' * 40} refs/heads/main\n")
    place.run(
        "server.git", "sh", "-c", "{ sleep 0.3; ringtrue gate pre-receive < ../lines; echo $? > ../status; } | true"
    )

    assert (place.folder / "status").read_text() == "1\n"
