"""OpenAPI schemas (Kubernetes' swagger, CRDs) cut down to what decides whether an object is well formed.

A stripped schema is a JSON Schema without null types; "open" lets unknown fields through, "null" allows null where a
required field would not.
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_INT_OR_STRING = ["integer", "string"]
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
_EMBEDDED: Mapping[str, Schema] = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {}}


def stripped(schema: Any) -> Schema:
    """The stripped form of one schema node; {} where it says nothing that is checked.

    `pattern`, `format`, `oneOf` and CEL rules are left out: a missed fault is better than a false one, and a pattern
    from somebody's repository may take for ever.
    """
    if not isinstance(schema, Mapping):
        return {}
    if isinstance(reference := schema.get("$ref"), str):
        return {"$ref": reference.rpartition("/")[2]}
    types = _types(schema)
    found: Schema = {}
    if types:
        found["type"] = types[0] if len(types) == 1 else types
    if schema.get("nullable") is True:
        found["null"] = True
    if isinstance(schema.get("enum"), list):
        found["enum"] = [value for value in schema["enum"] if value is not None]
    if isinstance(schema.get("items"), Mapping):
        found["items"] = stripped(schema["items"])
    found |= {
        key: schema[key] for key in _BOUNDS if type(schema.get(key)) in (int, float) and not _exclusive(schema, key)
    }
    return found | _fields(schema)


def _fields(schema: Mapping[str, Any]) -> Schema:
    found: Schema = {}
    if isinstance(schema.get("additionalProperties"), Mapping):
        found["additionalProperties"] = stripped(schema["additionalProperties"])
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        return found
    found["properties"] = {name: stripped(field) for name, field in properties.items()}
    if schema.get("x-kubernetes-embedded-resource") is True:
        found["properties"] = {**_EMBEDDED, **found["properties"]}
    if schema.get("x-kubernetes-preserve-unknown-fields") is True:
        found["open"] = True
    # The API server fills in defaults before it looks for what is required.
    required = schema.get("required")
    missing = (
        [name for name in required if not _has_default(properties.get(name))] if isinstance(required, list) else []
    )
    if missing:
        found["required"] = missing
    return found


def _types(schema: Mapping[str, Any]) -> list[str]:
    if schema.get("x-kubernetes-int-or-string") is True or schema.get("format") == "int-or-string":
        return _INT_OR_STRING
    either = schema.get("oneOf")
    if isinstance(either, list) and "type" not in schema:
        return sorted({kind for arm in either if isinstance(arm, Mapping) for kind in _listed(arm.get("type"))})
    return _listed(schema.get("type"))


def _listed(types: Any) -> list[str]:
    found = types if isinstance(types, list) else [types]
    return [name for name in found if isinstance(name, str) and name != "null"]


def _has_default(field: Any) -> bool:
    return isinstance(field, Mapping) and "default" in field


def _exclusive(schema: Mapping[str, Any], key: str) -> bool:
    return bool(schema.get(f"exclusive{key[:1].upper()}{key[1:]}"))
