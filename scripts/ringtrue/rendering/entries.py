"""Where a kustomization names something outside itself: the list of scripts/renderer/entries.go, in its order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import yaml

from ringtrue.rendering import scalars


class Role(Enum):
    """What Kustomize makes of an entry."""

    ANY = "a file of resources, or a directory"
    ROOT = "a directory"
    FILE = "a file"
    PLUGIN = "a file or directory of plugin configuration, or the configuration itself"
    HELM = "a chart"


@dataclass(frozen=True, slots=True)
class Entry:
    """One name, and the field of the kustomization it stands in."""

    field: str
    text: str
    role: Role


# (field, the key of the name in each item, or "" when the item is the name)
_BEFORE_GENERATORS = (
    ("resources", "", Role.ANY),
    ("bases", "", Role.ANY),
    ("components", "", Role.ROOT),
    ("patches", "path", Role.FILE),
    ("patchesStrategicMerge", "", Role.FILE),
    ("patchesJson6902", "path", Role.FILE),
    ("replacements", "path", Role.FILE),
    ("openapi", "path", Role.FILE),
    ("crds", "", Role.FILE),
    ("configurations", "", Role.FILE),
)
_GENERATORS = ("configMapGenerator", "secretGenerator")
_AFTER_GENERATORS = (
    ("helmCharts", "name", Role.HELM),
    ("helmChartInflationGenerator", "chartName", Role.HELM),
    ("generators", "", Role.PLUGIN),
    ("transformers", "", Role.PLUGIN),
    ("validators", "", Role.PLUGIN),
)
_PLUGIN_FIELDS = frozenset(
    {"path", "paths", "files", "env", "envs", "targetfilepath", "valuesfile", "additionalvaluesfiles"}
)


def entries_of(kustomization: Any) -> Iterator[Entry]:
    """Every entry; keys have no case, as in Kustomize's own decoder."""
    for field, key, role in _BEFORE_GENERATORS:
        for text in _texts(kustomization, field, key):
            if field != "patchesStrategicMerge" or not inline(text):
                yield Entry(field, text, role)
    for field in _GENERATORS:
        for generator in _items(kustomization, field):
            yield from (Entry(field, after_key(text), Role.FILE) for text in _strings(_get(generator, "files")))
            for key in ("envs", "env"):
                yield from (Entry(field, text, Role.FILE) for text in _strings(_get(generator, key)))
    for field, key, role in _AFTER_GENERATORS:
        yield from (Entry(field, text, role) for text in _texts(kustomization, field, key))


def plugin_entries(field: str, text: str) -> Iterator[Entry]:
    """The files that documents of plugin configuration name; none from a text that is no YAML."""
    try:
        values = list(scalars.documents(text))
    except yaml.YAMLError:
        return
    known: set[int] = set()
    for value in values:
        yield from _named_files(field, value, False, known)


def _named_files(field: str, value: Any, names: bool, known: set[int]) -> Iterator[Entry]:
    if isinstance(value, str):
        if names and value:
            yield Entry(field, after_key(value), Role.FILE)
        return
    if id(value) in known:
        return
    known.add(id(value))
    if isinstance(value, list):
        for item in value:
            yield from _named_files(field, item, names, known)
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from _named_files(field, value[key], key.lower() in _PLUGIN_FIELDS, known)


def inline(text: str) -> bool:
    """Whether the text is configuration rather than the name of a file."""
    return "\n" in text or "{" in text or ": " in text


def after_key(file: str) -> str:
    """Drop the `key=` of a generator's file."""
    return file.partition("=")[2] if "=" in file else file


def _get(value: Any, field: str) -> Any:
    if not isinstance(value, Mapping):
        return None
    return next((value[key] for key in value if key.lower() == field.lower()), None)


def _items(kustomization: Any, field: str) -> list[Any]:
    value = _get(kustomization, field)
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(kustomization: Any, field: str, key: str) -> Iterator[str]:
    for item in _items(kustomization, field):
        yield from _strings(_get(item, key) if key else item)


def _strings(value: Any) -> Iterator[str]:
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and text:
            yield text
