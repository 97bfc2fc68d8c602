"""Unquoted scalars that do not mean what is written: `y` for true, `0644` for 420, `1.10` for 1.1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.faults import YamlFault
from ringtrue.manifests.marks import Node
from ringtrue.manifests.positions import marked
from ringtrue.manifests.resource import follow
from ringtrue.manifests.scalars import MERGE, Unusable, json_value, plain
from ringtrue.manifests.yaml_values import decode

_WORD = rb"(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF)"
_NUMBER = rb"[-+]?(?:0[0-9xXoObB_][\w.]*|[\d_]*\.\d*0|[\d_]+_[\d_]+|[\d.]+[eE][-+]?\d+)"
_SUSPECT = (
    *(
        re.compile(before + rb" *(?:" + _WORD + rb"|" + _NUMBER + rb")[ \t]*(?:[\r\n#,\]}]|\Z)")
        for before in (rb": ", rb"- ", rb", ", rb"\[")
    ),
    re.compile(
        rb":(?<=[yYnNsSoOfF]:)"
        rb"(?:(?<=[\s{,][yYnN]:)|(?<=[\s{,](?:[nN]o|NO|[oO]n|ON):)|(?<=[\s{,](?:[yY]es|YES|[oO]ff|OFF):))"
    ),
)
"""What may be one of them, as a value and as a key: most files hold none and are read no further. Each begins with a
fixed text, which `re` finds twenty times faster than a choice of words."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One scalar of a manifest; `value` is what YAML 1.1 makes of it, as kubectl reads it."""

    path: str
    index: int
    """The document's position among those of the file."""
    kind: str
    name: str
    """Of the object, as written in the file."""
    route: Route
    """Of a key the route ends with the key as it is read."""
    text: str
    value: Any
    key: bool = False


def ambiguities(path: str, content: bytes) -> tuple[Ambiguity, ...]:
    """Those of a file's manifests, in order; () for a file that cannot be read, which is reported elsewhere."""
    if not any(suspect.search(content) for suspect in _SUSPECT):
        return ()
    try:
        documents = marked(decode(content))
    except YamlFault:
        return ()
    found = []
    for index, document in enumerate(documents):
        kind, name = follow(document.value, ("kind",)), follow(document.value, ("metadata", "name"))
        if isinstance(kind, str) and isinstance(name, str):
            for route, text, value, key in _walk(document.root):
                found.append(Ambiguity(path, index, kind, name, route, text, value, key))
    return tuple(found)


def _walk(root: Node) -> Iterator[tuple[Route, str, Any, bool]]:
    """What an alias stands for is looked at once, where it is first met."""
    waiting: list[tuple[Route, Node]] = [((), root)]
    seen: set[int] = set()
    while waiting:
        route, node = waiting.pop()
        if node.text is not None:
            if node.plain and _differs(node.text, value := _value(node.text)):
                yield route, node.text, value, False
            continue
        children = node.entries or node.items
        if id(children) in seen:
            continue
        seen.add(id(children))
        below: list[tuple[Route, Node]] = [((*route, index), item) for index, item in enumerate(node.items)]
        for name, key, child in node.entries:
            if name is MERGE:
                below.append((route, child))
                continue
            if key.plain and name != key.text:
                yield (*route, name), key.text or "", name, True
            below.append(((*route, name), child))
        waiting.extend(reversed(below))


def _value(text: str) -> Any:
    try:
        return json_value(plain(text), text)
    except Unusable:
        return text


def _differs(text: str, value: Any) -> bool:
    if isinstance(value, bool):
        return text.lower() not in ("true", "false")
    return isinstance(value, int | float) and str(value) != text
