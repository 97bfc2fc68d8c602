"""What stands at a path. Nothing here raises: what may not be looked at counts as missing, as it does for Kustomize."""

import os
import stat
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """Special is a pipe, a socket or a device, where reading may never end."""

    MISSING = "missing"
    FILE = "file"
    DIRECTORY = "directory"
    SPECIAL = "special"


def kind(path: Path) -> Kind:
    """What the path leads to, links followed."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return Kind.MISSING
    if stat.S_ISDIR(mode):
        return Kind.DIRECTORY
    return Kind.FILE if stat.S_ISREG(mode) else Kind.SPECIAL


def real(path: Path) -> Path:
    """The path with its links resolved; a loop of links stays as it is."""
    return Path(os.path.realpath(path))


def target(directory: Path, entry: str) -> Path:
    """Where an entry of a kustomization in this directory points: cleaned as text first, as Kustomize does."""
    return Path(os.path.normpath(directory / entry))


def outside(root: Path, path: Path) -> bool:
    """Whether a cleaned absolute path leaves the root, by its text or through links."""
    return not path.is_relative_to(root) or not real(path).is_relative_to(root)
