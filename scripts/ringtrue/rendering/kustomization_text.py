"""A kustomization edited as text, so that what is not edited keeps its type and its style."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

_ESCAPED = {number: f"\\u{number:04x}" for number in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF)}

# What YAML 1.1 reads as text without quotes, whatever its schema: it starts with a letter, or as a path, and is no word
# for a value.
_WORDS = r"(?:y|n|yes|no|on|off|true|false|null)"
_PLAIN_TEXT = re.compile(
    rf"(?!{_WORDS}$)(?:\.{{0,2}}/)*[A-Za-z][A-Za-z0-9 ._/@+-]*(?::[A-Za-z0-9._/-]+)*", re.IGNORECASE
)
_TEXT = "tag:yaml.org,2002:str"


class CannotEdit(ValueError):
    """The text is no kustomization that can be edited, or not one whose result would be certain."""


def as_yaml(value: Any) -> str:
    """JSON is YAML, but for some characters that only YAML takes for a line break or does not print."""
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)


def field(text: str, name: str) -> yaml.Node | None:
    """The value of a top-level field; its key has no case, as in Kustomize's own decoder. Raises CannotEdit."""
    found = [value for key, value in _fields(text) if key.value.lower() == name.lower()]
    if len(found) > 1:
        raise CannotEdit(f"{name} of the kustomization is given twice")
    return found[0] if found else None


def with_field(text: str, name: str, value: Any) -> str:
    """The text with a top-level field set, in place of one that is there. Raises CannotEdit."""
    root = _root(text)
    written = f"{name}: {as_yaml(value)}"
    for key, old in _fields(text):
        if key.value.lower() == name.lower():
            if _aliased(text, key, old):
                raise CannotEdit(f"{name} of the kustomization is an alias or has an anchor")
            start, end = key.start_mark.index, _end(text, old)
            line = "\n" if text[:end].endswith("\n") else ""
            return f"{text[:start]}{written}{line}{text[end:]}"
    return _put_first(text, root, written)


def with_items(text: str, name: str, items: Sequence[Any]) -> str:
    """The text with items behind those of a top-level list. Raises CannotEdit."""
    written = [as_yaml(item) for item in items]
    for key, value in _fields(text):
        if key.value.lower() == name.lower():
            if not isinstance(value, yaml.SequenceNode):
                raise CannotEdit(f"{name} of the kustomization is no list, so {name} cannot be added to it")
            if _aliased(text, key, value):
                raise CannotEdit(f"{name} of the kustomization is an alias or has an anchor")
            return _behind(text, value, written)
    return _put_first(text, _root(text), f"{name}: [{', '.join(written)}]")


def strings(node: yaml.Node | None) -> dict[str, str]:
    """A mapping of texts. Raises CannotEdit for one that holds anything else, or may do so."""
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise CannotEdit("a field of the kustomization is no mapping")
    return {string(key): string(value) for key, value in node.value}


def string(node: yaml.Node) -> str:
    """A text. Raises CannotEdit where the type depends on who reads it."""
    if isinstance(node, yaml.ScalarNode) and node.tag == _TEXT and (node.style or _PLAIN_TEXT.fullmatch(node.value)):
        return str(node.value)
    raise CannotEdit("the kustomization holds a value without quotes that may be no text")


def _root(text: str) -> yaml.MappingNode:
    try:
        root = next(yaml.compose_all(text, Loader=yaml.CBaseLoader), None)
    except yaml.YAMLError as error:
        raise CannotEdit("the kustomization cannot be read as YAML") from error
    if not isinstance(root, yaml.MappingNode):
        raise CannotEdit("the kustomization is no mapping, so nothing can be added to it")
    return root


def _fields(text: str) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    for key, value in _root(text).value:
        if key.value == "<<":
            raise CannotEdit("the kustomization has a merge key")
        yield key, value


def _put_first(text: str, root: yaml.MappingNode, written: str) -> str:
    start = root.start_mark
    if root.flow_style:
        comma = ", " if root.value else ""
        return f"{text[: start.index + 1]}{written}{comma}{text[start.index + 1 :]}"
    return f"{text[: start.index]}{written}\n{' ' * start.column}{text[start.index :]}"


def _aliased(text: str, key: yaml.Node, value: yaml.Node) -> bool:
    before = value.start_mark.index < key.end_mark.index
    return before or text[key.end_mark.index :].lstrip(" \t\r\n:").startswith(("*", "&", "!"))


def _end(text: str, value: yaml.Node) -> int:
    """Where a value ends. Libyaml ends a block collection where the next token starts: behind its comments."""
    end = int(value.end_mark.index)
    if not isinstance(value, yaml.CollectionNode) or value.flow_style:
        return end
    line = text.rfind("\n", 0, end) + 1
    return end if text[line:end].strip() else line


def _behind(text: str, value: yaml.SequenceNode, written: Sequence[str]) -> str:
    if value.flow_style:
        end = value.end_mark.index - 1
        comma = ", " if value.value else ""
        return f"{text[:end].rstrip()}{comma}{', '.join(written)}{text[end:]}"
    end = _end(text, value)
    line = "" if text[:end].endswith("\n") else "\n"
    indent = " " * value.start_mark.column
    return f"{text[:end]}{line}{''.join(f'{indent}- {item}{chr(10)}' for item in written)}{text[end:]}"
