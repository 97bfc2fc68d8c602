"""Links that git tracks, and which of them lead out of the repository."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ringtrue.repository import git

_LINK = "120000"


def leaving(root: Path, files: Path, environ: Mapping[str, str]) -> Callable[[], tuple[str, ...]]:
    """Asks git, when called, for the links below `root` that lead out of the repository, hidden ones too; sorted.

    Where they lead is read below `files`: the root itself, or a checkout of the index.
    """

    def found() -> tuple[str, ...]:
        prefix = _text(git.run(["rev-parse", "--show-prefix"], root, environ))
        listed = _text(git.run(["ls-files", "--stage", "-z"], root, environ))
        return tuple(sorted(_leaving(files, _links(listed), prefix.count("/"))))

    return found


def leaves(path: str, target: str, above: int) -> bool:
    """Whether a link leads out, step by step and by its text alone: where it comes back again it has left too.

    `path` is relative to the root, which is `above` folders below the top of the repository. An absolute target always
    leads out.
    """
    depth = above + path.count("/")
    for part in target.split("/"):
        depth += (part not in ("", ".")) - 2 * (part == "..")
        if depth < 0:
            return True
    return target.startswith("/")


def _links(listed: str) -> Iterator[str]:
    """Of `git ls-files --stage -z`: mode, id and stage, a tab, and the path."""
    for line in filter(None, listed.split("\0")):
        about, _, path = line.partition("\t")
        if about.startswith(_LINK):
            yield path


def _leaving(files: Path, links: Iterable[str], above: int) -> Iterator[str]:
    for path in links:
        try:
            target = str((files / path).readlink())
        except OSError:
            continue
        if leaves(path, target, above):
            yield path


def _text(output: bytes) -> str:
    return os.fsdecode(output).rstrip("\n")
