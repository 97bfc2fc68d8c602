"""The one loop: render what is there, find Applications in it, render what they read, until nothing new appears."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.environments.applications import Declared, declared, is_application
from ringtrue.environments.outputs import Output, Rendering
from ringtrue.environments.ownership import Ownership, ownership
from ringtrue.environments.plans import Plan
from ringtrue.environments.readings import Reading, Readings, elsewhere

_ROUNDS = 32
"""App-of-apps trees are two or three deep."""


@dataclass(frozen=True, slots=True)
class Discovery:
    outputs: Mapping[Plan, Output]
    readings: tuple[Reading, ...]
    ownership: Ownership


def discover(first: Sequence[Plan], known: Sequence[str], reader: Readings, rendering: Rendering) -> Discovery:
    """`first` are the plans to start from, `known` the URLs of this repository."""
    outputs: dict[Plan, Output] = {}
    waiting = list(dict.fromkeys(first))
    for _ in range(_ROUNDS):
        for output in rendering.outputs(waiting):
            outputs[output.plan] = output
        owned = ownership(_sources(outputs.values()), known, reader.tree)
        readings = tuple(map(reader.of, owned.ours))
        waiting = list(dict.fromkeys(r.plan for r in readings if r.plan is not None and r.plan not in outputs))
        if not waiting:
            break
    found = tuple(reading for reading in readings if reading.plan in (None, *outputs))
    return Discovery(outputs, (*found, *map(elsewhere, owned.foreign)), owned)


def _sources(outputs: Iterable[Output]) -> list[Declared]:
    """Of every Application, each once: the same file may be rendered by a directory and by a kustomization."""
    found: dict[tuple[object, ...], Declared] = {}
    for output in outputs:
        for document in output.documents:
            if is_application(document.value):
                for source in declared(document):
                    key = (source.name, source.route, source.url, source.path, source.cluster, source.namespace)
                    found.setdefault(key, source)
    return sorted(found.values(), key=lambda source: (source.name, source.path, source.document.source))
