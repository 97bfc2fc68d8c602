"""Trees over a folder, a git worktree and git's index."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from ringtrue.errors import GitError, UsageError
from ringtrue.repository.checkout import find_root, index, working_tree
from ringtrue.repository.tree import OutsideRoot
from ringtrue.repository.walk import Unreadable

CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=root, env=CLEAN, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A worktree with two tracked files, an ignored one, an untracked one, a hidden one."""
    root = tmp_path / "work"
    write(root, {".gitignore": "build/\n*.log\n", "a.yaml": "a: 1\n", "sub/b.yaml": "b: 1\n"})
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    write(root, {"build/c.yaml": "", "x.log": "", "new.yaml": "", ".hidden/d.yaml": ""})
    return root


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root reads everything: step down to a user who does not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, where pytest's own may be entered by its owner only."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_folder_without_git(tmp_path: Path) -> None:
    write(tmp_path, {"b.yaml": "", "a/c.yaml": "", ".hidden/d.yaml": "", "x.yaml/e.yaml": ""})
    tree = working_tree(tmp_path, CLEAN)
    assert tree.files() == ("a/c.yaml", "b.yaml", "x.yaml/e.yaml")
    assert (tree.kind, tree.is_dir("x.yaml"), tree.is_file("x.yaml"), tree.is_file(".hidden/d.yaml")) == (
        "working tree",
        True,
        False,
        True,
    )


def test_working_tree_leaves_out_what_git_ignores(repository: Path) -> None:
    assert working_tree(repository, CLEAN).files() == ("a.yaml", "new.yaml", "sub/b.yaml")


@pytest.mark.parametrize("folder", ["build", "build/app"])
def test_a_folder_that_is_ignored_itself_is_looked_at_whole(folder: str, repository: Path) -> None:
    write(repository, {f"{folder}/d.yaml": ""})
    assert "d.yaml" in working_tree(repository / folder, CLEAN).files()


def test_ignored_file_that_git_tracks_all_the_same_stays(repository: Path) -> None:
    git(repository, "add", "--force", "build/c.yaml")
    assert "build/c.yaml" in working_tree(repository, CLEAN).files()


def test_below_a_folder_of_the_worktree(repository: Path) -> None:
    assert working_tree(repository / "sub", CLEAN).files() == ("b.yaml",)


def test_named_ignored_folder_is_listed(repository: Path) -> None:
    tree = working_tree(repository, CLEAN)
    assert (tree.below("build"), tree.below("sub")) == (("build/c.yaml",), ("sub/b.yaml",))


def test_hidden_files_are_listed_where_they_are_wanted(repository: Path) -> None:
    write(repository, {"sub/.hidden.yaml": "", "sub/.more/x.yaml": ""})
    tree = working_tree(repository, CLEAN)
    assert tree.below("sub", hidden=True) == ("sub/.hidden.yaml", "sub/.more/x.yaml", "sub/b.yaml")
    assert not any(path.startswith((".git/", "build/")) for path in tree.below(".", hidden=True))


def test_submodules_are_left_out(repository: Path) -> None:
    write(repository, {"module/x.yaml": ""})
    git(repository / "module", "init", "-q")
    assert "module/x.yaml" not in working_tree(repository, CLEAN).files()


def test_index_holds_what_is_staged_not_what_is_on_disk(repository: Path) -> None:
    write(repository, {"a.yaml": "a: staged\n"})
    git(repository, "add", "a.yaml")
    write(repository, {"a.yaml": "a: later\n"})
    with index(repository, CLEAN) as tree:
        assert (tree.files(), tree.read("a.yaml"), tree.kind) == (("a.yaml", "sub/b.yaml"), b"a: staged\n", "index")
        assert tree.origin == repository
        assert tree.root != repository


@pytest.mark.parametrize(
    ("path", "why"),
    [("new.yaml", "untracked"), ("build/c.yaml", "ignored"), ("a.yaml", ""), ("nowhere.yaml", "")],
)
def test_why_a_file_on_disk_is_not_in_the_index(repository: Path, path: str, why: str) -> None:
    with index(repository, CLEAN) as tree:
        assert tree.untracked(path) == why


def test_file_that_is_only_intended_to_be_added_is_not_in_the_index(repository: Path) -> None:
    git(repository, "add", "--intent-to-add", "new.yaml")
    with index(repository, CLEAN) as tree:
        assert tree.files() == ("a.yaml", "sub/b.yaml")


def test_index_of_a_folder_of_the_worktree(repository: Path) -> None:
    with index(repository / "sub", CLEAN) as tree:
        assert tree.files() == ("b.yaml",)


