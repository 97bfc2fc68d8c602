"""What is known of each repository: corpora.toml, and the labels that people read off its manifests."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from benchmarks.accuracy.edges import Edge, edges

HERE = Path(__file__).parent

Kind = Literal["kustomize", "plain", "discover"]
Label = Literal["BUG", "LATENT", "OPT", "EXT"]
"""BUG must be an error. LATENT (it breaks one day), OPT (made to be absent) and EXT (others provide it) must not."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One run of the checker."""

    name: str
    kind: Kind = "kustomize"
    path: str = ""
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    id: str
    repository: str
    commit: str
    under: tuple[str, ...]
    """The folders that are read; all when empty."""
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """How a finding is known to be about a label: every one that is given must hold."""

    words: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    """At least one of them."""
    pattern: str = ""
    objects: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        return bool(self.words or self.some or self.pattern or self.objects)


@dataclass(frozen=True, slots=True)
class Connections:
    """The edges of the units that `match`; `full` when there are no others."""

    match: tuple[str, ...]
    edges: tuple[Edge, ...]
    also: tuple[Edge, ...]
    """Right when reported, and not missed otherwise."""
    never: tuple[Edge, ...]
    full: bool


@dataclass(frozen=True, slots=True)
class Defect:
    id: str
    label: Label
    units: tuple[str, ...]
    spec: Spec
    build_fails: bool
    tolerated: bool
    """An error is right here, and silence too."""


@dataclass(frozen=True, slots=True)
class Trap:
    """What is no reference or no fault, although it looks like one."""

    id: str
    units: tuple[str, ...]
    spec: Spec
    hosts: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    connections: tuple[Connections, ...]
    defects: tuple[Defect, ...]
    traps: tuple[Trap, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """A fix of the past: its fault is found at the commit before, and no longer at the commit."""

    id: str
    repository: str
    commit: str
    under: tuple[str, ...]
    unit: Unit
    level: Literal["error", "warning"]
    spec: Spec


def corpora() -> tuple[Corpus, ...]:
    return tuple(
        Corpus(each["id"], each["repo"], each["commit"], _texts(each, "under"), tuple(map(_unit, each["unit"])))
        for each in _read(HERE / "corpora.toml")["corpus"]
    )


def labels(corpus: str) -> Labels:
    """The labels of one repository; raises ValueError for an edge that cannot be read."""
    data = _read(HERE / "labels" / f"{corpus}.toml")
    return Labels(
        tuple(_connections(each) for each in data.get("unit", ())),
        tuple(_defect(each) for each in data.get("defect", ())),
        tuple(_trap(each) for each in data.get("trap", ())),
    )


def replays() -> tuple[Replay, ...]:
    return tuple(
        Replay(
            each["id"],
            each["repo"],
            each["commit"],
            _texts(each, "under"),
            _unit(each),
            each.get("level", "error"),
            _spec(each["match"]),
        )
        for each in _read(HERE / "labels" / "replays.toml")["replay"]
    )


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a label is about the unit of this name."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _read(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(data.get(key, ()))


def _unit(data: Mapping[str, Any]) -> Unit:
    path = data.get("path", "")
    return Unit(
        data.get("name") or path,
        data.get("kind", "kustomize"),
        path,
        _texts(data, "paths"),
        _texts(data, "exclude"),
        data.get("broken", False),
    )


def _spec(data: Mapping[str, Any]) -> Spec:
    return Spec(_texts(data, "words"), _texts(data, "any"), data.get("re", ""), _texts(data, "object"))


def _connections(data: Mapping[str, Any]) -> Connections:
    listed, also, never = (edges(data.get(key, "")) for key in ("edges", "also", "not_edges"))
    return Connections(_texts(data, "match"), listed, also, never, data["full"])


def _defect(data: Mapping[str, Any]) -> Defect:
    return Defect(
        data["id"],
        data["label"],
        _texts(data, "units"),
        _spec(data),
        data.get("build_fails", False),
        data.get("ok_error", False),
    )


def _trap(data: Mapping[str, Any]) -> Trap:
    return Trap(data["id"], _texts(data, "units"), _spec(data), _texts(data, "hosts"), _texts(data, "paths"))
