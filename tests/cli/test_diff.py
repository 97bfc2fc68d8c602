"""`ringtrue diff` on the real command: which states it reads, what it says of them, and that it touches nothing."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., Path]

ASSUMED = (
    "\nassumed: Kubernetes 1.35, CoreDNS, domain cluster.local, glibc, NetworkPolicy enforced; "
    "set [cluster] to say otherwise\n"
)
BROKEN = """\
connections: 1 broken; errors: 1 new; warnings: 1 new

broken: proved before, refuted now
  Pod shop/client calls Service shop/web:80, by env WEB_HOST
"""
GAINED = """\
connections: 1 gained

gained: called now, and not before
  Pod shop/client calls Service shop/web:80, by env WEB_HOST: proved
"""


def git(root: Path, *words: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    config = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *identity, *words]
    return subprocess.run(command, cwd=root, env=kept | config, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")


@pytest.fixture
def root(write: Write, web: str) -> Path:
    """A first commit with nothing to check, then one with a Service and a caller, tagged `good`."""
    made = write({"README.md": "x"})
    git(made, "init", "-q")
    commit(made)
    git(made, "tag", "empty")
    write({"web.yaml": web})
    commit(made)
    git(made, "tag", "good")
    return made


@pytest.fixture
def renamed(web: str) -> str:
    """The Service has another name, and its caller does not know."""
    return web.replace("name: web", "name: site", 1)


def test_the_working_tree(root: Path, write: Write, renamed: str, run: Run) -> None:
    write({"web.yaml": renamed})
    done = run("diff", "HEAD")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"from HEAD to the working tree\n{BROKEN}")
    assert git(root, "status", "--porcelain") == " M web.yaml\n"


@pytest.mark.parametrize("hook", [False, True], ids=["--index", "pre-commit"])
def test_the_index(
    hook: bool,
    root: Path,
    write: Write,
    web: str,
    renamed: str,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is staged counts, not what is on disk."""
    write({"web.yaml": renamed})
    git(root, "add", "web.yaml")
    write({"web.yaml": web})
    if hook:
        monkeypatch.setenv("PRE_COMMIT", "1")
    done = run("diff", "HEAD", *([] if hook else ["--index"]))

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"from HEAD to the index\n{BROKEN}")
    assert git(root, "status", "--porcelain") == "MM web.yaml\n"


def test_two_revisions(root: Path, write: Write, renamed: str, run: Run) -> None:
    """Whatever lies in the working tree."""
    write({"web.yaml": renamed})
    commit(root)
    write({"web.yaml": "kind: [", "ringtrue.toml": "nonsense"})
    done = run("diff", "good", "main")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"from good to main\n{BROKEN}")


def test_a_bare_repository(root: Path, write: Write, renamed: str, run: Run, tmp_path: Path) -> None:
    write({"web.yaml": renamed, "ringtrue.toml": '[cluster]\nversion = "1.34"\n'})
    commit(root)
    bare = tmp_path / "server.git"
    git(root, "clone", "-q", "--bare", ".", str(bare))
    done = run("diff", "good", "main", "--root", str(bare))

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"from good to main\n{BROKEN}")
    assert done.stdout.endswith(
        "\nassumed: ringtrue.toml changed; both sides are judged by that of main" + ASSUMED.replace("1.35", "1.34")
    )


def test_a_bare_repository_has_no_working_tree(root: Path, run: Run, tmp_path: Path) -> None:
    bare = tmp_path / "server.git"
    git(root, "clone", "-q", "--bare", ".", str(bare))
    done = run("diff", "good", "--root", str(bare))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ringtrue: {str(bare)!r} is a bare repository: there is no working tree to check\n"


def test_from_nothing_everything_is_gained(root: Path, run: Run) -> None:
    done = run("diff", "empty", "good")

    assert (done.returncode, done.stdout, done.stderr) == (0, f"from empty to good\n{GAINED}{ASSUMED}", "")


def test_to_nothing_everything_is_lost(root: Path, run: Run) -> None:
    done = run("diff", "good", "empty")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "from good to empty\nconnections: 1 lost\n\nlost: called before, and not now\n"
        f"  Pod shop/client calls Service shop/web:80, by env WEB_HOST\n{ASSUMED}"
    )


