"""Where a field of a document stands in its file; made only for files with something to point at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.documents import build
from ringtrue.manifests.faults import YamlFault, unprintable
from ringtrue.manifests.marks import Node, Span, trees
from ringtrue.manifests.scalars import MERGE
from ringtrue.manifests.yaml_values import json_spans

__all__ = ["Marked", "Span", "marked"]


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A document with its marks. Lists are followed by index; `<<` and aliases lead to where their text stands."""

    value: Any
    root: Node

    def span(self, route: Route, key: bool = False) -> Span:
        """Where the value at a route stands, or with `key` its key; the nearest parent's value if it is not there.

        A value that takes no room (`key:`) is shown at its key.
        """
        found: Span = self.root.span
        node: Node | None = self.root
        for number, step in enumerate(route, 1):
            name, node = _step(node, step)
            if node is None:
                return found
            is_empty = (node.span.line, node.span.column) == (node.span.end_line, node.span.end_column)
            at_key = name is not None and (is_empty or (key and number == len(route)))
            found = name.span if at_key and name is not None else node.span
        return found

    def has(self, route: Route) -> bool:
        """Whether a value stands at the route (null counts)."""
        return self._follow(route) is not None

    def scalar(self, route: Route) -> str | None:
        """The scalar at a route as it is written, quotes resolved: `012` stays "012"; None for anything else."""
        node = self._follow(route)
        return node.text if node is not None else None

    def _follow(self, route: Route) -> Node | None:
        node: Node | None = self.root
        for step in route:
            node = _step(node, step)[1]
        return node


def marked(text: str) -> tuple[Marked, ...]:
    """The documents that `read` gives, with marks; raises YamlFault as `read` does."""
    try:
        parts = list(json_spans(text))
    except (ValueError, RecursionError):
        return tuple(_yaml(text))
    return tuple(Marked(value, _json_root(text, start, end)) for value, start, end in parts)


def _yaml(text: str) -> Iterator[Marked]:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise unprintable(text) from None
    for (value, _), root in zip(build(content, text), trees(content, text), strict=True):
        if value is not None:
            yield Marked(value, root)


def _json_root(text: str, start: int, end: int) -> Node:
    """The tree of one JSON object, read as YAML behind blanks that keep its place in the file."""
    column = start - (text.rfind("\n", 0, start) + 1)
    part = "\n" * text.count("\n", 0, start) + " " * column + text[start:end]
    try:
        return next(trees(part.encode(), part))
    except YamlFault:
        # JSON that YAML 1.1 has no words for, such as a surrogate pair: point at the object as a whole.
        lines = part.split("\n")
        return Node(Span(text.count("\n", 0, start) + 1, column + 1, len(lines), len(lines[-1]) + 1))


def _step(node: Node | None, step: str | int) -> tuple[Node | None, Node | None]:
    """The key node (None in a list) and the value node one step down."""
    if node is None:
        return None, None
    if isinstance(step, int):
        return None, node.items[step] if 0 <= step < len(node.items) else None
    return _entry(node, step)


def _entry(node: Node, wanted: str) -> tuple[Node | None, Node | None]:
    """The entry of a mapping, also through `<<`; each merged mapping is looked at once, however often it is named.

    From the bottom up: goyaml lets what stands below win over `<<`, and `<<` over what stands above it.
    """
    waiting = list(node.entries)
    seen: set[int] = set()
    while waiting:
        name, key, value = waiting.pop()
        if name == wanted:
            return key, value
        if name is MERGE and id(value.entries or value.items) not in seen:
            seen.add(id(value.entries or value.items))
            for source in reversed(value.items or [value]):
                waiting += source.entries
    return None, None
