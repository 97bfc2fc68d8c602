"""Links that lead out of the repository."""

import subprocess
from pathlib import Path

import pytest

from ringtrue.repository.checkout import index, working_tree
from ringtrue.repository.links import leaves


@pytest.mark.parametrize(
    ("path", "target", "above", "expected"),
    [
        ("link", "file", 0, False),
        ("link", "../file", 0, True),
        ("link", "../file", 1, False),
        ("link", "../../file", 1, True),
        ("a/b/link", "../../file", 0, False),
        ("a/b/link", "../../../file", 0, True),
        ("a/b/link", "../../../b/file", 0, True),
        ("a/link", "./.././a//file", 0, False),
        ("a/link", "..file", 0, False),
        ("a/link", "b/../../../x", 0, True),
        ("link", "/etc/hosts", 3, True),
    ],
)
def test_leaves(path: str, target: str, above: int, expected: bool) -> None:
    assert leaves(path, target, above) is expected


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "shop" / ".hidden").mkdir(parents=True)
    git(root, "init", "--quiet")
    for path, target in {"in": "shop", "shop/out": "../../x", "shop/.hidden/abs": "/etc", "shop/up": "../in"}.items():
        (root / path).symlink_to(target)
    git(root, "add", "--all")
    (root / "later").symlink_to("/etc")
    return root


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def test_links_that_git_tracks(repository: Path) -> None:
    assert working_tree(repository).leaving() == ("shop/.hidden/abs", "shop/out")


def test_links_below_a_folder_are_judged_from_the_top(repository: Path) -> None:
    assert working_tree(repository / "shop").leaving() == (".hidden/abs", "out")


def test_links_in_the_index(repository: Path) -> None:
    with index(repository) as tree:
        assert tree.leaving() == ("shop/.hidden/abs", "shop/out")


def test_a_link_that_is_gone(repository: Path) -> None:
    (repository / "shop" / "out").unlink()

    assert working_tree(repository).leaving() == ("shop/.hidden/abs",)


def test_without_git_there_is_nothing_to_ask(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc")

    assert working_tree(tmp_path).leaving() == ()
