"""libyaml's events to trees with marks: where each key and value of a document stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from ringtrue.manifests.documents import MAX_DEPTH, event_source
from ringtrue.manifests.faults import YamlFault, refused
from ringtrue.manifests.scalars import Keys, Unusable


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True, eq=False)
class Node:
    """A scalar's text as written, a list's items, or a mapping's entries: (key, key node, value node)."""

    span: Span
    text: str | None = None
    plain: bool = False
    items: list["Node"] = field(default_factory=list)
    entries: list[tuple[Any, "Node", "Node"]] = field(default_factory=list)


def trees(content: bytes, text: str) -> Iterator[Node]:
    """The tree of each document; raises YamlFault where libyaml cannot read on."""
    following = event_source(content)
    keys = Keys()
    try:
        while not isinstance(event := following(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                yield _tree(iter(following, None), keys)
    except YAMLError as error:
        raise refused(error, text) from None


def _tree(events: Iterator[Any], keys: Keys) -> Node:
    anchors: dict[str, Node] = {}
    root = Node(Span(1, 1, 1, 1))
    open_nodes: list[tuple[Node, list[Node], Any]] = [(root, root.items, None)]
    for event in events:
        if isinstance(event, CollectionEndEvent):
            node, children, start = open_nodes.pop()
            _close(node, children, start, event, keys)
        else:
            node = _node(event, anchors)
            open_nodes[-1][1].append(node)
            if not isinstance(event, ScalarEvent | AliasEvent):
                open_nodes.append((node, [], event))
        if len(open_nodes) > MAX_DEPTH + 1:
            mark = event.start_mark
            raise YamlFault(mark.line + 1, mark.column + 1, f"the document is nested deeper than {MAX_DEPTH} levels")
        if len(open_nodes) == 1:
            return root.items[0]
    raise AssertionError("libyaml ends each document")


def _node(event: Any, anchors: dict[str, Node]) -> Node:
    span = _span(event, event)
    if event.__class__ is AliasEvent:
        meant = anchors.get(str(event.anchor))
        return Node(span, meant.text, meant.plain, meant.items, meant.entries) if meant else Node(span)
    is_scalar = isinstance(event, ScalarEvent)
    node = Node(span, event.value if is_scalar else None, is_scalar and event.implicit[0])
    if event.anchor is not None:
        anchors[event.anchor] = node
    return node


def _close(node: Node, children: list[Node], start: Any, end: Any, keys: Keys) -> None:
    """The children stand; a block collection ends where its last child ends, not where the next token starts."""
    node.span = _span(start, end)
    if not start.flow_style and children:
        last = children[-1].span
        node.span = Span(node.span.line, node.span.column, last.end_line, last.end_column)
    if not isinstance(start, MappingStartEvent):
        node.items += children
        return
    for key, value in zip(children[::2], children[1::2], strict=True):
        node.entries.append((_key(key, keys), key, value))


def _key(node: Node, keys: Keys) -> Any:
    """The JSON key that a key makes; its text where it makes none (`read` refuses such a document)."""
    if not node.plain:
        return node.text
    try:
        return keys[node.text or ""]
    except Unusable:
        return node.text


def _span(start: Any, end: Any) -> Span:
    first, last = start.start_mark, end.end_mark
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)
