"""Listing the files of a folder, and naming what cannot be listed."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Unreadable:
    """What stands in the tree and cannot be read; `path` is printable even when the name is not UTF-8."""

    path: str
    problem: str
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    files: tuple[str, ...]
    folders: frozenset[str]
    """Those that were entered; "." among them."""
    unreadable: tuple[Unreadable, ...]


def walk(root: Path, ignored: frozenset[str], skip_repositories: bool, hidden: bool = False) -> Found:
    """Files below `root`: no ignored ones, hidden ones only if wanted; links to folders are not followed."""
    top = os.path.realpath(root).rstrip("/")
    files: list[str] = []
    folders: set[str] = set()
    unreadable: list[Unreadable] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            entries = list(_entries(top, prefix, hidden))
        except OSError as error:
            unreadable.append(Unreadable(printable(prefix.rstrip("/")) or ".", _reason(error), folder=True))
            continue
        folders.add(prefix.rstrip("/") or ".")
        for entry in entries:
            path = prefix + entry.name
            if path in ignored or path + "/" in ignored:
                continue
            if printable(path) != path:
                problem = "has a name that is not UTF-8"
                unreadable.append(Unreadable(printable(path), problem, entry.is_dir(follow_symlinks=False)))
            elif entry.is_symlink():
                problem = _broken(top, entry)
                if problem:
                    unreadable.append(Unreadable(path, problem))
                elif kind_of(entry.path) == "file":
                    files.append(path)
            elif entry.is_dir(follow_symlinks=False):
                if not (skip_repositories and os.path.lexists(f"{entry.path}/.git")):
                    waiting.append(path + "/")
            elif entry.is_file(follow_symlinks=False):
                files.append(path)
    return Found(tuple(sorted(files)), frozenset(folders), tuple(sorted(unreadable)))


def kind_of(path: str) -> Literal["file", "folder", ""]:
    """What a path leads to, links followed; "" for nothing, for devices, and for what may not be looked at."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return ""
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else ""


def printable(path: str) -> str:
    """The path with the bytes that are not UTF-8 written as escapes."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _entries(top: str, prefix: str, hidden: bool) -> Iterator[os.DirEntry[str]]:
    with os.scandir(f"{top}/{prefix}") as entries:
        yield from (each for each in entries if not each.name.startswith(".") or (hidden and each.name != ".git"))


def _broken(top: str, link: os.DirEntry[str]) -> str:
    real = os.path.realpath(link.path)
    if not real.startswith(top + "/"):
        return "is a link that leaves the repository"
    if not os.path.lexists(real):
        return f"is a link to {printable(str(Path(link.path).readlink()))!r}, which does not exist"
    return ""


def _reason(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
