"""The files of one run as documents with positions, each read once."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ringtrue.findings import Location, Route
from ringtrue.manifests.faults import YamlFault, decode
from ringtrue.manifests.positions import Marked, marked
from ringtrue.manifests.resource import text_at
from ringtrue.repository.tree import Tree
from ringtrue.tracing.spelling import Run, spelt


@dataclass(frozen=True, slots=True)
class Passage:
    """A document in a file, or the text of an inline patch with its offset in the file that holds it."""

    path: str
    marked: Marked
    lines: int = 0
    columns: int = 0
    pinned: Location | None = None
    """The one place for everything in it, where the offset of a line cannot be told (folded or escaped text)."""

    @property
    def value(self) -> Any:
        return self.marked.value

    def place(self, route: Route, *, key: bool = False) -> Location:
        """Where the value at `route` is written, or its nearest parent that exists; `key`: where its key is."""
        if self.pinned is not None:
            return self.pinned
        span = self.marked.span(route, key=key)
        return Location(
            self.path,
            span.line + self.lines,
            span.column + self.columns,
            span.end_line + self.lines,
            span.end_column + self.columns,
        )


@dataclass(frozen=True, slots=True)
class Pages:
    """Reads a tree's files; what was read is kept, so one is made for a run and handed to every trace."""

    tree: Tree
    _texts: dict[str, str] = field(default_factory=dict)
    _passages: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    _rows: dict[str, list[str]] = field(default_factory=dict)
    _spelt: dict[tuple[Location, str], tuple[Run, ...]] = field(default_factory=dict)
    _inline: dict[tuple[str, Route], tuple[Passage, ...]] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """The file's text; "" for one that cannot be read."""
        if path not in self._texts:
            self._texts[path] = _read(self.tree, path)
        return self._texts[path]

    def rows(self, path: str) -> list[str]:
        """The file's lines, without what ends them."""
        if path not in self._rows:
            self._rows[path] = [row.removesuffix("\r") for row in self.text(path).split("\n")]
        return self._rows[path]

    def documents(self, path: str) -> tuple[Passage, ...]:
        """The documents of a file; none where it cannot be read as YAML."""
        if path not in self._passages:
            self._passages[path] = tuple(Passage(path, document) for document in _marked(self.text(path)))
        return self._passages[path]

    def first(self, path: str) -> Passage | None:
        """The file's only document, as a kustomization has it."""
        return next(iter(self.documents(path)), None)

    def inline(self, holder: Passage, route: Route) -> tuple[Passage, ...]:
        """The documents inside a string of `holder`, the first document of its file: an inline patch."""
        if (holder.path, route) not in self._inline:
            self._inline[holder.path, route] = tuple(self._inside(holder, route))
        return self._inline[holder.path, route]

    def spelt(self, place: Location, text: str) -> tuple[Run, ...]:
        """How the scalar at a place spells the text; () where it does not."""
        if (place, text) not in self._spelt:
            self._spelt[place, text] = spelt(self.rows(place.path), place, text)
        return self._spelt[place, text]

    def whole(self, path: str) -> Location:
        """A file from its first character to its last."""
        lines = self.text(path).split("\n")
        if len(lines) > 1 and not lines[-1]:
            lines.pop()
        return Location(path, 1, 1, len(lines), len(lines[-1]) + 1)

    def _inside(self, holder: Passage, route: Route) -> Iterator[Passage]:
        text = text_at(holder.value, *route)
        lines, columns, pinned = self._offset(holder, route, text)
        for document in _marked(text):
            yield Passage(holder.path, document, lines, columns, pinned)

    def _offset(self, holder: Passage, route: Route, text: str) -> tuple[int, int, Location | None]:
        place = holder.place(route)
        if holder.pinned is not None:
            return 0, 0, place
        raw = self.text(holder.path).split("\n")
        opening = raw[place.line - 1][place.column - 1 :]
        if opening.startswith("|"):
            return place.line, _indent(raw[place.line :], text), None
        if text in opening:
            # Plain or quoted, and on one line without escapes.
            return place.line - 1, place.column - 1 + opening.index(text), None
        return 0, 0, place


def beside(folder: str, path: str) -> str:
    """A path as a kustomization in `folder` writes it, relative to the root."""
    return posixpath.normpath(posixpath.join(folder, path))


def _read(tree: Tree, path: str) -> str:
    if not path:
        return ""
    try:
        return decode(tree.read(path))
    except (OSError, YamlFault):
        return ""


def _marked(text: str) -> tuple[Marked, ...]:
    try:
        return marked(text)
    except YamlFault:
        return ()


def _indent(raw: list[str], text: str) -> int:
    """How far a literal block stands to the right of its own text."""
    for written, line in zip(raw, text.split("\n"), strict=False):
        if line.strip():
            return _leading(written) - _leading(line)
    return 0


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
