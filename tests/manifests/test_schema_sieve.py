"""The fast validator and the explanation agree on every object, right or wrong."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from ringtrue.findings import Route
from ringtrue.manifests.explanation import explain
from ringtrue.manifests.stripping import Schema
from ringtrue.manifests.tables import kinds_of, schema_of

JUNK = [None, 1, "x", True, [], {}, 2.0, 2.5, [None], {"a": None}, "1"]
KINDS = kinds_of((1, 35))


def built(node: Schema, definitions: dict[str, Schema], chance: random.Random, depth: int = 0) -> Any:
    """Some object that follows the schema."""
    node = node["anyOf"][1] if "anyOf" in node else node
    node = definitions[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    if "enum" in node:
        return node["enum"][0]
    kind = node.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [built(node.get("items", {}), definitions, chance, depth + 1)]
    if kind != "object":
        return {"string": "abc", "integer": 3, "number": 2.5, "boolean": True}[kind]
    required = node.get("required", ())
    wanted = (name for name in node.get("properties", ()) if name in required or (depth < 4 and chance.random() < 0.4))
    return {name: built(node["properties"][name], definitions, chance, depth + 1) for name in wanted}


def broken(value: Any, chance: random.Random) -> Any:
    """The object with one field of it changed, renamed or gone."""
    value = copy.deepcopy(value)
    route = chance.choice([route for route in routes(value) if route])
    parent = value
    for step in route[:-1]:
        parent = parent[step]
    how = chance.random()
    if how < 0.6:
        parent[route[-1]] = chance.choice(JUNK)
    elif how < 0.8 and isinstance(parent, dict):
        parent[f"{route[-1]}s"] = parent.pop(route[-1])
    else:
        del parent[route[-1]]
    return value


def routes(value: Any, route: Route = ()) -> Iterator[Route]:
    yield route
    steps: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in steps:
        yield from routes(below, (*route, step))


@pytest.mark.parametrize(("group_version", "kind"), KINDS, ids=lambda part: part)
def test_both_give_one_verdict(group_version: str, kind: str) -> None:
    schema = schema_of(group_version, kind, (1, 35))
    assert schema is not None
    fast = jsonschema_rs.Draft202012Validator(schema)
    chance = random.Random(kind)
    right = [{"kind": kind, **built(schema, schema.get("$defs", {}), chance)} for _ in range(3)]
    wrong = [broken(value, chance) for value in right for _ in range(10)]

    assert [list(explain(schema, value)) for value in right] == [[], [], []]
    assert [not list(explain(schema, value)) for value in wrong] == [fast.is_valid(value) for value in wrong]
