"""A commit of a bare git repository, written to a folder for a checker to look at."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from benchmarks.accuracy.labels import Unit

_ENVIRONMENT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_NO_LAZY_FETCH": "1"}
_MANIFESTS = (".yaml", ".yml", ".json")


class Missing(Exception):
    """A repository or a commit is not in the folder of repositories; the sentence says what to fetch."""


def bare(folder: Path, repository: str) -> Path:
    """The git directory of `owner/name`, which is called `owner+name`, with or without `.git`; raises Missing."""
    name = repository.replace("/", "+")
    for path in (folder / name, folder / f"{name}.git", folder / name / "repo", folder / name / ".git"):
        if (path / "HEAD").is_file() and (path / "objects").is_dir():
            return path
    raise Missing(f"{folder} has no git directory {name!r}: clone https://github.com/{repository} as a bare one")


def write(git_dir: Path, commit: str, under: Sequence[str], to: Path, repository: str) -> None:
    """Writes the files of a commit as a repository with the public address, so that Applications are its own.

    Blob by blob: an archive would end in silence at the first one that a partial clone lacks. Links that leave the
    tree are left out. Raises Missing.
    """
    known = _git(git_dir, "cat-file", "-e", f"{commit}^{{commit}}")
    if subprocess.run(known, capture_output=True, check=False).returncode:
        raise Missing(f"{repository} has no commit {commit}: fetch it")
    entries = list(_entries(git_dir, commit, under))
    asked = b"".join(sha + b"\n" for _, sha, _ in entries)
    blobs = subprocess.run(_git(git_dir, "cat-file", "--batch"), input=asked, capture_output=True, check=True).stdout
    for (mode, _, path), data in zip(entries, _contents(blobs), strict=True):
        if data is not None:
            _put(to, os.fsdecode(path), data, link=mode == b"120000")
    for words in (("init", "-q"), ("remote", "add", "origin", f"https://github.com/{repository}.git"), ("add", "-Af")):
        environment = {**os.environ, **_ENVIRONMENT}
        subprocess.run(("git", *words), cwd=to, env=environment, capture_output=True, check=True)


def placed(tree: Path, unit: Unit, scratch: Path) -> tuple[Path, tuple[str, ...]]:
    """Root and PATHs of a unit's run; with `paths` a copy of what they match."""
    if unit.kind == "discover":
        return tree, ()
    if not unit.paths:
        return tree, (unit.path,)
    for path in sorted({found for pattern in unit.paths for found in tree.glob(pattern)}):
        name = path.relative_to(tree).as_posix()
        if path.is_file() and name.endswith(_MANIFESTS) and not any(fnmatchcase(name, each) for each in unit.exclude):
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, scratch / name)
    return scratch, (".",)


def _git(git_dir: Path, *words: str) -> tuple[str, ...]:
    return ("git", "--git-dir", str(git_dir), *words)


def _entries(git_dir: Path, commit: str, under: Sequence[str]) -> Iterator[tuple[bytes, bytes, bytes]]:
    command = _git(git_dir, "ls-tree", "-rz", "--full-tree", commit, "--", *under)
    for record in filter(None, subprocess.run(command, capture_output=True, check=True).stdout.split(b"\0")):
        meta, _, path = record.partition(b"\t")
        mode, kind, sha = meta.split()
        if kind == b"blob":
            yield mode, sha, path


def _contents(batch: bytes) -> Iterator[bytes | None]:
    """What `git cat-file --batch` answered, in order; None for a blob that is not there."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        head, at = batch[at:end].split(), end + 1
        if head[1] == b"missing":
            yield None
            continue
        size = int(head[2])
        yield batch[at : at + size]
        at += size + 1


def _put(to: Path, name: str, data: bytes, link: bool) -> None:
    path = to / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not link:
        path.write_bytes(data)
        return
    target = os.path.normpath(os.path.join(os.path.dirname(name), os.fsdecode(data)))  # noqa: PTH118, PTH120 - as text
    if not target.startswith(("..", "/")):
        path.symlink_to(os.fsdecode(data))
