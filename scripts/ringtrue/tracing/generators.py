"""ConfigMap and Secret generators as writers: literals, files and env files."""

import base64
import posixpath
from collections.abc import Iterator
from typing import Any

from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import follow, text_at
from ringtrue.tracing.declarations import GENERATORS
from ringtrue.tracing.pages import Pages, beside
from ringtrue.tracing.trail import Stage
from ringtrue.tracing.writing import Field, Wording, Writing


def generated(stage: Stage, field: Field, pages: Pages) -> Iterator[Writing]:
    """What the generators of a layer write, entries with `behavior: merge` or `replace` included."""
    generator = GENERATORS.get(field.resource.kind)
    if generator is None:
        return
    for index, entry in enumerate(stage.entries(generator)):
        if text_at(entry, "name") not in stage.names:
            continue
        route: Route = (generator, index)
        yield from _described(stage, field, route)
        if len(field.shape) == 2 and field.shape[0] in ("data", "binaryData"):
            yield from _pairs(stage, field, entry, route, pages)


def _described(stage: Stage, field: Field, route: Route) -> Iterator[Writing]:
    if field.shape == ("metadata", "name"):
        yield Writing(stage.passage.place((*route, "name")), follow(stage.passage.value, (*route, "name")))
    if field.shape[:2] in (("metadata", "labels"), ("metadata", "annotations")) and len(field.shape) == 3:
        for options in (("generatorOptions",), (*route, "options")):
            where = (*options, *field.shape[1:])
            value = follow(stage.passage.value, where)
            if value is not None:
                yield Writing(stage.passage.place(where), value)


def _pairs(stage: Stage, field: Field, entry: Any, route: Route, pages: Pages) -> Iterator[Writing]:
    key = field.shape[1]
    for number, literal in _strings(entry, "literals"):
        name, _, value = literal.partition("=")
        if name.strip() == key:
            place, plain = stage.passage.place((*route, "literals", number)), _unquoted(value)
            shift = len(name) + 1 + (plain != value)
            yield Writing(place, _stored(field, plain), wording=Wording(literal, shift))
    for _, text in _strings(entry, "files"):
        name, separator, path = text.rpartition("=")
        if (name.strip() if separator else posixpath.basename(path)) == key:
            path = beside(stage.folder, path)
            content = pages.text(path)
            yield Writing(pages.whole(path), _stored(field, content), wording=Wording(content, raw=True))
    for path in (*(path for _, path in _strings(entry, "envs")), text_at(entry, "env")):
        yield from _from_env_file(beside(stage.folder, path), key, field, pages)


def _from_env_file(path: str, key: str, field: Field, pages: Pages) -> Iterator[Writing]:
    for number, line in enumerate(pages.text(path).splitlines(), 1):
        name, _, value = line.lstrip().partition("=")
        if name == key:
            place = Location(path, number, 1, number, len(line) + 1)
            yield Writing(place, _stored(field, value), wording=Wording(line, len(line) - len(value), raw=True))


def _strings(entry: Any, name: str) -> Iterator[tuple[int, str]]:
    found = follow(entry, (name,))
    for number, text in enumerate(found if isinstance(found, list) else []):
        if isinstance(text, str):
            yield number, text


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _stored(field: Field, value: str) -> str:
    """A Secret holds its values in base64."""
    return value if field.resource.kind == "ConfigMap" else base64.b64encode(value.encode()).decode()
