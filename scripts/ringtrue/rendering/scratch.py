"""A temporary folder that fills with what a build needs, link by link and file by file, from the disk or a revision."""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol

from ringtrue.rendering import places
from ringtrue.repository.snapshot import Snapshot

Kind = Literal["file", "link", "folder", "special", ""]
_MOST_LINKS = 40


class Source(Protocol):
    """Where files come from. Paths are relative to the root, with `/`; "" is the root."""

    def kind(self, path: str) -> Kind:
        """What stands at a path, a link not followed; "" for nothing."""

    def link(self, path: str) -> str:
        """The text of a link; one to an absolute path inside the root is given as a relative one."""

    def read(self, path: str) -> bytes:
        """Raises OSError."""

    def names(self, path: str) -> list[str]:
        """What is in a folder, sorted."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A real folder."""

    root: Path

    def kind(self, path: str) -> Kind:
        place = self.root / path
        if place.is_symlink():
            return "link"
        kinds: dict[places.Kind, Kind] = {
            places.Kind.FILE: "file",
            places.Kind.DIRECTORY: "folder",
            places.Kind.SPECIAL: "special",
        }
        return kinds.get(places.kind(place), "")

    def link(self, path: str) -> str:
        place = self.root / path
        text = str(place.readlink())
        if Path(text).is_relative_to(self.root):
            return os.path.relpath(text, place.parent)
        return text

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def names(self, path: str) -> list[str]:
        return sorted(place.name for place in (self.root / path).iterdir())


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, from the top of its repository."""

    snapshot: Snapshot

    def kind(self, path: str) -> Kind:
        return self.snapshot.entry(path)

    def link(self, path: str) -> str:
        return self.snapshot.link(path)

    def read(self, path: str) -> bytes:
        return self.snapshot.read(path)

    def names(self, path: str) -> list[str]:
        start = f"{path}/" if path else ""
        below = (each for each in (*self.snapshot.blobs, *self.snapshot.folders) if each.startswith(start))
        return sorted({each[len(start) :].partition("/")[0] for each in below} - {""})


@dataclass(frozen=True, slots=True)
class Scratch:
    """The folder; `bring` may be called from many threads."""

    root: Path
    source: Source
    _known: dict[str, Kind] = field(default_factory=lambda: {"": "folder"})
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def bring(self, place: Path) -> None:
        """Make a cleaned absolute path exist if it does in the source: a file whole, a folder empty, a link led on.

        Raises OSError for a file that cannot be read.
        """
        with self._lock:
            self._bring(place, 0)

    def bring_all(self, place: Path) -> None:
        """The folder and everything below it."""
        self.bring(place)
        folder = self._relative(Path(os.path.realpath(place)))
        if folder is None or self._known.get(folder) != "folder":
            return
        for name in self.source.names(folder):
            path = f"{folder}/{name}" if folder else name
            if self.source.kind(path) == "folder":
                self.bring_all(self.root / path)
            else:
                self.bring(self.root / path)

    def _relative(self, place: Path) -> str | None:
        if not place.is_relative_to(self.root):
            return None
        relative = place.relative_to(self.root).as_posix()
        return "" if relative == "." else relative

    def _bring(self, place: Path, links: int) -> None:
        wanted = self._relative(place)
        if wanted is None or links > _MOST_LINKS:
            return
        at = PurePosixPath()
        parts = PurePosixPath(wanted).parts
        for number, part in enumerate(parts):
            at /= part
            kind = self._made(str(at))
            if kind == "link":
                here = self.root / at
                led = os.path.normpath(here.parent / here.readlink())
                self._bring(Path(led).joinpath(*parts[number + 1 :]), links + 1)
            if kind != "folder":
                return

    def _made(self, path: str) -> Kind:
        if path not in self._known:
            self._known[path] = self.source.kind(path)
            self._make(path, self._known[path])
        return self._known[path]

    def _make(self, path: str, kind: Kind) -> None:
        place = self.root / path
        if kind == "folder":
            place.mkdir()
        elif kind == "link":
            place.symlink_to(self.source.link(path))
        elif kind == "special":
            os.mkfifo(place)
        elif kind == "file":
            place.write_bytes(self.source.read(path))


@contextmanager
def scratch(source: Source) -> Iterator[Scratch]:
    """An empty one; it is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="ringtrue-") as folder:
        yield Scratch(Path(folder).resolve(), source)
