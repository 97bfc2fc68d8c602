"""The files of one commit, read from git's objects: nothing is checked out, working tree and index stay untouched."""

import os
import posixpath
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ringtrue.repository import git, objects
from ringtrue.repository.blobs import BlobReader

EntryKind = Literal["file", "link", "folder", ""]

_MOST_LINKS = 255


class Missing(FileNotFoundError):
    """Nothing is at the path in this commit."""


class Unreadable(OSError):
    """The commit names the file, and git cannot give its content."""


class Leaves(OSError):
    """A link on the way leads out of the repository."""


@dataclass(slots=True)
class Snapshot:
    """Paths are relative to the top of the repository, with `/`; "" is the top. Use `snapshot` to open one."""

    commit: str
    repository: Path
    """The git directory."""
    blobs: Mapping[str, str]
    """Object ids of files and links."""
    links: frozenset[str]
    folders: frozenset[str]
    """Submodules among them: without a checkout of their own they are empty."""
    _reader: BlobReader
    checkout: objects.Checkout | None = None
    """Set where content has to be filtered."""

    def entry(self, path: str) -> EntryKind:
        """What stands at a path, a link not followed."""
        if path in self.blobs:
            return "link" if path in self.links else "file"
        return "folder" if path in self.folders else ""

    def resolve(self, path: str) -> str:
        """Where a path leads, links followed. Raises Missing, Leaves, or OSError for a circle of links."""
        waiting = path.split("/")[::-1]
        at: list[str] = []
        links = 0
        while waiting:
            part = waiting.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if not at:
                    raise Leaves(f"{path!r} leads out of the repository")
                at.pop()
                continue
            at.append(part)
            here = "/".join(at)
            kind = self.entry(here)
            if kind == "link":
                links += 1
                if links > _MOST_LINKS:
                    raise OSError(f"{path!r} is a circle of links")
                text = self.link(here)
                if text.startswith("/"):
                    raise Leaves(f"{path!r} leads out of the repository")
                at.pop()
                waiting.extend(text.split("/")[::-1])
            elif not kind or (kind == "file" and any(rest not in ("", ".") for rest in waiting)):
                raise Missing(f"no {path!r} in commit {self.commit[:12]}")
        return "/".join(at)

    def link(self, path: str) -> str:
        """The text of the link at a path."""
        return os.fsdecode(self._blob(self.blobs[path], path))

    def read(self, path: str) -> bytes:
        """What a checkout would write at a path that is a file. Raises OSError when git cannot give it."""
        if self.checkout is None:
            return self._blob(self.blobs[path], path)
        command = ["git", *self.checkout.settings, "cat-file", "--filters", f"--path={path}", self.blobs[path]]
        done = subprocess.run(
            command, cwd=self.checkout.folder, env=self.checkout.variables, capture_output=True, check=False
        )
        if done.returncode:
            raise Unreadable(f"git cannot read {path!r}")
        return done.stdout

    def _blob(self, identity: str, path: str) -> bytes:
        content = self._reader.read(identity)
        if content is None:
            raise Unreadable(f"the content of {path!r} is not in this clone; if it is partial, clone without --filter")
        return content


@contextmanager
def snapshot(repository: Path, revision: str, environ: Mapping[str, str] | None = None) -> Iterator[Snapshot]:
    """Open a revision of a git directory, bare or not; a hook's quarantine is honoured.

    Raises GitError when the revision is not there, with the command that may bring it.
    """
    variables = objects.environment(repository, os.environ if environ is None else environ)
    commit = objects.commit_of(repository, revision, variables)
    listing = ["ls-tree", "-r", "-z", "--full-tree", commit]
    blobs, links, folders = _listed(os.fsdecode(git.run(listing, repository, variables)))
    with ExitStack() as stack:
        reader = stack.enter_context(closing(BlobReader(repository, variables)))
        found = Snapshot(commit, repository, blobs, links, folders, reader)
        attributes = {
            path: found.read(path)
            for path in blobs
            if posixpath.basename(path) == ".gitattributes" and path not in links
        }
        if attributes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ringtrue-")))
            found.checkout = objects.checkout_of(attributes, variables, folder)
        yield found


def _listed(text: str) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """What `git ls-tree -r -z` prints: `<mode> <kind> <id>` and after a tab the path, a zero byte behind each."""
    blobs: dict[str, str] = {}
    links: set[str] = set()
    folders = {""}
    for line in filter(None, text.split("\0")):
        about, _, path = line.partition("\t")
        mode, _, identity = about.split(" ")
        if mode == "160000":
            folder = path
        else:
            blobs[path] = identity
            folder = posixpath.dirname(path)
            if mode == "120000":
                links.add(path)
        while folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return blobs, frozenset(links), frozenset(folders)
