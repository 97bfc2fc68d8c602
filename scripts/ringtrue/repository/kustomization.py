"""One kustomization file: what it names, field by field, and whether that exists."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from ringtrue.repository.marks import Mark, NotYaml, child, composed, plain, scalar, sequence
from ringtrue.repository.tree import Tree

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
"""In the order in which kustomize looks; more than one of them in a folder is an error."""

DEPRECATED = {
    "bases": "resources",
    "commonLabels": "labels",
    "imageTags": "images",
    "patchesJson6902": "patches",
    "patchesStrategicMerge": "patches",
    "vars": "replacements",
}
"""Deprecated fields (C22, KUS-10) and what replaces them."""


class State(StrEnum):
    FILE = "file"
    FOLDER = "folder"
    MISSING = "missing"
    REMOTE = "remote"
    """A URL, or a Helm chart: never fetched."""
    OUTSIDE = "outside"
    """Absolute, above the root, or a link that leaves it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place where a kustomization names a file, a folder or a URL; `file` is the kustomization's own."""

    file: str
    field: str
    index: int
    text: str
    """As written; of a generator's `key=path` the path."""
    path: str | None
    """Root-relative; None for what is remote or outside."""
    state: State
    line: int = 1
    column: int = 1
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A deprecated field, where it stands, and its successor."""

    field: str
    successor: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Kustomization:
    """A kustomization file; `broken` says why it could not be read, and there are no entries then."""

    folder: str
    file: str
    data: Mapping[str, Any]
    """Scalars as text, but `null`, `true`, `false` and decimal integers."""
    component: bool
    entries: tuple[Entry, ...]
    deprecated: tuple[Deprecated, ...] = ()
    broken: str = ""
    broken_at: tuple[int, int] = (1, 1)

    @property
    def bases(self) -> tuple[Entry, ...]:
        """The folders it builds on, in build order: resources and bases, then components, then the rest."""
        return tuple(
            sorted((e for e in self.entries if e.state is State.FOLDER and e.field in _BUILDS), key=_build_order)
        )

    @property
    def folders(self) -> tuple[str, ...]:
        return tuple(entry.path for entry in self.bases if entry.path is not None)

    @property
    def files(self) -> tuple[str, ...]:
        """Files that it reads itself, its own included."""
        return (self.file, *(e.path for e in self.entries if e.state is State.FILE and e.path is not None))


def kustomization(tree: Tree, folder: str) -> Kustomization | None:
    """Reads the kustomization of a folder; None where there is none."""
    present = [path for path in (_join(folder, name) for name in NAMES) if tree.is_file(path)]
    if not present:
        return None
    file = present[0]
    if len(present) > 1:
        names = " and ".join(repr(posixpath.basename(path)) for path in present)
        return Kustomization(folder, file, {}, False, (), broken=f"more than one kustomization file: {names}")
    try:
        node = composed(tree.read(file))
    except OSError as error:
        return Kustomization(folder, file, {}, False, (), broken=f"cannot be read: {error.strerror or error}")
    except NotYaml as error:
        return Kustomization(folder, file, {}, False, (), broken=error.problem, broken_at=(error.line, error.column))
    if not isinstance(node, yaml.MappingNode):
        return Kustomization(folder, file, {}, False, (), broken="is empty" if node is None else "is not a mapping")
    fields = {_field(str(key.value)): (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    data = plain(node)
    return Kustomization(
        folder,
        file,
        data,
        data.get("kind") == "Component",
        tuple(_Reader(tree, folder, file).entries(fields)),
        tuple(_deprecated(fields)),
    )


def _field(key: str) -> str:
    """Kustomize's decoder does not mind upper and lower case."""
    return _FIELDS.get(key.lower(), key)


def _deprecated(fields: Mapping[str, tuple[yaml.Node, yaml.Node]]) -> Iterator[Deprecated]:
    for field, successor in DEPRECATED.items():
        if field in fields:
            key = fields[field][0].start_mark
            yield Deprecated(field, successor, key.line + 1, key.column + 1)


_BUILD = ("resources", "bases", "components")


