"""Minimal reading of a kustomization file with the place of every name; exact values are the manifests room's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

_DEEPEST = 200
"""libyaml's composer recurses in C: some ten thousand levels would end the process."""

_SHALLOW = 5000
"""A text of this length cannot nest deep enough for that."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class NotYaml(Exception):
    """The file cannot be read as one YAML document; line and column from 1."""

    def __init__(self, problem: str, line: int = 1, column: int = 1) -> None:
        super().__init__(problem)
        self.problem, self.line, self.column = problem, line, column


@dataclass(frozen=True, slots=True)
class Mark:
    """A scalar as text and where it starts; `end_column` is exclusive, 0 when it ends on another line."""

    text: str
    line: int
    column: int
    end_column: int

    def after(self, separator: str) -> "Mark":
        """What follows the first separator, or all of it; the place stays."""
        head, found, tail = self.text.partition(separator)
        return Mark(tail if found else head, self.line, self.column, self.end_column)


def composed(data: bytes) -> yaml.Node | None:
    """The nodes of the first document, the only one that kustomize reads; None without one. Raises NotYaml."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotYaml("is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    try:
        if len(text) > _SHALLOW:
            _measure(text)
        return next(iter(yaml.compose_all(text, yaml.CSafeLoader)), None)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise NotYaml(error.problem or "is not YAML", line, column) from error
    except yaml.YAMLError as error:
        raise NotYaml(str(error).partition("\n")[0]) from error


def plain(node: yaml.Node | None) -> Any:
    """Mappings, lists and scalars; scalars are text but `null`, `true`, `false` and decimal integers.

    An alias inside itself becomes None.
    """
    return _plain(node, {})


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key in a mapping node; upper and lower case are one, as in Kustomize's decoder."""
    if not isinstance(node, yaml.MappingNode):
        return None
    keys = ((name.value, value) for name, value in node.value if isinstance(name, yaml.ScalarNode))
    return next((value for name, value in keys if name.lower() == key.lower()), None)


def key(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """The key of that name in a mapping node, upper and lower case being one."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((each for each, _ in pairs if str(each.value).lower() == name.lower()), None)


def sequence(node: yaml.Node | None) -> list[yaml.Node]:
    """The items of a list node; none for anything else."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def at(node: yaml.Node | None, route: Iterable[str | int]) -> yaml.Node | None:
    """The node below `node` at a route, or None."""
    for step in route:
        items = sequence(node)
        node = child(node, step) if isinstance(step, str) else items[step] if step < len(items) else None
    return node


def start(node: yaml.Node | None) -> tuple[int, int]:
    """Line and column where a node begins; the file's beginning for None."""
    mark = node.start_mark if node else None
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def scalar(node: yaml.Node | None) -> Mark | None:
    """The text of a scalar node with its place; None for anything else and for an empty text."""
    if not isinstance(node, yaml.ScalarNode) or not node.value:
        return None
    start, end = node.start_mark, node.end_mark
    if start is None or end is None:
        return Mark(node.value, 1, 1, 0)
    return Mark(node.value, start.line + 1, start.column + 1, end.column + 1 if end.line == start.line else 0)


def _plain(node: yaml.Node | None, made: dict[int, Any]) -> Any:
    """`made` holds what each node became, so that aliases share it and a bomb stays small."""
    if node is None or id(node) in made:
        return made.get(id(node))
    made[id(node)] = None
    if isinstance(node, yaml.MappingNode):
        pairs = [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
        made[id(node)] = {str(key.value): _plain(value, made) for key, value in pairs}
    elif isinstance(node, yaml.SequenceNode):
        made[id(node)] = [_plain(item, made) for item in node.value]
    elif isinstance(node, yaml.ScalarNode):
        made[id(node)] = node.value if node.style else _scalar(node.value)
    return made[id(node)]


def _scalar(text: str) -> Any:
    return int(text) if _INTEGER.fullmatch(text) else _WORDS.get(text, text)


def _measure(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                mark = event.start_mark
                raise NotYaml(f"is nested deeper than {_DEEPEST} levels", mark.line + 1 if mark else 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
