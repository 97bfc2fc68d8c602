"""Make the schema tables of `ringtrue/manifests/tables/`, and export them for kubeconform.

    python scripts/make_schema_tables.py                   needs kubernetes-validate==1.37.0 (PyPI) and go
    python scripts/make_schema_tables.py --export DIR      needs the tables only; `--minor 1.35` for one minor

The built-in kinds come from kubernetes-validate's copy of the Kubernetes swagger, Argo CD's from the CRDs of the Go
module github.com/argoproj/argo-cd/v3. Both are Apache-2.0; `tables/NOTICE` says so. Validate exported schemas with

    kubeconform -schema-location 'DIR/v1.35/{{ .ResourceKind }}{{ .KindSuffix }}.json' FILE
"""

import argparse
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ringtrue.manifests.crds import crd_schemas
from ringtrue.manifests.stripping import Schema, stripped
from ringtrue.manifests.tables import ARGO_CD, MINORS, kinds_of, schema_of, table_path
from ringtrue.manifests.yaml_values import decode, read

ARGO_CD_MODULE = "github.com/argoproj/argo-cd/v3"
ARGO_CD_VERSION = "v3.6.1"
ARGO_CD_CRDS = ("application-crd.yaml", "applicationset-crd.yaml", "appproject-crd.yaml")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make or export the schema tables.")
    parser.add_argument("--export", type=Path, metavar="DIR", help="write JSON Schema files for kubeconform")
    parser.add_argument("--minor", choices=[f"1.{minor}" for _, minor in MINORS], help="export this minor only")
    options = parser.parse_args(argv)
    if options.export is None:
        return make()
    for version in MINORS:
        if options.minor in (None, f"{version[0]}.{version[1]}"):
            export(options.export, version)
    return 0


def make() -> int:
    spec = find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        sys.stderr.write("kubernetes-validate is missing: pip install kubernetes-validate==1.37.0\n")
        return 2
    data = Path(spec.origin).parent / "kubernetes-json-schema"
    swagger = {minor: _definitions(data, minor) for minor in MINORS}
    for minor in MINORS:
        later = [definitions for other, definitions in swagger.items() if other >= minor]
        _write(f"v{minor[0]}.{minor[1]}", built_in(swagger[minor], later))
    _write(ARGO_CD, argo_cd())
    return 0


def export(folder: Path, version: tuple[int, int]) -> None:
    """One file a kind, named as kubeconform asks for it: the kind, then group and version, in small letters."""
    target = folder / f"v{version[0]}.{version[1]}"
    target.mkdir(parents=True, exist_ok=True)
    for group_version, kind in kinds_of(version):
        group, _, api = group_version.rpartition("/")
        parts = [kind.lower(), *([group.split(".")[0]] if group else []), api]
        text = json.dumps(schema_of(group_version, kind, version), sort_keys=True)
        (target / f"{'-'.join(parts)}.json").write_text(text + "\n", encoding="utf-8")


def built_in(definitions: Mapping[str, Any], later: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The table of one minor; `later` are its definitions and those of the minors after it."""
    kinds = {key: name for name, definition in definitions.items() for key in _kind_keys(name, definition)}
    table = {name: _definition(name, definition, later) for name, definition in definitions.items()}
    return {"kinds": kinds, "definitions": _reachable(kinds.values(), table)}


def argo_cd() -> dict[str, Any]:
    schemas = {key: schema for text in _argo_cd_crds() for key, schema in crd_schemas(read(text)[0].value).items()}
    definitions: dict[str, Schema] = {}
    kinds = {
        f"{group_version}/{kind}": _shared(schema, definitions) for (group_version, kind), schema in schemas.items()
    }
    return {"kinds": {key: reference["$ref"] for key, reference in kinds.items()}, "definitions": definitions}


def _definitions(data: Path, minor: tuple[int, int]) -> Mapping[str, Any]:
    path = data / f"v{minor[0]}.{minor[1]}.0-local-strict" / "_definitions.json"
    definitions: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["$defs"]
    return definitions


def _kind_keys(name: str, definition: Mapping[str, Any]) -> Iterator[str]:
    """Kinds that stand in files: not lists, nor options that belong to every group."""
    named = definition.get("x-kubernetes-group-version-kind", [])
    if len(named) == 1 and not name.endswith("List"):
        group, version, kind = (named[0][part] for part in ("group", "version", "kind"))
        yield f"{group}/{version}/{kind}".lstrip("/")


def _definition(name: str, definition: Mapping[str, Any], later: Sequence[Mapping[str, Any]]) -> Schema:
    found = stripped(definition)
    # A field that a later minor no longer lists as required was never enforced: its zero value was always accepted.
    enforced = [
        field
        for field in found.pop("required", [])
        if all(field in other[name].get("required", ()) for other in later if name in other)
    ]
    if enforced:
        found["required"] = enforced
    if "x-kubernetes-group-version-kind" in definition:
        for field in ("apiVersion", "kind"):
            found["properties"][field] = {"type": "string"}
        if "status" in found["properties"]:
            found["properties"]["status"] = {}
            found["required"] = [field for field in found.get("required", []) if field != "status"]
    return found


def _reachable(names: Any, table: Mapping[str, Schema]) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in table:
            found[name] = table[name]
            waiting += [part["$ref"] for part in _nodes(table[name]) if "$ref" in part]
    return dict(sorted(found.items()))


def _nodes(schema: Schema) -> Iterator[Schema]:
    yield schema
    below = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    for node in below:
        if isinstance(node, dict):
            yield from _nodes(node)


def _shared(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """A reference to the schema; equal objects become one definition, for Argo CD repeats itself a thousandfold."""
    found = dict(schema)
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict):
            found[key] = _shared(found[key], definitions)
    if "properties" not in found:
        return found
    found["properties"] = {name: _shared(field, definitions) for name, field in found["properties"].items()}
    nullable = {"null": True} if found.pop("null", False) else {}
    text = json.dumps(found, sort_keys=True)
    for name, definition in definitions.items():
        if json.dumps(definition, sort_keys=True) == text:
            return {"$ref": name, **nullable}
    name = f"argoproj.{len(definitions)}"
    definitions[name] = found
    return {"$ref": name, **nullable}


def _argo_cd_crds() -> Iterator[str]:
    """The module's own CRD files, from the zip in Go's module cache; go need not be new enough to build it."""
    module = f"{ARGO_CD_MODULE}@{ARGO_CD_VERSION}"
    answer = subprocess.run(["go", "mod", "download", "-json", module], capture_output=True, text=True, check=False)
    with zipfile.ZipFile(json.loads(answer.stdout)["Zip"]) as content:
        for name in ARGO_CD_CRDS:
            yield decode(content.read(f"{module}/manifests/crds/{name}"))


def _write(name: str, table: Mapping[str, Any]) -> None:
    path = table_path(name)
    path.parent.mkdir(exist_ok=True)
    content = json.dumps(table, sort_keys=True, separators=(",", ":")).encode()
    path.write_bytes(zlib.compress(content, 9))
    sys.stderr.write(f"{path.name}: {len(table['kinds'])} kinds, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    raise SystemExit(main())
