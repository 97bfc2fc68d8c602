"""Why an object does not follow its schema: one sentence a fault, with the route to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.stripping import Schema

_ARTICLES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "object": "a mapping",
    "array": "a list",
}
_PYTHON: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "object": (Mapping,),
    "array": (list,),
    "null": (type(None),),
}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Violation:
    """A fault against the schema. `route` leads to the value, for a missing field to where it should stand."""

    route: Route
    message: str


def explain(schema: Schema, data: Mapping[str, Any], show_values: bool = True) -> Iterator[Violation]:
    """Each fault of an object, from top to bottom; `schema` is self-contained (`json_schema`).

    Iterative: the depth of the object costs no Python stack. `show_values=False` keeps values out of the sentences.
    """
    definitions = schema.get("$defs", {})
    waiting: list[tuple[Route, Schema, Any]] = [((), schema, data)]
    while waiting:
        route, node, value = waiting.pop()
        resolved = _resolved(node, value, definitions)
        if resolved is None:
            continue
        problem = _problem(resolved, route, value, show_values)
        if problem:
            yield Violation(route, problem)
        elif isinstance(value, Mapping):
            yield from _field_faults(resolved, route, value, definitions)
            waiting += reversed(list(_fields(resolved, route, value)))
        elif isinstance(value, list) and "items" in resolved:
            waiting += [((*route, at), resolved["items"], item) for at, item in reversed(list(enumerate(value)))]


def _resolved(node: Any, value: Any, definitions: Mapping[str, Schema]) -> Schema | None:
    """The schema that says something about the value; None where nothing is asked of it."""
    if not isinstance(node, dict):
        return None
    if "anyOf" in node:
        if value is None:
            return None
        node = node["anyOf"][1]
    if "$ref" in node:
        node = definitions.get(node["$ref"].rpartition("/")[2], {})
    return node or None


def _problem(schema: Schema, route: Route, value: Any, show_values: bool) -> str:
    """What is wrong with the value itself."""
    types = schema.get("type")
    wanted = types if isinstance(types, list) else [types] if types else []
    if wanted and not any(_is(value, name) for name in wanted):
        expected = " or ".join(_ARTICLES[name] for name in wanted if name != "null")
        return f"{_named(route)} must be {expected}, not {_told(value, show_values)}"
    if "enum" in schema and value not in schema["enum"]:
        return _not_listed(schema["enum"], route, value, show_values)
    return _out_of_bounds(schema, route, value, show_values)


def _not_listed(allowed: list[Any], route: Route, value: Any, show_values: bool) -> str:
    known = [item for item in allowed if item not in (None, "")]
    shown = ", ".join(map(_quoted, known[:10])) + (", ..." if len(known) > 10 else "")
    text = f"{_named(route)} must be one of {shown}, not {_told(value, show_values)}"
    return text + _did_you_mean(str(value), [str(item) for item in known]) if show_values else text


def _out_of_bounds(schema: Schema, route: Route, value: Any, show_values: bool) -> str:
    size = len(value) if isinstance(value, str | list) else value
    kind = "Length" if isinstance(value, str) else "Items" if isinstance(value, list) else "imum"
    unit = {"Length": " characters", "Items": " items", "imum": ""}[kind]
    if isinstance(size, bool) or not isinstance(size, int | float):
        return ""
    told = f"{size}{unit}" if unit else _told(value, show_values)
    verb = "have" if unit else "be"
    if size < schema.get(f"min{kind}", size):
        return f"{_named(route)} must {verb} at least {schema[f'min{kind}']}{unit}, not {told}"
    if size > schema.get(f"max{kind}", size):
        return f"{_named(route)} must {verb} at most {schema[f'max{kind}']}{unit}, not {told}"
    return ""


def _field_faults(
    schema: Schema, route: Route, value: Mapping[str, Any], definitions: Mapping[str, Schema]
) -> Iterator[Violation]:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if value.get(name) is None and not _allows_null(properties.get(name), value, name, definitions):
            yield Violation(route, f"required field {name!r} is missing")
    if schema.get("additionalProperties") is False:
        for name in value:
            if name not in properties:
                unused = [known for known in properties if known not in value]
                yield Violation((*route, name), f"unknown field {name!r}{_did_you_mean(name, unused)}")


def _allows_null(field: Schema | None, value: Mapping[str, Any], name: str, definitions: Mapping[str, Schema]) -> bool:
    """Whether a required field stands there as null, and may (`nullable: true` of a CRD)."""
    if name not in value or field is None:
        return False
    resolved = _resolved(field, None, definitions)
    return resolved is None or "type" not in resolved or "null" in resolved["type"]


def _fields(schema: Schema, route: Route, value: Mapping[str, Any]) -> Iterator[tuple[Route, Schema, Any]]:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    others = schema.get("additionalProperties")
    required = schema.get("required", ())
    for name, field in value.items():
        if name in properties:
            if field is not None or name not in required:
                yield (*route, name), properties[name], field
        elif isinstance(others, dict):
            yield (*route, name), others, field


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, _PYTHON.get(name, ()))


def _named(route: Route) -> str:
    """The last key of a route with the indexes behind it: 'args[0]'."""
    keys = [at for at, step in enumerate(route) if isinstance(step, str)]
    if not keys:
        return "the object"
    return repr(str(route[keys[-1]]) + "".join(f"[{step}]" for step in route[keys[-1] + 1 :]))


def _told(value: Any, show_values: bool) -> str:
    if value is None:
        return "null"
    kind = "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
    if isinstance(value, Mapping | list):
        return "a mapping" if isinstance(value, Mapping) else "a list"
    return f"the {kind} {_quoted(value)}" if show_values else f"a {kind}"


def _quoted(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    return repr(value if len(value) <= _LONGEST else f"{value[: _LONGEST - 3]}...")


def _did_you_mean(name: str, known: list[str]) -> str:
    same = [other for other in known if other.lower() == name.lower()]
    near = same or get_close_matches(name, known, n=1, cutoff=0.7)
    return f"; did you mean {near[0]!r}?" if near else ""
