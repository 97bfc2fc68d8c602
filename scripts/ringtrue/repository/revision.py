"""A tree at a git revision: the files that a commit holds below the root, read without touching the working tree."""

import os
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from ringtrue.errors import UsageError
from ringtrue.repository import git
from ringtrue.repository.snapshot import Leaves, Missing, Snapshot, snapshot
from ringtrue.repository.tree import OutsideRoot
from ringtrue.repository.walk import Unreadable, printable


@dataclass(frozen=True)
class RevisionTree:
    """Everything git tracks at `commit`; what is hidden is left out of the listing, as in a working tree.

    `root` is the user's own root (or the bare repository): it names the tree, but its files are never read. The
    renderer is asked with `Request(..., revision=tree.commit, repository=str(tree.repository), folder=tree.folder)`.
    """

    root: Path
    snapshot: Snapshot
    folder: str
    """The root's place in the repository, "" for its top."""
    revision: str
    """The name that was asked for."""
    kind: Literal["revision"] = "revision"
    notes: tuple[str, ...] = ()

    @property
    def origin(self) -> Path:
        return self.root

    @property
    def commit(self) -> str:
        return self.snapshot.commit

    @property
    def repository(self) -> Path:
        """The git directory."""
        return self.snapshot.repository

    def files(self) -> tuple[str, ...]:
        return self._listed[0]

    def unreadable(self) -> tuple[Unreadable, ...]:
        return self._listed[1]

    def below(self, folder: str, hidden: bool = False) -> tuple[str, ...]:
        """The files of a folder that somebody named, be it hidden itself; hidden ones in it if wanted."""
        if folder == "." and not hidden:
            return self.files()
        prefix = "" if folder == "." else folder + "/"
        return tuple(sorted(path for path, problem in self._entries(prefix, hidden) if not problem))

    def read(self, path: str) -> bytes:
        """Raises OSError, OutsideRoot included."""
        real = self._resolved(path)
        if self.snapshot.entry(real) != "file":
            raise IsADirectoryError(f"{path!r} is a folder")
        return self.snapshot.read(real)

    def is_file(self, path: str) -> bool:
        return self._kind(path) == "file"

    def is_dir(self, path: str) -> bool:
        return self._kind(path) == "folder"

    def exists(self, path: str) -> bool:
        return self._kind(path) != ""

    def escapes(self, path: str) -> bool:
        try:
            self._resolved(path)
        except OutsideRoot:
            return True
        except OSError:
            return False
        return False

    def leaving(self) -> tuple[str, ...]:
        """Links that lead out of the repository, hidden ones too."""
        return tuple(sorted(path for path in self.snapshot.links if self._leaves(path)))

    def _leaves(self, path: str) -> bool:
        try:
            self.snapshot.resolve(path)
        except Leaves:
            return True
        except OSError:
            return False
        return False

    def untracked(self, path: str) -> Literal[""]:
        """A commit holds nothing that is untracked."""
        return ""

    @cached_property
    def _listed(self) -> tuple[tuple[str, ...], tuple[Unreadable, ...]]:
        entries = sorted(self._entries(""))
        files = tuple(path for path, problem in entries if not problem)
        return files, tuple(Unreadable(path, problem) for path, problem in entries if problem)

    def _entries(self, prefix: str, hidden: bool = False) -> Iterator[tuple[str, str]]:
        """Each file below a folder of the root, and what is wrong with it, or ""; hidden ones only if wanted."""
        start = posixpath.join(self.folder, prefix) if self.folder else prefix
        top = f"{self.folder}/" if self.folder else ""
        for path in self.snapshot.blobs:
            if not path.startswith(start if prefix else top):
                continue
            rest = path[len(start if prefix else top) :]
            if not hidden and (rest.startswith(".") or "/." in rest):
                continue
            name = path[len(top) :]
            if not name.isascii() and printable(name) != name:
                yield printable(name), "has a name that is not UTF-8"
            elif path not in self.snapshot.links:
                yield name, ""
            elif (problem := self._broken(name, path)) or self.is_file(name):
                yield name, problem

    def _broken(self, name: str, path: str) -> str:
        try:
            self._resolved(name)
        except OutsideRoot:
            return "is a link that leaves the repository"
        except OSError:
            return f"is a link to {printable(self.snapshot.link(path))!r}, which does not exist"
        return ""

    def _kind(self, path: str) -> str:
        try:
            return self.snapshot.entry(self._resolved(path))
        except OSError:
            return ""

    def _resolved(self, path: str) -> str:
        """Repository-relative, links followed; never outside the root."""
        outside = f"{path!r} leads out of the repository"
        if "\0" in path:
            raise Missing(f"no {path!r}")
        if path.startswith("/"):
            raise OutsideRoot(outside)
        try:
            real = self.snapshot.resolve(posixpath.join(self.folder, path))
        except Leaves as error:
            raise OutsideRoot(outside) from error
        if self.folder and real != self.folder and not real.startswith(self.folder + "/"):
            raise OutsideRoot(outside)
        return real


@contextmanager
def revision(root: Path, name: str, environ: Mapping[str, str] | None = None) -> Iterator[RevisionTree]:
    """The tree of a revision, for a root in a working tree or a bare repository.

    Raises GitError outside of git, and for a revision that is not there, with the command that may bring it.
    """
    if not root.is_dir():
        raise UsageError(f"no such folder: {str(root)!r}")
    variables = git.environment(root, os.environ if environ is None else environ)
    place = git.run(["rev-parse", "--absolute-git-dir", "--show-prefix"], root, variables)
    repository, _, prefix = os.fsdecode(place).partition("\n")
    with snapshot(Path(repository), name, variables) as found:
        yield RevisionTree(root, found, prefix.strip("\n").rstrip("/"), name)
