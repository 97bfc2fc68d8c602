"""The one loop: render what is there, find Applications in it, render what they read, until nothing new appears."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.argocd.application_sets import urls
from ringtrue.environments.applications import Declared, declared, is_application, is_application_set
from ringtrue.environments.expansions import Expansion, Expansions
from ringtrue.environments.outputs import Document, Output, Rendering
from ringtrue.environments.ownership import Ownership, own_urls, ownership
from ringtrue.environments.plans import Plan
from ringtrue.environments.readings import Reading, Readings, elsewhere

_ROUNDS = 32
"""App-of-apps trees are two or three deep."""


@dataclass(frozen=True, slots=True)
class Discovery:
    outputs: Mapping[Plan, Output]
    readings: tuple[Reading, ...]
    ownership: Ownership
    unexpanded: tuple[Expansion, ...] = ()
    """ApplicationSets whose Applications are not known here."""


def discover(
    first: Sequence[Plan], known: Sequence[str], reader: Readings, rendering: Rendering, expansions: Expansions
) -> Discovery:
    """`first` are the plans to start from, `known` the URLs of this repository."""
    outputs: dict[Plan, Output] = {}
    waiting = list(dict.fromkeys(first))
    for _ in range(_ROUNDS):
        for output in rendering.outputs(waiting):
            outputs[output.plan] = output
        sets = _expanded(outputs.values(), known, expansions)
        owned = ownership(_sources(outputs.values(), sets), known, reader.tree)
        readings = tuple(map(reader.of, owned.ours))
        waiting = list(dict.fromkeys(r.plan for r in readings if r.plan is not None and r.plan not in outputs))
        if not waiting:
            break
    found = tuple(reading for reading in readings if reading.plan in (None, *outputs))
    unexpanded = tuple(each for each in sets if each.why_not)
    return Discovery(outputs, (*found, *map(elsewhere, owned.foreign)), owned, unexpanded)


def _expanded(outputs: Iterable[Output], known: Sequence[str], expansions: Expansions) -> list[Expansion]:
    """Of every ApplicationSet, each once."""
    documents = [document for output in outputs for document in output.documents]
    sets = {_identity(each): each for each in documents if is_application_set(each.value)}
    applications = (source.url for each in documents if is_application(each.value) for source in declared(each))
    ours = own_urls([*filter(None, applications), *(url for each in sets.values() for url in urls(each.value))], known)
    return [expansions.of(each, ours) for each in sets.values()]


def _identity(document: Document) -> str:
    """The same file may be rendered by a directory and by a kustomization."""
    return json.dumps(document.value, sort_keys=True, default=str)


def _sources(outputs: Iterable[Output], sets: Iterable[Expansion]) -> list[Declared]:
    """Of every Application, each once."""
    found: dict[tuple[object, ...], Declared] = {}
    written = (document for output in outputs for document in output.documents if is_application(document.value))
    for document in (*written, *(document for each in sets for document in each.applications)):
        for source in declared(document):
            key = (source.name, source.route, source.url, source.path, source.cluster, source.namespace)
            found.setdefault(key, source)
    return sorted(found.values(), key=lambda source: (source.name, source.path, source.document.source))
