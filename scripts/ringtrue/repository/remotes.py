"""Whether a URL is this repository."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ringtrue.errors import ToolMissing
from ringtrue.repository import git

_SSH = re.compile(r"(ssh://)?[^/:]*?@[^@]+")


def remotes(root: Path, environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The URLs of the repository's remotes, normalised and sorted; none without git."""
    if not git.inside(root.resolve()):
        return ()
    variables = git.environment(root, os.environ if environ is None else environ)
    try:
        listed = git.output(["config", "--get-regexp", r"^remote\..*\.url$"], root, variables)
    except ToolMissing:
        return ()
    urls = {line.partition(" ")[2] for line in listed.decode(errors="replace").splitlines()}
    return tuple(sorted(filter(None, map(normalise_url, urls))))


def normalise_url(url: str) -> str:
    """The form in which Argo CD compares repository URLs: trimmed, lower case, no `.git`, one form for ssh."""
    url = url.strip().lower()
    if _SSH.fullmatch(url) and not url.startswith("ssh://"):
        url = "ssh://" + url.replace(":", "/", 1)
    return url.removesuffix(".git").removeprefix("ssh://")


def same_repository(left: str, right: str) -> bool:
    """Whether two URLs name one repository: people clone by ssh what Argo CD reads by https, so host and path count."""
    return bool(left.strip()) and _place(left) == _place(right)


def _place(url: str) -> tuple[str, str]:
    normal = normalise_url(url)
    if "://" not in normal and not _SSH.fullmatch(normal):
        return "", normal.rstrip("/")
    try:
        parts = urlsplit(normal if "://" in normal else "ssh://" + normal)
    except ValueError:
        return "", normal
    return parts.hostname or "", parts.path.strip("/").removesuffix(".git")
