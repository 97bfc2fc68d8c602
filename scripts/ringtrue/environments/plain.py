"""Which files of a tree are manifests that no kustomization names, and what the others are."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ringtrue.repository.graph import Graph
from ringtrue.repository.kustomization import NAMES
from ringtrue.repository.tree import Tree

SUFFIXES = (".yaml", ".yml", ".json")
"""Argo CD's and kubectl's; jsonnet is left out."""

_COMPOSE = re.compile(r"(docker-|podman-)?compose[\w.-]*\.ya?ml")
_VALUES = re.compile(r"([\w.-]*[.-])?values([.-][\w.-]*)?\.ya?ml")
_GIT_CRYPT = b"\0GITCRYPT\0"
_KEYS = tuple(
    re.compile(rb"""(?:^|[{,])[\s-]*["']?%s["']?\s*:""" % key, re.MULTILINE) for key in (b"apiVersion", b"kind")
)


NO_MANIFEST = "JSON file"
"""Data of all sorts: nobody takes it for a manifest, so it is not counted."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Manifest files by folder, counts of the files left alone by what they are, and files that cannot be read."""

    folders: Mapping[str, tuple[str, ...]]
    skipped: Mapping[str, int]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    unnamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Manifest files at or below a kustomization that none names, by the folder of that kustomization."""


def plain(tree: Tree, graph: Graph, files: Iterable[str], skip: Callable[[str], bool] = lambda path: False) -> Plain:
    """Sorts `files` (of the tree). Files below a kustomization that it does not name are patches or leftovers."""
    named = {path for layer in graph.kustomizations.values() for path in layer.files}
    everything = list(files)
    charts = {_folder(path) for path in everything if posixpath.basename(path) == "Chart.yaml"}
    folders: dict[str, list[str]] = defaultdict(list)
    skipped: Counter[str] = Counter()
    unreadable: dict[str, str] = {}
    unnamed: dict[str, list[str]] = defaultdict(list)
    seen_charts: set[str] = set()
    for path in everything:
        if not path.endswith(SUFFIXES) or path in named or posixpath.basename(path) in NAMES or skip(path):
            continue
        chart = _within(path, charts)
        if chart is not None:
            seen_charts.add(chart)
            continue
        owner = _kustomization_of(path, graph)
        if owner is not None:
            skipped["unreferenced file"] += 1
            if _is_manifest(path, tree):
                unnamed[owner].append(path)
            continue
        try:
            what = kind_of_file(path, tree.read(path))
        except OSError as error:
            unreadable[path] = error.strerror or str(error)
            continue
        if not what:
            folders[_folder(path)].append(path)
        elif what != NO_MANIFEST:
            skipped[what] += 1
    skipped["chart"] = len({chart for chart in seen_charts if _within(posixpath.dirname(chart), charts) is None})
    return Plain(
        {folder: tuple(sorted(found)) for folder, found in sorted(folders.items())},
        dict(sorted((+skipped).items())),
        unreadable,
        {folder: tuple(sorted(left)) for folder, left in sorted(unnamed.items())},
    )


def kind_of_file(path: str, content: bytes) -> str:
    """ "" for a manifest, or for a YAML file that must be one since it is not even text; else what the file is."""
    name = posixpath.basename(path)
    if content.startswith(_GIT_CRYPT):
        return "encrypted file"
    if b"\0" in content:
        return NO_MANIFEST if path.endswith(".json") else ""
    if all(key.search(content) for key in _KEYS):
        return ""
    if _COMPOSE.fullmatch(name):
        return "compose file"
    if path.endswith(".json"):
        return NO_MANIFEST
    return "values file" if _VALUES.fullmatch(name) else "other YAML file"


def chart_folder(tree: Tree, folder: str) -> bool:
    return tree.is_file(posixpath.normpath(f"{folder}/Chart.yaml"))


def _kustomization_of(path: str, graph: Graph) -> str | None:
    """The folder of the kustomization at or above a file; the root's covers only its own files."""
    folder = _folder(path)
    above = [folder, *(parent for parent in _parents(folder) if parent != ".")]
    return next((each for each in above if graph.get(each)), None)


def _is_manifest(path: str, tree: Tree) -> bool:
    try:
        content = tree.read(path)
    except OSError:
        return False
    return b"\0" not in content and all(key.search(content) for key in _KEYS)


def _within(path: str, folders: Iterable[str]) -> str | None:
    known = folders if isinstance(folders, set) else set(folders)
    return next((parent for parent in _parents(path) if parent in known), None)


def _parents(path: str) -> list[str]:
    """The folders above a path, nearest first."""
    found = []
    while path not in ("", "."):
        path = _folder(path)
        found.append(path)
    return found


def _folder(path: str) -> str:
    return posixpath.dirname(path) or "."
