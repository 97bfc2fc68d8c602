"""Merge keys as goyaml.v2 applies them, and where a key stands twice."""

from collections.abc import Iterable, Iterator
from typing import Any

from yaml.events import CollectionEndEvent, CollectionStartEvent

from ringtrue.manifests.scalars import MERGE, Unusable


def merged(items: dict[Any, Any]) -> dict[str, Any]:
    """A mapping that holds `<<`, merged from top to bottom: `<<` overwrites what stands above it, not below."""
    found: dict[str, Any] = {}
    for key, value in items.items():
        if key is not MERGE:
            found[key] = value
            continue
        for source in reversed(value) if isinstance(value, list) else (value,):
            if not isinstance(source, dict):
                raise Unusable("'<<' merges only a mapping or a list of mappings")
            found.update(source)
    return found


def key_lines(stream: Iterable[Any], index: int) -> Iterator[int]:
    """The line, from 1, of each key of the mapping that starts at character `index` of the stream, in order."""
    events = iter(stream)
    next(event for event in events if _is_start(event) and event.start_mark.index == index)
    depth = count = 0
    for event in events:
        if isinstance(event, CollectionEndEvent):
            depth -= 1
            continue
        if depth == 0:
            if count % 2 == 0:
                yield event.start_mark.line + 1
            count += 1
        depth += _is_start(event)


def _is_start(event: Any) -> bool:
    return isinstance(event, CollectionStartEvent)
