"""Which files Argo CD looks at before it renders an Application anew."""

import posixpath
from collections.abc import Iterable, Sequence

from ringtrue.argocd.globs import path_matches
from ringtrue.argocd.settings import Version

ANNOTATION = "argocd.argoproj.io/manifest-generate-paths"
"""Paths with semicolons between them: from the source's own, or with a slash from the top of the repository."""

_TRIMS: Version = (3, 4)
"""Before, spaces around a path were part of it."""


def refresh_paths(annotation: str, sources: Iterable[str], version: Version) -> tuple[str, ...]:
    """Patterns from the top, with a leading slash; () when every change counts.

    `sources` are the paths of the Application's sources: a change that one of them sees renders them all.
    """
    items = [item.strip() if version >= _TRIMS else item for item in annotation.split(";")]
    below = list(sources)
    paths: dict[str, None] = {}
    for item in filter(None, items):
        if item.startswith("/"):
            paths[item] = None
        else:
            paths.update(("/" + posixpath.normpath(posixpath.join(source, item)), None) for source in below)
    return tuple(paths)


def is_seen(file: str, paths: Sequence[str]) -> bool:
    """Whether a change of a file, root-relative, counts: it is named, matched, or stands below a path that is named.

    A pattern is matched with files only, never with a folder above them.
    """
    full = f"/{file}"
    return any(full == path or full.startswith(_folder(path)) or path_matches(path, full) for path in paths)


def _folder(path: str) -> str:
    return "/" + f"{posixpath.normpath(path)}/".lstrip("/")
