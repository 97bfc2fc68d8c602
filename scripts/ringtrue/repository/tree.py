"""A tree of files under one root: the working tree, or a private checkout of git's index."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from ringtrue.repository.walk import Found, Unreadable, kind_of, walk

Kind = Literal["working tree", "index", "revision"]
Absence = Literal["untracked", "ignored", ""]


class OutsideRoot(OSError):
    """The path is a link that leaves the root: it is not read."""


class Tree(Protocol):
    """Paths are relative to the root, with `/`; "." is the root itself."""

    @property
    def root(self) -> Path:
        """The folder that holds the files to render."""

    @property
    def origin(self) -> Path:
        """The user's own root: the same folder, but for a checkout of the index."""

    @property
    def kind(self) -> Kind: ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be told about this tree, one sentence each."""

    def files(self) -> tuple[str, ...]:
        """Sorted; without hidden and git-ignored ones, submodules and what cannot be read."""

    def unreadable(self) -> tuple[Unreadable, ...]:
        """What `files` had to leave out: closed folders, links to nowhere, names that are not UTF-8."""

    def below(self, folder: str, hidden: bool = False) -> tuple[str, ...]:
        """The files of a folder that somebody named, be it hidden or ignored itself; hidden ones in it if wanted."""

    def read(self, path: str) -> bytes:
        """Raises OSError, OutsideRoot included."""

    def is_file(self, path: str) -> bool: ...

    def is_dir(self, path: str) -> bool: ...

    def exists(self, path: str) -> bool: ...

    def escapes(self, path: str) -> bool:
        """Whether the path is, or goes through, a link that leaves the root."""

    def untracked(self, path: str) -> Absence:
        """In an index tree: why a file that is on disk is not in the index; "" otherwise."""

    def leaving(self) -> tuple[str, ...]:
        """Links that git tracks and that lead out of the repository, hidden ones too; sorted; () without git."""


@dataclass(frozen=True)
class FolderTree:
    """A tree over a folder. Listed once; a file that changes meanwhile is read as it is then."""

    root: Path
    origin: Path
    kind: Kind = "working tree"
    notes: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()
    """Paths that git ignores; a folder's ends in `/`."""
    skip_repositories: bool = False
    """Leave out folders that are git repositories of their own: submodules."""
    absence: Callable[[str], Absence] = field(default=lambda path: "")
    links: Callable[[], tuple[str, ...]] = tuple
    """Those that lead out of the repository."""

    @cached_property
    def _found(self) -> Found:
        return walk(self.root, self.ignored, self.skip_repositories)

    @cached_property
    def _with_hidden(self) -> Found:
        return walk(self.root, self.ignored, self.skip_repositories, hidden=True)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._found.files)

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root)

    def files(self) -> tuple[str, ...]:
        return self._found.files

    def unreadable(self) -> tuple[Unreadable, ...]:
        return self._found.unreadable

    def below(self, folder: str, hidden: bool = False) -> tuple[str, ...]:
        listed = self._with_hidden if hidden else self._found
        if folder == ".":
            return listed.files
        if folder in listed.folders:
            return tuple(path for path in listed.files if path.startswith(folder + "/"))
        found = walk(self.root / folder, frozenset(), self.skip_repositories, hidden)
        return tuple(f"{folder}/{path}" for path in found.files)

    def read(self, path: str) -> bytes:
        if self.escapes(path):
            raise OutsideRoot(f"{path!r} leads out of the repository")
        return (self.root / path).read_bytes()

    def is_file(self, path: str) -> bool:
        return path in self._known or (kind_of(f"{self.root}/{path}") == "file" and not self.escapes(path))

    def is_dir(self, path: str) -> bool:
        return path in self._found.folders or (kind_of(f"{self.root}/{path}") == "folder" and not self.escapes(path))

    def exists(self, path: str) -> bool:
        return self.is_file(path) or self.is_dir(path)

    def escapes(self, path: str) -> bool:
        if path in self._known or path in self._found.folders:
            return False
        real = os.path.realpath(self.root / path)
        return real != self._real_root and not real.startswith(self._real_root.rstrip("/") + "/")

    def untracked(self, path: str) -> Absence:
        if self.kind != "index" or self.exists(path) or not os.path.lexists(self.origin / path):
            return ""
        return self.absence(path)

    def leaving(self) -> tuple[str, ...]:
        return self._leaving

    @cached_property
    def _leaving(self) -> tuple[str, ...]:
        return self.links()