def _build_order(entry: Entry) -> tuple[int, int]:
    return (_BUILD.index(entry.field) if entry.field in _BUILD else len(_BUILD), entry.index)


_PATHS = ("resources", "bases", "components", "configurations", "crds")
_PATHS_OR_INLINE = ("patchesStrategicMerge", "transformers", "generators", "validators")
_IN_MAPPINGS = ("patches", "patchesJson6902", "replacements")
_GENERATORS = ("configMapGenerator", "secretGenerator")
_CHARTS = ("helmCharts", "helmChartInflationGenerator")
_BUILDS = (*_BUILD, "transformers", "generators", "validators")
"""Fields that may name a folder with a kustomization."""

_FIELDS = {
    field.lower(): field
    for field in (*_PATHS, *_PATHS_OR_INLINE, *_IN_MAPPINGS, *_GENERATORS, *_CHARTS, *DEPRECATED, "openapi")
}

_REMOTE = re.compile(
    r"git::|gh:|[a-z][a-z0-9+.-]*://|[\w.-]+@[\w.-]+[:/]|github\.com[:/]|.*(\?ref=|\.git(/|\?|$))", re.I
)


@dataclass(frozen=True, slots=True)
class _Reader:
    tree: Tree
    folder: str
    file: str

    def entries(self, fields: Mapping[str, tuple[yaml.Node, yaml.Node]]) -> Iterator[Entry]:
        values = {name: value for name, (_, value) in fields.items()}
        for field in _PATHS:
            yield from self._paths(field, values.get(field))
        for field in _PATHS_OR_INLINE:
            yield from self._paths(field, values.get(field), inline=True)
        for field in _IN_MAPPINGS:
            for index, item in enumerate(sequence(values.get(field))):
                yield from self._named(field, index, scalar(child(item, "path")))
        for field in _GENERATORS:
            for index, item in enumerate(sequence(values.get(field))):
                yield from self._generated(field, index, item)
        yield from self._named("openapi", 0, scalar(child(values.get("openapi"), "path")))
        for field in _CHARTS:
            for index, item in enumerate(sequence(values.get(field))):
                yield from self._chart(field, index, item)

    def _paths(self, field: str, node: yaml.Node | None, inline: bool = False) -> Iterator[Entry]:
        for index, item in enumerate(sequence(node)):
            mark = scalar(item)
            if mark and not (inline and "\n" in mark.text.strip()):
                yield self._entry(field, index, mark)

    def _named(self, field: str, index: int, mark: Mark | None) -> Iterator[Entry]:
        if mark:
            yield self._entry(field, index, mark)

    def _generated(self, field: str, index: int, item: yaml.Node) -> Iterator[Entry]:
        for name in ("files", "envs"):
            for each in sequence(child(item, name)):
                mark = scalar(each)
                if mark:
                    yield self._entry(field, index, mark.after("=") if name == "files" else mark)
        yield from self._named(field, index, scalar(child(item, "env")))

    def _chart(self, field: str, index: int, item: yaml.Node) -> Iterator[Entry]:
        mark = scalar(child(item, "name")) or scalar(child(item, "chartName"))
        if mark:
            yield Entry(self.file, field, index, mark.text, None, State.REMOTE, mark.line, mark.column, mark.end_column)

    def _entry(self, field: str, index: int, mark: Mark) -> Entry:
        path, state = self._resolve(field, mark.text)
        return Entry(self.file, field, index, mark.text, path, state, mark.line, mark.column, mark.end_column)

    def _resolve(self, field: str, text: str) -> tuple[str | None, State]:
        """As kustomize does: a file first, then a folder, and only then a URL."""
        path = _join(self.folder, text)
        above = text.startswith("/") or path == ".." or path.startswith("../")
        if above or "\0" in text:
            return None, State.OUTSIDE
        if self.tree.is_file(path):
            return path, State.FILE
        if self.tree.is_dir(path):
            return path, State.FOLDER
        if _REMOTE.match(text):
            return None, State.REMOTE
        return (None, State.OUTSIDE) if self.tree.escapes(path) else (path, State.MISSING)


def _join(folder: str, text: str) -> str:
    return posixpath.normpath(posixpath.join(folder, text))
