"""Which commit a `targetRevision` means: on the server, in a clone of it, and while a push is under way."""

import os
import subprocess
from pathlib import Path

import pytest

from ringtrue.errors import GitError
from ringtrue.repository.deployed import NotDeployed, deployed

SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | SETTINGS


def git(root: Path, *words: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *words], cwd=root, env=ENVIRON, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """env/prod is one commit behind main, which is tagged."""
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q")
    git(work, "commit", "-q", "--allow-empty", "-m", "first")
    git(work, "branch", "env/prod")
    git(work, "commit", "-q", "--allow-empty", "-m", "second")
    git(work, "tag", "-a", "v1", "-m", "first release")
    bare = tmp_path / "server.git"
    git(tmp_path, "clone", "-q", "--bare", str(work), str(bare))
    return bare


@pytest.fixture(params=["server", "clone"])
def place(request: pytest.FixtureRequest, server: Path, tmp_path: Path) -> Path:
    if request.param == "clone":
        git(tmp_path, "clone", "-q", str(server), str(tmp_path / "clone"))
    return server if request.param == "server" else tmp_path / "clone"


@pytest.mark.parametrize(
    ("name", "commit"),
    {
        "": "main",
        "HEAD": "main",
        "main": "main",
        "refs/heads/main": "main",
        "env/prod": "env/prod",
        "refs/heads/env/prod": "env/prod",
        "v1": "main",
        "refs/tags/v1": "main",
    }.items(),
)
def test_every_way_to_name_a_revision(place: Path, server: Path, name: str, commit: str) -> None:
    with deployed(place, ENVIRON) as revisions:
        assert revisions.commit(name) == git(server, "rev-parse", commit)


def test_a_commit_is_named_by_its_id(place: Path, server: Path) -> None:
    full = git(server, "rev-parse", "env/prod")
    with deployed(place, ENVIRON) as revisions:
        assert revisions.commit(full[:12]) == full


@pytest.mark.parametrize("name", ["", "HEAD", "main", "refs/heads/main"])
def test_a_push_takes_the_place_of_a_branch_by_any_of_its_names(place: Path, server: Path, name: str) -> None:
    first, second = git(server, "rev-parse", "env/prod"), git(server, "rev-parse", "main")
    with deployed(place, ENVIRON, {"refs/heads/main": first, "refs/heads/env/prod": second}) as revisions:
        assert (revisions.commit(name), revisions.commit("env/prod")) == (first, second)


def test_one_commit_is_opened_once(place: Path) -> None:
    with deployed(place, ENVIRON) as revisions:
        assert revisions.open("main") is revisions.open("refs/tags/v1")


def test_a_missing_branch(place: Path) -> None:
    with deployed(place, ENVIRON) as revisions, pytest.raises(GitError, match=r"no revision 'env/qa' "):
        revisions.commit("refs/heads/env/qa")


def test_a_missing_branch_where_it_may_be_missing(place: Path) -> None:
    with deployed(place, ENVIRON, lenient=True) as revisions, pytest.raises(NotDeployed, match=r"^env/qa$"):
        revisions.commit("refs/heads/env/qa")


def test_the_first_push_to_an_empty_server(tmp_path: Path) -> None:
    bare = tmp_path / "empty.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    with deployed(bare, ENVIRON, {"refs/heads/main": "1" * 40}) as revisions:
        assert revisions.commit("HEAD") == "1" * 40
