"""URLs as Argo CD compares them, and whose repository they name."""

import subprocess
from pathlib import Path

import pytest

from ringtrue.repository.remotes import normalise_url, remotes, same_repository


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        (" https://GitHub.com/Org/Repo.git ", "https://github.com/org/repo"),
        ("git@github.com:org/repo.git", "git@github.com/org/repo"),
        ("ssh://git@github.com/org/repo", "git@github.com/org/repo"),
        ("ssh://git@example.com:2222/org/repo.git", "git@example.com:2222/org/repo"),
        ("https://user:password@example.com/org/repo.git", "https://user:password@example.com/org/repo"),
        ("/srv/git/repo.git", "/srv/git/repo"),
        ("", ""),
    ],
)
def test_normalised(url: str, normal: str) -> None:
    assert normalise_url(url) == normal


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("git@github.com:org/repo.git", "https://github.com/org/repo", True),
        ("ssh://git@example.com:2222/org/repo", "https://example.com/org/repo.git", True),
        ("https://token@example.com/org/repo", "https://example.com/org/repo/", True),
        ("/srv/git/repo.git", "/srv/git/repo", True),
        ("https://github.com/org/repo", "https://github.com/org/repo2", False),
        ("https://github.com/org/repo", "https://gitlab.com/org/repo", False),
        ("", "", False),
        ("https://[broken", "https://github.com/org/repo", False),
    ],
)
def test_same_repository(left: str, right: str, same: bool) -> None:
    assert same_repository(left, right) is same


def test_remotes_of_a_clone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name, url in (("origin", "git@example.com:Org/Repo.git"), ("mirror", "https://mirror.example.com/repo")):
        subprocess.run(["git", "remote", "add", name, url], cwd=tmp_path, check=True)
    assert remotes(tmp_path) == ("git@example.com/org/repo", "https://mirror.example.com/repo")


def test_folder_without_git_has_none(tmp_path: Path) -> None:
    assert remotes(tmp_path) == ()
