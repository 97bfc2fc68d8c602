"""The one loop: render what is there, find Applications in it, render what they read, until nothing new appears."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.argocd.application_sets import urls
from ringtrue.environments.applications import Declared, declared, is_application, is_application_set
from ringtrue.environments.expansions import Expansion, Expansions
from ringtrue.environments.instances import Instances, instances
from ringtrue.environments.outputs import Output, Rendering
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
    instances: Instances
    holders: Mapping[Declared, Sequence[Plan]]
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
        holders = _sources(outputs.values(), sets)
        owned = ownership(list(holders), known, reader.views.start.tree)
        readings = tuple(map(reader.of, owned.ours))
        waiting = list(dict.fromkeys(r.plan for r in readings if r.plan is not None and r.plan not in outputs))
        if not waiting:
            break
    found = tuple(reading for reading in readings if reading.plan in (None, *outputs))
    unexpanded = tuple(dict.fromkeys(each for each in sets.values() if each.why_not))
    grouped = instances(holders, _read_by(found))
    return Discovery(outputs, (*found, *map(elsewhere, owned.foreign)), owned, grouped, holders, unexpanded)


def _read_by(readings: Iterable[Reading]) -> dict[str, list[Declared]]:
    found: dict[str, list[Declared]] = defaultdict(list)
    for reading in readings:
        if reading.plan is not None:
            found[reading.plan.path].append(reading.source)
    return found


def _expanded(outputs: Iterable[Output], known: Sequence[str], expansions: Expansions) -> dict[int, Expansion]:
    """Of every ApplicationSet, by the identity of its document."""
    documents = [document for output in outputs for document in output.documents]
    sets = [each for each in documents if is_application_set(each.value)]
    applications = (source.url for each in documents if is_application(each.value) for source in declared(each))
    ours = own_urls([*filter(None, applications), *(url for each in sets for url in urls(each.value))], known)
    return {id(each): expansions.of(each, ours) for each in sets}


def _sources(outputs: Iterable[Output], sets: Mapping[int, Expansion]) -> dict[Declared, tuple[Plan, ...]]:
    """Of every Application, each once, with the plans that hold it.

    The same file may be rendered by a directory and by a kustomization.
    """
    found: dict[tuple[object, ...], tuple[Declared, list[Plan]]] = {}
    for output in outputs:
        for document in output.documents:
            made = sets.get(id(document))
            written = made.applications if made else (document,) if is_application(document.value) else ()
            for source in (source for each in written for source in declared(each)):
                found.setdefault(_key(source), (source, []))[1].append(output.plan)
    order = sorted(found.values(), key=lambda each: (each[0].name, each[0].path, each[0].document.source))
    return {source: tuple(plans) for source, plans in order}


def _key(source: Declared) -> tuple[object, ...]:
    return source.own_namespace, source.name, source.route, source.url, source.path, source.cluster, source.namespace