WRONG = {
    "nothing on either side": (["empty", "empty"], "no manifest was found in empty, nor in empty"),
    "a revision that is not there": (
        ["origin/main", "good"],
        "no revision 'origin/main' in this repository; run `git fetch` if it exists elsewhere",
    ),
    "another one that is not there": (
        ["good", "v9"],
        "no revision 'v9' in this repository; run `git fetch` if it exists elsewhere",
    ),
    "an environment that is not there": (
        ["empty", "good", "--env", "prod"],
        "no environment is called 'prod'; there are '.'",
    ),
}


@pytest.mark.parametrize(("words", "sentence"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_compared(words: list[str], sentence: str, root: Path, run: Run) -> None:
    done = run("diff", *words)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ringtrue: {sentence}\n")


def test_a_shallow_clone(root: Path, run: Run, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(root, "clone", "-q", "--depth=1", root.as_uri(), str(clone))
    done = run("diff", "HEAD~1", "--root", str(clone))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ringtrue: no revision 'HEAD~1' in this clone, which is shallow; run `git fetch --unshallow`\n"
    )


def test_outside_of_git(write: Write, web: str, run: Run) -> None:
    write({"web.yaml": web})
    done = run("diff", "HEAD")

    assert (done.returncode, done.stdout) == (2, "")
    assert "not a git repository" in done.stderr


def test_both_reports_of_one_run(root: Path, run: Run) -> None:
    done = run("diff", "empty", "good", "--format", "text", "--format", "json", "--output", "out.json")
    written = json.loads((root / "out.json").read_text())

    assert (done.returncode, done.stdout) == (0, f"from empty to good\n{GAINED}{ASSUMED}")
    assert (written["before"]["name"], written["worse"]) == ("empty", False)
    assert written["environments"] == [
        {
            "name": ".",
            "state": "added",
            "renders": True,
            "connections": {
                "same": 0,
                "broken": 0,
                "turned-unknown": 0,
                "moved": 0,
                "gained": 1,
                "lost": 0,
                "mended": 0,
                "became-known": 0,
            },
        }
    ]
    assert written["connections"][0]["after"]["target"] == {"namespace": "shop", "service": "web"}


def test_the_working_tree_has_no_commit(root: Path, run: Run) -> None:
    answer = json.loads(run("diff", "HEAD", "--format", "json").stdout)

    assert (answer["after"], answer["connections"]) == ({"name": "the working tree", "commit": None}, [])


def test_quiet_says_nothing_of_what_did_not_change(root: Path, run: Run) -> None:
    assert run("diff", "HEAD", "-q").stdout == ""
    assert run("diff", "empty", "good", "-q").stdout == (
        "gained: called now, and not before\n  Pod shop/client calls Service shop/web:80, by env WEB_HOST: proved\n"
    )


def test_verbose_shows_the_chains(root: Path, run: Run) -> None:
    done = run("diff", "empty", "good", "-v")

    assert done.returncode == 0
    assert done.stdout.partition("\nassumed")[0] == (
        f"from empty to good\n{GAINED}"
        "    shop/client [curl]  env WEB_HOST = web.shop.svc.cluster.local   web.yaml:20\n"
        "      name      4 dots < ndots 5: search list first, 3 x NXDOMAIN, then as is -> Service shop/web\n"
        "      port      no port given; the Service has 80/TCP -> targetPort 80\n"
        "      endpoints 1 pod of Pod web (app=web), container web, port 80\n"
        "      policy    no policy selects either end\n"
        "      proved\n"
    )


def test_several_formats_in_one_run(
    root: Path, run: Run, write: Write, renamed: str, valid: Callable[..., dict[str, object]]
) -> None:
    write({"web.yaml": renamed})
    done = run("diff", "good", "--output", "diff.txt", "--format", "text", "--format", "json")

    assert done.returncode == 1
    assert valid("diff", done.stdout)["worse"] is True
    assert BROKEN in (root / "diff.txt").read_text()
    assert run("diff", "good").stdout == (root / "diff.txt").read_text()
