"""Asking git, from inside a hook or outside one."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ringtrue.errors import GitError, ToolMissing

_LOCATING = ("GIT_DIR", "GIT_INDEX_FILE")
_LOCAL = (
    *_LOCATING,
    "GIT_WORK_TREE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)
"""What git tells its hooks about the repository that it works on."""

_QUIET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
"""Messages in English, no lock taken, no question asked, nothing fetched."""


def run(arguments: Sequence[str], folder: Path, environ: Mapping[str, str]) -> bytes:
    """What git prints. Raises ToolMissing without git, GitError with git's first line when it fails."""
    done = _start(arguments, folder, environ)
    if done.returncode:
        raise GitError(f"git {arguments[0]} failed in {str(folder)!r}: {_first_line(done.stderr)}")
    return done.stdout


def output(arguments: Sequence[str], folder: Path, environ: Mapping[str, str]) -> bytes:
    """What git prints, whether it fails or not."""
    return _start(arguments, folder, environ).stdout


def succeeds(arguments: Sequence[str], folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether git answers yes: exit status 0."""
    return _start(arguments, folder, environ).returncode == 0


def environment(root: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to ask git with about `root`.

    git sets `GIT_INDEX_FILE`, and in a linked worktree `GIT_DIR`, for its hooks, relative to the top of the worktree.
    They are kept, as absolute paths, when `root` belongs to that worktree, and dropped when it does not. On a server
    they belong to the git directory, and there is no worktree.
    """
    outside = {**{key: value for key, value in environ.items() if key not in _LOCAL}, **_QUIET}
    if not any(key in environ for key in _LOCATING):
        return outside
    here = Path.cwd()
    if "GIT_WORK_TREE" not in environ and (here / environ.get("GIT_DIR", "..")).resolve() == here:
        return outside | _of_server(here, environ) if root.resolve() == here else outside
    told = environ.get("GIT_WORK_TREE") or (str(here) if "GIT_DIR" in environ else "")
    worktree = (here / told).resolve() if told else top(here, outside)
    own = top(root, outside)
    if worktree is None or not root.resolve().is_relative_to(worktree) or (own is not None and own != worktree):
        return outside
    kept = {key: value for key, value in environ.items() if key in _LOCAL and key != "GIT_PREFIX"}
    kept["GIT_WORK_TREE"] = str(worktree)
    for key, base in (("GIT_DIR", here), ("GIT_COMMON_DIR", here), ("GIT_INDEX_FILE", worktree)):
        if key in kept:
            kept[key] = str(base / kept[key])
    if "GIT_DIR" not in kept:
        kept["GIT_DIR"] = _text(run(["rev-parse", "--absolute-git-dir"], worktree, outside))
    return outside | kept


def _of_server(here: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """A hook of a push runs in the git directory itself, and objects that are not let in yet lie in a quarantine."""
    kept = {key: value for key, value in environ.items() if key in _LOCAL and key != "GIT_PREFIX"}
    for key in ("GIT_DIR", "GIT_OBJECT_DIRECTORY"):
        if key in kept:
            kept[key] = str(here / kept[key])
    return kept


def top(folder: Path, environ: Mapping[str, str]) -> Path | None:
    """The top of the worktree that `folder` is in; None outside of any, and in a bare repository."""
    try:
        done = _start(["rev-parse", "--show-toplevel"], folder, environ)
    except ToolMissing:
        return None
    return Path(_text(done.stdout)).resolve() if done.returncode == 0 and done.stdout.strip() else None


def inside(folder: Path) -> bool:
    """Whether a parent of the folder, or the folder, holds `.git` or is a bare repository."""
    return any(os.path.lexists(parent / ".git") or is_bare(parent) for parent in (folder, *folder.parents))


def is_bare(folder: Path) -> bool:
    """Whether the folder looks like a repository without a worktree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _start(arguments: Sequence[str], folder: Path, environ: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, env=environ, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ToolMissing("git is not on PATH; install git 2.25 or later") from error


def _text(output: bytes) -> str:
    return os.fsdecode(output).strip("\n")


def _first_line(stderr: bytes) -> str:
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    worst = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return (worst or lines or ["no message"])[0].removeprefix("fatal: ").removeprefix("error: ")
