"""The settings of a run, with their defaults; every key of `ringtrue.toml` fills one of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.findings import Severity

FILE = "ringtrue.toml"

VERSIONS = ((1, 30), (1, 37))
"""The first and the last Kubernetes minor whose schemas are in the package."""


@dataclass(frozen=True, slots=True)
class External:
    """`[[external]]`: a Service that others put on the cluster."""

    namespace: str
    service: str
    ports: frozenset[int]
    """Empty for any port."""
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """`[[clusters]]`: which Applications, and which folders without one, put things on one cluster."""

    name: str
    applications: tuple[str, ...]
    """Folders or files that hold them; empty for any."""
    destinations: tuple[str, ...]
    """`destination.name` or `.server`; empty for any."""
    paths: tuple[str, ...]
    """Folders of sources that no Application names."""
    line: int


@dataclass(frozen=True, slots=True)
class Ignore:
    """`[[ignore]]`: findings of one rule that the team accepts, with the reason why."""

    rule: str
    object: str
    """`Kind namespace/name`, `Kind name` or a glob of either; "" for any object."""
    environment: str
    """"" for any environment."""
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; `Config()` is a repository without `ringtrue.toml`."""

    path: str = ""
    """`ringtrue.toml`, or "" when there is none."""
    version: tuple[int, int] = (1, 35)
    domain: str = "cluster.local"
    complete: bool = False
    libc: str = "glibc"
    order: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    skip: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Environment by Application name."""
    main: str = "main"
    """The branch that environment branches take their commits from."""
    branches: str = "env/*"
    """The environment branches; `*` is the environment's name."""
    clusters: tuple[ClusterEntry, ...] = ()
    external: tuple[External, ...] = ()
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule name; None switches the rule off. Names are checked by checking, which knows the rules."""
    rule_lines: Mapping[str, int] = field(default_factory=dict)
    policy: bool = False
    unknown: Severity = Severity.NOTE
    ignores: tuple[Ignore, ...] = ()
    schema_paths: tuple[str, ...] = ()
    host_keys: tuple[str, ...] = ()
    argocd_version: str = "3.6"
    argocd_namespace: str = "argocd"
    repository: str = ""


def kubernetes_version(text: str) -> tuple[int, int]:
    """ "1.35" or "v1.35.2" as (1, 35); ValueError with the rest of a sentence for what has no schemas here."""
    first, last = VERSIONS
    found = re.fullmatch(r"v?(\d+)\.(\d+)(?:\.\d+)?", text)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    if not first <= version <= last:
        raise ValueError(f"must be a Kubernetes minor from {first[0]}.{first[1]} to {last[0]}.{last[1]}, not {text!r}")
    return version
