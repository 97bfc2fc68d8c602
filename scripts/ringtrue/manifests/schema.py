"""Objects against the schema of their kind: built in, Argo CD's, or of a CRD that is at hand.

jsonschema-rs says in microseconds that an object is right; only a wrong one is explained. What the explanation does not
find is no fault: it is the judge, the fast validator only a sieve.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ringtrue.manifests import tables
from ringtrue.manifests.crds import Kind, custom_resource, raw_schemas
from ringtrue.manifests.explanation import Violation, explain
from ringtrue.manifests.json_schema import self_contained
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.stripping import Schema
from ringtrue.manifests.tables import Version

__all__ = ["ExtraSchemas", "Violation", "extra_schemas", "known_kind", "violations"]

_IsValid = Callable[[Any], bool]


@dataclass(frozen=True, slots=True, eq=False)
class _Checker:
    schema: Schema
    is_valid: _IsValid


@dataclass(frozen=True, slots=True, eq=False)
class ExtraSchemas:
    """The openAPIV3Schema of each (apiVersion, kind) that CRDs describe; made into a validator when first needed."""

    raw: Mapping[Kind, Mapping[str, Any]] = field(default_factory=dict)
    checkers: dict[tuple[Kind, Version], _Checker] = field(default_factory=dict)

    def checker(self, kind: Kind, version: Version) -> _Checker | None:
        if kind not in self.raw:
            return None
        key = (kind, tables.nearest(version))
        if key not in self.checkers:
            definitions = tables.table(key[1]).definitions
            self.checkers[key] = _checker(self_contained(custom_resource(self.raw[kind]), definitions))
        return self.checkers[key]


def violations(resource: Resource, version: Version, extra: ExtraSchemas) -> tuple[Violation, ...]:
    """What the API server of a minor would refuse in an object's fields; () when no schema of its kind is known.

    Unknown fields are faults, as under `kubectl apply` and Argo CD. A CRD at hand goes before a built-in table. Values
    of Secrets are left out of the messages.
    """
    kind = (resource.api_version, resource.kind)
    checker = extra.checker(kind, version) or _built_in(*kind, tables.nearest(version))
    if checker is None or checker.is_valid(resource.data):
        return ()
    return tuple(explain(checker.schema, resource.data, show_values=kind != ("v1", "Secret")))


def known_kind(group_version: str, kind: str, version: Version) -> bool:
    """Whether the kind is built in, or Argo CD's, in the nearest minor that has a table."""
    return f"{group_version}/{kind}" in tables.table(tables.nearest(version)).kinds


def extra_schemas(resources: Iterable[Resource], others: Iterable[Any] = ()) -> ExtraSchemas:
    """The schemas of the CRDs in a rendered set and among other documents; one of the set goes before another."""
    crds = (resource.data for resource in resources if resource.kind == "CustomResourceDefinition")
    return ExtraSchemas({kind: schema for crd in (*others, *crds) for kind, schema in raw_schemas(crd)})


@cache
def _built_in(group_version: str, kind: str, version: Version) -> _Checker | None:
    schema = tables.schema_of(group_version, kind, version)
    return _checker(schema) if schema is not None else None


def _checker(schema: Schema) -> _Checker:
    # Imported here: it costs 25 ms that a run without anything to validate need not pay.
    import jsonschema_rs

    try:
        return _Checker(schema, _tolerant(jsonschema_rs.Draft202012Validator(schema).is_valid))
    except (jsonschema_rs.ValidationError, ValueError):
        # A CRD may hold what is no schema: then each object is walked, and what can be judged is.
        return _Checker(schema, lambda _: False)


def _tolerant(is_valid: _IsValid) -> _IsValid:
    """False instead of ValueError for an object that is nested too deeply for the fast validator."""

    def sieve(data: Any) -> bool:
        try:
            return is_valid(data)
        except ValueError:
            return False

    return sieve
