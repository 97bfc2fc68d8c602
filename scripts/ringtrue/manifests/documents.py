"""libyaml's events to values, in one loop without recursion: nesting costs no Python stack."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

import yaml
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ringtrue.manifests.expansion import Anchored, Anchors
from ringtrue.manifests.faults import YamlFault, refused
from ringtrue.manifests.mappings import key_lines, merged
from ringtrue.manifests.scalars import MERGE, Keys, Plain, Unusable, json_value, key_text, plain, tagged

MAX_DEPTH: Final = 256
"""Levels of nesting; Kubernetes' own deepest schemas stay below 100."""
_MERGE_TAG = "tag:yaml.org,2002:merge"


def event_source(content: bytes) -> Callable[[], Any]:
    """libyaml's events one by one, or those of PyYAML's own parser where it was built without (slower, same values)."""
    parser = yaml.CLoader(content) if yaml.__with_libyaml__ else yaml.Loader(content)
    following: Callable[[], Any] = parser.get_event
    return following


def build(content: bytes, text: str) -> Iterator[tuple[Any, int]]:
    """Each document's value and the line of its root node, from 1; raises YamlFault for the first fault.

    `text` is the decoded `content`, used to word a fault.
    """
    try:
        builder = _Builder(content)
        while not isinstance(event := builder.following(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                root = builder.following()
                builder.anchors = Anchors()
                yield builder.value(root), root.start_mark.line + 1
    except YAMLError as error:
        raise refused(error, text) from None


class _Builder:
    """Values of one text; the memos of plain scalars live as long as it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.following = event_source(content)
        self.plain = Plain()
        self.keys = Keys()
        self.anchors = Anchors()

    def value(self, event: Any) -> Any:
        """The value of the node that starts with an event: the one hot loop of the room.

        `below` is the collection being filled, `outer` holds those around it.
        """
        following, values, keys = self.following, self.plain, self.keys
        below: Any = []
        in_mapping, key = False, ""
        outer: list[tuple[Any, bool, Any, Any, int]] = []
        try:
            while True:
                if in_mapping and event.__class__ is not MappingEndEvent:
                    if event.__class__ is ScalarEvent and event.tag is None and event.anchor is None:
                        key = keys[event.value] if event.implicit[0] else event.value
                    else:
                        key = self._key(event)
                    if key in below and key is not MERGE:
                        raise self._twice(key, below, outer[-1][3], event)
                    event = following()
                kind = event.__class__
                if kind is ScalarEvent and event.tag is None and event.anchor is None:
                    value = values[event.value] if event.implicit[0] else event.value
                elif kind is ScalarEvent or kind is AliasEvent:
                    value = self._value(event)
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    outer.append((below, in_mapping, key, event, self.anchors.nodes))
                    self._open(event, len(outer))
                    in_mapping = kind is MappingStartEvent
                    below = {} if in_mapping else []
                    event = following()
                    continue
                else:
                    value = below
                    below, in_mapping, key, event, nodes = outer.pop()
                    value = self._closed(value, event, nodes)
                if in_mapping:
                    below[key] = value
                elif outer:
                    below.append(value)
                else:
                    return value
                event = following()
        except Unusable as problem:
            raise YamlFault(event.start_mark.line + 1, event.start_mark.column + 1, str(problem)) from None

    def _value(self, event: Any) -> Any:
        if event.__class__ is AliasEvent:
            return self.anchors.value(str(event.anchor))
        return json_value(self._scalar(event), event.value)

    def _key(self, event: Any) -> Any:
        """The key that an event makes which is no simple scalar."""
        if event.__class__ is AliasEvent:
            return self.anchors.key(str(event.anchor))
        if event.__class__ is MappingStartEvent and event.flow_style:
            raise Unusable("a mapping cannot be a key: a template, '{{ ... }}', must stand in quotes")
        if event.__class__ is not ScalarEvent:
            raise Unusable("a mapping or a list cannot be a key")
        if event.value == "<<" and (event.implicit[0] or event.tag == _MERGE_TAG):
            return MERGE
        return key_text(self._scalar(event), event.value)

    def _scalar(self, event: Any) -> Any:
        """The goyaml value of a scalar with a tag or an anchor."""
        text = event.value
        resolve = plain if event.implicit[0] else str
        value = resolve(text) if event.tag is None else tagged(event.tag, text)
        if event.anchor is not None:
            self.anchors.named[event.anchor] = Anchored(value, text, 1)
        return value

    def _open(self, event: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Unusable(f"the document is nested deeper than {MAX_DEPTH} levels")
        if event.anchor is not None:
            self.anchors.named[event.anchor] = Anchored(None, None, 0)

    def _closed(self, value: Any, start: Any, nodes_before: int) -> Any:
        if isinstance(value, dict):
            self.anchors.nodes += 2 * len(value)
            if MERGE in value:
                value = merged(value)
        else:
            self.anchors.nodes += len(value)
        if start.anchor is not None:
            self.anchors.named[start.anchor] = Anchored(value, None, self.anchors.nodes - nodes_before + 1)
        return value

    def _twice(self, key: str, earlier: dict[str, Any], start: Any, event: Any) -> YamlFault:
        lines = key_lines(iter(event_source(self.content), None), start.start_mark.index)
        first = next(islice(lines, list(earlier).index(key), None))
        mark = event.start_mark
        problem = f"key {key!r} stands twice in one mapping, at lines {first} and {mark.line + 1}"
        return YamlFault(mark.line + 1, mark.column + 1, problem)
