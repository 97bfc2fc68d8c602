"""CustomResourceDefinitions to stripped schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.manifests.stripping import Schema, stripped

OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
"""The built-in definition that `metadata` of every custom resource follows."""
Kind = tuple[str, str]
"""(apiVersion, kind)."""


def crd_schemas(crd: Any) -> dict[Kind, Schema]:
    """The stripped schema of each version of a CustomResourceDefinition (v1); {} for anything else."""
    return {kind: custom_resource(schema) for kind, schema in raw_schemas(crd)}


def raw_schemas(crd: Any) -> Iterator[tuple[Kind, Mapping[str, Any]]]:
    """The openAPIV3Schema of each version that has one."""
    if not isinstance(crd, Mapping) or crd.get("kind") != "CustomResourceDefinition":
        return
    spec = _mapping(crd.get("spec"))
    group, kind = spec.get("group"), _mapping(spec.get("names")).get("kind")
    versions = spec.get("versions")
    if not isinstance(group, str) or not isinstance(kind, str) or not isinstance(versions, list):
        return
    for version in map(_mapping, versions):
        schema = _mapping(version.get("schema")).get("openAPIV3Schema")
        if isinstance(version.get("name"), str) and isinstance(schema, Mapping):
            yield (f"{group}/{version['name']}", kind), schema


def custom_resource(schema: Mapping[str, Any]) -> Schema:
    """The stripped schema of a whole object: metadata is Kubernetes' own, status is the controller's affair."""
    found = stripped(schema)
    if "properties" not in found:
        return {"type": "object"}
    properties = {name: field for name, field in found["properties"].items() if name != "status"}
    string = {"type": "string"}
    known = {"apiVersion": string, "kind": string, "status": {}}
    found["properties"] = {**properties, **known, "metadata": {"$ref": OBJECT_META}}
    found["required"] = [name for name in found.get("required", []) if name in properties and name != "metadata"]
    return found


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
