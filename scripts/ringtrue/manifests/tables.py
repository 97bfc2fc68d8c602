"""The committed schema tables: stripped schemas of built-in kinds by Kubernetes minor, and of Argo CD's kinds.

`scripts/make_schema_tables.py` makes them.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ringtrue.manifests.json_schema import self_contained
from ringtrue.manifests.stripping import Schema

Version = tuple[int, int]
MINORS: Final[tuple[Version, ...]] = tuple((1, minor) for minor in range(30, 38))
ARGO_CD: Final = "argo-cd"
ARGO_GROUP: Final = "argoproj.io"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`kinds` names the definition of each "group/version/kind" ("v1/Service" for the core group)."""

    kinds: Mapping[str, str]
    definitions: Mapping[str, Schema]


def table_path(name: str) -> Path:
    return Path(__file__).with_name("tables") / f"{name}.json.z"


def nearest(version: Version) -> Version:
    """The minor whose table stands for a version: itself, else the oldest or the newest there is."""
    return min(max(version, MINORS[0]), MINORS[-1])


@cache
def table(version: Version) -> Table:
    """Built-in and Argo CD kinds of the nearest minor."""
    major, minor = nearest(version)
    built_in, argo_cd = _load(f"v{major}.{minor}"), _load(ARGO_CD)
    return Table({**argo_cd.kinds, **built_in.kinds}, {**argo_cd.definitions, **built_in.definitions})


def kinds_of(version: Version) -> list[tuple[str, str]]:
    """Each (apiVersion, kind) that has a schema, sorted."""
    parts = (key.rpartition("/") for key in sorted(table(version).kinds))
    return [(group_version, kind) for group_version, _, kind in parts]


def schema_of(group_version: str, kind: str, version: Version) -> Schema | None:
    """The self-contained JSON Schema of a kind, None when there is none."""
    known = table(version)
    name = known.kinds.get(f"{group_version}/{kind}")
    return self_contained(known.definitions[name], known.definitions) if name is not None else None


def _load(name: str) -> Table:
    content = json.loads(zlib.decompress(table_path(name).read_bytes()))
    return Table(content["kinds"], content["definitions"])
