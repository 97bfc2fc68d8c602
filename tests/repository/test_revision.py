"""A tree at a revision is the working tree of a fresh clone, without the clone."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringtrue.errors import GitError, UsageError
from ringtrue.repository.checkout import working_tree
from ringtrue.repository.revision import RevisionTree, revision
from ringtrue.repository.tree import OutsideRoot
from ringtrue.repository.walk import Unreadable

CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
PATHS = (
    ". a.yaml sub sub/ sub/b.yaml sub/../a.yaml sub/deep/c.yaml none none/x a.yaml/x .hidden .hidden/d.yaml "
    "linked linked/b.yaml file-link out out/x absolute circle ../work ../outside /etc"
).split()


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *arguments], cwd=root, env=CLEAN, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Two commits: in the second everything has moved."""
    root = tmp_path.resolve() / "work"
    for path in ("a.yaml", "sub/b.yaml", "sub/deep/c.yaml", ".hidden/d.yaml", "sub/.e.yaml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"{path}: 1\n")
    (root / os.fsdecode(b"caf\xe9.yaml")).write_text("")
    links = {"linked": "sub", "file-link": "sub/b.yaml", "out": "../outside", "absolute": "/etc", "circle": "circle"}
    for name, target in {**links, "nowhere": "gone.yaml", "sub/up": "../a.yaml"}.items():
        (root / name).symlink_to(target)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x").write_text("secret\n")
    git(root, "init", "-q")
    git(root, "add", "--all", "--force")
    git(root, "commit", "-q", "-m", "one")
    git(root, "tag", "first")
    git(root, "rm", "-q", "-r", "sub", "a.yaml")
    (root / "new.yaml").write_text("")
    git(root, "add", "new.yaml")
    git(root, "commit", "-q", "-m", "two")
    return root


@pytest.fixture
def first(work: Path) -> Iterator[RevisionTree]:
    with revision(work, "first", CLEAN) as tree:
        yield tree


@pytest.fixture
def clone(work: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "-q", "--no-checkout", str(work), "clone/work")
    git(tmp_path / "clone/work", "checkout", "-q", "first")
    shutil.copytree(tmp_path / "outside", tmp_path / "clone/outside")
    return tmp_path.resolve() / "clone/work"


def test_it_lists_what_a_fresh_clone_holds(first: RevisionTree, clone: Path) -> None:
    there = working_tree(clone, CLEAN)
    assert first.files() == there.files() == ("a.yaml", "file-link", "sub/b.yaml", "sub/deep/c.yaml", "sub/up")
    assert first.below("sub") == there.below("sub") == ("sub/b.yaml", "sub/deep/c.yaml", "sub/up")
    assert first.below(".") == there.below(".")
    assert first.below(".hidden") == there.below(".hidden") == (".hidden/d.yaml",)
    assert first.below(".", hidden=True) == there.below(".", hidden=True)
    assert ".hidden/d.yaml" in first.below(".", hidden=True)


def test_it_names_what_cannot_be_read(first: RevisionTree) -> None:
    assert first.unreadable() == (
        Unreadable("absolute", "is a link that leaves the repository"),
        Unreadable("caf\\xe9.yaml", "has a name that is not UTF-8"),
        Unreadable("circle", "is a link to 'circle', which does not exist"),
        Unreadable("nowhere", "is a link to 'gone.yaml', which does not exist"),
        Unreadable("out", "is a link that leaves the repository"),
    )


def test_questions_are_answered_as_by_a_fresh_clone(first: RevisionTree, clone: Path) -> None:
    there = working_tree(clone, CLEAN)
    answers = {
        path: [
            (tree.is_file(path), tree.is_dir(path), tree.exists(path), tree.escapes(path)) for tree in (first, there)
        ]
        for path in PATHS
        if path != "../work"  # the clone's parent is not the root's
    }
    assert {path: given for path, (given, _) in answers.items()} == {path: own for path, (_, own) in answers.items()}


def test_it_reads_through_links(first: RevisionTree) -> None:
    assert [first.read(path) for path in ("sub/b.yaml", "file-link", "linked/b.yaml", "sub/up")] == [
        b"sub/b.yaml: 1\n",
        b"sub/b.yaml: 1\n",
        b"sub/b.yaml: 1\n",
        b"a.yaml: 1\n",
    ]


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("out/x", OutsideRoot),
        ("absolute", OutsideRoot),
        ("../outside/x", OutsideRoot),
        ("none", FileNotFoundError),
        ("a.yaml/x", FileNotFoundError),
        ("sub", IsADirectoryError),
        ("circle", OSError),
        ("a\0b", FileNotFoundError),
    ],
)
def test_it_raises_for_what_is_no_file_inside(first: RevisionTree, path: str, error: type[OSError]) -> None:
    with pytest.raises(error):
        first.read(path)


def test_a_folder_of_the_repository_is_a_root(work: Path) -> None:
    (work / "sub").mkdir()
    with revision(work / "sub", "HEAD~1", CLEAN) as tree:
        assert tree.files() == ("b.yaml", "deep/c.yaml")
        assert tree.read("deep/c.yaml") == b"sub/deep/c.yaml: 1\n"
        assert tree.escapes("up")
        assert not tree.exists("../a.yaml")
        assert (tree.folder, tree.repository, tree.commit) == ("sub", work / ".git", git(work, "rev-parse", "first"))


def test_a_bare_repository_and_a_linked_worktree_are_read(work: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(work), "bare.git")
    git(work, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    for root in (tmp_path / "bare.git", tmp_path / "linked"):
        with revision(root, "first", CLEAN) as tree:
            assert tree.read("a.yaml") == b"a.yaml: 1\n"


def test_the_working_tree_and_the_index_do_not_count(work: Path) -> None:
    (work / "new.yaml").write_text("changed\n")
    (work / "staged.yaml").write_text("")
    git(work, "add", "staged.yaml")
    index = (work / ".git/index").read_bytes()
    with revision(work, "HEAD", CLEAN) as tree:
        assert (tree.read("new.yaml"), tree.exists("staged.yaml")) == (b"", False)
    assert (work / ".git/index").read_bytes() == index


def test_no_process_is_left(work: Path) -> None:
    with revision(work, "first", CLEAN) as tree:
        tree.read("a.yaml")
        process = tree.snapshot._reader._process
        assert process
        assert process.poll() is None
    assert process.poll() is not None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("env/prod", "no revision 'env/prod' in this repository; run `git fetch` if it exists elsewhere"),
        ("-x", "'-x' is no revision"),
        ("", "'' is no revision"),
    ],
)
def test_a_revision_that_is_not_there(work: Path, name: str, error: str) -> None:
    with pytest.raises(GitError) as raised, revision(work, name, CLEAN):
        pass
    assert str(raised.value) == error


def test_a_shallow_clone_says_so(work: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{work}", "shallow")
    with pytest.raises(GitError) as raised, revision(tmp_path / "shallow", "first", CLEAN):
        pass
    assert str(raised.value) == "no revision 'first' in this clone, which is shallow; run `git fetch --unshallow`"


def test_outside_of_git_there_is_no_revision(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository"), revision(tmp_path, "HEAD", CLEAN):
        pass
    with pytest.raises(UsageError, match="no such folder"), revision(tmp_path / "none", "HEAD", CLEAN):
        pass
