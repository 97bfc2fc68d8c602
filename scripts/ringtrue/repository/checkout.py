"""Where a check starts, and the two trees it can look at."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ringtrue.errors import GitError, ToolMissing, UsageError
from ringtrue.repository import git
from ringtrue.repository.links import leaving
from ringtrue.repository.tree import Absence, FolderTree, Tree

CONFIG = "ringtrue.toml"


def find_root(start: Path) -> Path:
    """The nearest parent with `ringtrue.toml` inside the git worktree, else the worktree's top, else `start`.

    Without git any parent counts. `start` may be a file; its folder is then the start.
    """
    folder = start.resolve()
    folder = folder if folder.is_dir() else folder.parent
    for parent in (folder, *folder.parents):
        if (parent / CONFIG).is_file() or os.path.lexists(parent / ".git"):
            return parent
    return folder


def working_tree(root: Path, environ: Mapping[str, str] | None = None) -> Tree:
    """The files as they are on disk. Raises GitError where git cannot tell which of them are ignored."""
    if not root.is_dir():
        raise UsageError(f"no such folder: {str(root)!r}")
    if git.is_bare(root):
        raise GitError(f"{str(root)!r} is a bare repository: there is no working tree to check")
    if not git.inside(root.resolve()):
        return FolderTree(root, root)
    variables = git.environment(root, os.environ if environ is None else environ)
    try:
        ignored = _ignored(root, variables)
    except ToolMissing:
        note = "git is not on PATH, so files that git would ignore were looked at too"
        return FolderTree(root, root, notes=(note,), skip_repositories=True)
    links = leaving(root, root, variables)
    return FolderTree(root, root, ignored=ignored, skip_repositories=True, links=links)


@contextmanager
def index(root: Path, environ: Mapping[str, str] | None = None) -> Iterator[Tree]:
    """The files as git's index holds them, checked out into a private folder that is removed again, also on Ctrl-C.

    A hook's `GIT_INDEX_FILE` and `GIT_DIR` are honoured. Raises GitError outside a worktree.
    """
    if not root.is_dir():
        raise UsageError(f"no such folder: {str(root)!r}")
    variables = git.environment(root, os.environ if environ is None else environ)
    prefix = os.fsdecode(git.run(["rev-parse", "--show-prefix"], root, variables)).rstrip("\n")
    if git.run(["rev-parse", "--is-inside-work-tree"], root, variables).strip() != b"true":
        raise GitError(f"{str(root)!r} is not in a git worktree, so there is no index to check")

    def absence(path: str) -> Absence:
        return "ignored" if git.succeeds(["check-ignore", "-q", "--", path], root, variables) else "untracked"

    with tempfile.TemporaryDirectory(prefix="ringtrue-") as folder:
        git.run(["checkout-index", "--all", "--force", f"--prefix={folder}/"], root, variables)
        # What is only intended to be added (git add -N) is in the index, empty, but would not be in the commit.
        intended = git.run(["diff-files", "--diff-filter=A", "--name-only", "-z"], root, variables)
        for name in filter(None, os.fsdecode(intended).split("\0")):
            Path(folder, name).unlink(missing_ok=True)
        top = Path(folder, prefix)
        top.mkdir(parents=True, exist_ok=True)
        yield FolderTree(top, root, "index", absence=absence, links=leaving(root, top, variables))


def _ignored(root: Path, variables: Mapping[str, str]) -> frozenset[str]:
    """What git ignores below the root; nothing where the root itself is ignored: who names it means what is in it."""
    listing = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"]
    try:
        return frozenset(os.fsdecode(git.run(listing, root, variables)).split("\0")) - {"", "./"}
    except GitError:
        # git 2.39 cannot list a folder that is ignored: "directory entry not superset of prefix".
        if git.succeeds(["check-ignore", "-q", "."], root, variables):
            return frozenset()
        raise
