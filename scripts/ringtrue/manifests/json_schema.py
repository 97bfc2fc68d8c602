"""Stripped schemas to JSON Schema (draft 2020-12): one self-contained schema a kind, as the API server decodes.

Unknown fields are forbidden. The API server drops null where a field is optional, and turns it into the zero value in
maps and in lists of scalars: null is allowed there, and means "missing" where a field is required.
"""

from collections.abc import Mapping
from typing import Any

from ringtrue.manifests.stripping import Schema

_KEPT = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def self_contained(root: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """The JSON Schema of a stripped schema, with the definitions it reaches under `$defs`."""
    reached: dict[str, Schema] = {}
    waiting = _references(root)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = expanded(definitions.get(name, {}), optional=False)
            waiting += _references(definitions.get(name, {}))
    found = {"$schema": _DRAFT, **expanded(root, optional=False)}
    return {**found, "$defs": dict(sorted(reached.items()))} if reached else found


def expanded(schema: Schema, optional: bool) -> Schema:
    """One node; `optional` says that null is as good as nothing here."""
    allows_null = optional or schema.get("null") is True
    if "$ref" in schema:
        reference = {"$ref": f"#/$defs/{schema['$ref']}"}
        return {"anyOf": [{"type": "null"}, reference]} if allows_null else reference
    found: Schema = {key: schema[key] for key in _KEPT if key in schema}
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        found["type"] = [*types, "null"] if allows_null else schema["type"]
    if "enum" in schema:
        found["enum"] = [*schema["enum"], None] if allows_null else schema["enum"]
    if "items" in schema:
        found["items"] = expanded(schema["items"], optional=_is_scalar(schema["items"]))
    if "additionalProperties" in schema:
        found["additionalProperties"] = expanded(schema["additionalProperties"], optional=True)
    if "properties" in schema:
        required = schema.get("required", [])
        found["properties"] = {
            name: expanded(field, optional=name not in required) for name, field in schema["properties"].items()
        }
        found["required"] = required
        found["additionalProperties"] = schema.get("open") is True
    return found


def _is_scalar(schema: Schema) -> bool:
    return not schema.keys() & {"$ref", "properties", "items", "additionalProperties"}


def _references(schema: Any) -> list[str]:
    """The names of the definitions that a stripped schema refers to."""
    found: list[str] = []
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if "$ref" in node:
            found.append(node["$ref"])
        waiting += node.get("properties", {}).values()
        waiting += [node[key] for key in ("items", "additionalProperties") if isinstance(node.get(key), dict)]
    return found
