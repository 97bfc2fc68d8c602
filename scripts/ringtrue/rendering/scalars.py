"""YAML read with every scalar as the text that stands there: enough for names of files, and never wrong about them."""

import base64
from collections.abc import Iterator
from typing import Any

import yaml

_MERGE = "<<"
_BINARY = "tag:yaml.org,2002:binary"


def documents(text: str) -> Iterator[Any]:
    """Each document as dict, list and str; raises yaml.YAMLError. Aliases are shared, so that a bomb stays small."""
    for node in yaml.compose_all(text, Loader=yaml.CBaseLoader):
        yield _value(node, {})


def _value(node: yaml.Node, known: dict[int, Any]) -> Any:
    if id(node) in known:
        return known[id(node)]
    if isinstance(node, yaml.SequenceNode):
        items: list[Any] = []
        known[id(node)] = items
        items.extend(_value(item, known) for item in node.value)
        return items
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Any] = {}
        known[id(node)] = fields
        _fill(fields, node, known)
        return fields
    return _decoded(node.value) if node.tag == _BINARY else node.value


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode()
    except ValueError:
        return text


def _fill(fields: dict[str, Any], node: yaml.MappingNode, known: dict[int, Any]) -> None:
    own: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value == _MERGE:
            merged = _value(value, known)
            for part in merged if isinstance(merged, list) else [merged]:
                fields.update(part if isinstance(part, dict) else {})
        else:
            own[key.value] = _value(value, known)
    fields.update(own)