def test_hook_of_a_partial_commit_sees_its_own_index(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "read-tree", "--index-output=.git/next-index.lock", "HEAD")
    git(repository, "rm", "-q", "--cached", "a.yaml")
    monkeypatch.chdir(repository)
    with index(repository, CLEAN | {"GIT_INDEX_FILE": ".git/next-index.lock"}) as tree:
        assert tree.files() == ("a.yaml", "sub/b.yaml")


def test_hook_in_a_linked_worktree(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "linked"
    git(repository, "worktree", "add", "-q", str(other))
    monkeypatch.chdir(other)
    hook = CLEAN | {"GIT_DIR": str(repository / ".git/worktrees/linked")}
    with index(other / "sub", hook) as tree:
        assert tree.files() == ("b.yaml",)


def test_variables_of_another_repository_are_dropped(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    write(other, {"o.yaml": ""})
    git(other, "init", "-q")
    git(other, "add", ".")
    monkeypatch.chdir(repository)
    with index(other, CLEAN | {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"}) as tree:
        assert tree.files() == ("o.yaml",)


def test_shallow_clone_is_checked_like_any_other(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    assert working_tree(tmp_path / "shallow", CLEAN).files() == ("a.yaml", "sub/b.yaml")


def test_bare_repository(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    with pytest.raises(GitError, match="is a bare repository: there is no working tree to check"):
        working_tree(tmp_path / "bare.git", CLEAN)


def test_broken_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    with pytest.raises(GitError, match=r"^git ls-files failed in '.*': not a git repository: .*nowhere$"):
        working_tree(tmp_path, CLEAN)


def test_index_without_git(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository"), index(tmp_path, CLEAN):
        pass


def test_without_the_program_ignored_files_are_looked_at_and_that_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tree = working_tree(repository, CLEAN | {"PATH": str(tmp_path)})
    assert tree.files() == ("a.yaml", "build/c.yaml", "new.yaml", "sub/b.yaml", "x.log")
    assert tree.notes == ("git is not on PATH, so files that git would ignore were looked at too",)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        working_tree(tmp_path / "gone", CLEAN)


def test_links_are_followed_inside_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(tmp_path, {"outside.yaml": "secret", "root/real.yaml": "", "root/folder/x.yaml": ""})
    (root / "good.yaml").symlink_to("real.yaml")
    (root / "out.yaml").symlink_to("../outside.yaml")
    (root / "dangling.yaml").symlink_to("nowhere.yaml")
    (root / "again").symlink_to("folder")
    tree = working_tree(root, CLEAN)
    assert tree.files() == ("folder/x.yaml", "good.yaml", "real.yaml")
    assert tree.unreadable() == (
        Unreadable("dangling.yaml", "is a link to 'nowhere.yaml', which does not exist"),
        Unreadable("out.yaml", "is a link that leaves the repository"),
    )
    with pytest.raises(OutsideRoot):
        tree.read("out.yaml")


def test_name_that_is_not_utf8_is_named_with_escapes(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.yaml")).write_text("")
    tree = working_tree(tmp_path, CLEAN)
    assert (tree.files(), tree.unreadable()) == ((), (Unreadable(r"caf\xe9.yaml", "has a name that is not UTF-8"),))


def test_closed_folder_is_named(open_folder: Path) -> None:
    write(open_folder, {"a.yaml": "", "closed/b.yaml": ""})
    (open_folder / "closed").chmod(0)
    with as_nobody():
        tree = working_tree(open_folder, CLEAN)
        listed = (tree.files(), tree.unreadable())
    (open_folder / "closed").chmod(0o755)
    assert listed == (("a.yaml",), (Unreadable("closed", "cannot be read: Permission denied", folder=True),))


@pytest.mark.parametrize(
    ("start", "root"),
    [
        ("top/toml/sub", "top/toml"),
        ("top/other/sub", "top"),
        ("top/other/sub/x.yaml", "top"),
        ("plain/a", "plain/a"),
    ],
)
def test_find_root(tmp_path: Path, start: str, root: str) -> None:
    files = {"top/.git": "", "top/toml/ringtrue.toml": "", "top/toml/sub/x.yaml": "", "top/other/sub/x.yaml": ""}
    write(tmp_path, {**files, "plain/a/x.yaml": ""})
    assert find_root(tmp_path / start) == tmp_path / root


def test_checkout_is_removed_on_interrupt(repository: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    code = (
        "import sys, time, pathlib\n"
        "from ringtrue.repository.checkout import index\n"
        "with index(pathlib.Path(sys.argv[1])):\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    environ = CLEAN | {"TMPDIR": str(private), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(repository)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        held = len(list(private.iterdir()))
        running.send_signal(signal.SIGINT)
        running.wait(10)
    assert (held, list(private.iterdir())) == (1, [])
