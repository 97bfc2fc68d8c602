"""The one loop: render what is there, find Applications in it, render what they read, until nothing new appears."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ringtrue.argocd.application_sets import urls
from ringtrue.environments import kustomizations
from ringtrue.environments.applications import Declared, declared, is_application, is_application_set
from ringtrue.environments.expansions import Expansion, Expansions
from ringtrue.environments.instances import Instances, instances
from ringtrue.environments.outputs import Document, Output, Rendering
from ringtrue.environments.ownership import Ownership, own_urls, owners
from ringtrue.environments.plans import Form, Plan
from ringtrue.environments.readings import Reading, Readings, elsewhere
from ringtrue.environments.variables import Variables, told
from ringtrue.flux.artifacts import Artifacts
from ringtrue.flux.kustomizations import is_kustomization
from ringtrue.manifests.resource import follow

_Read = Callable[[Declared], Reading]
_Declaring = Callable[[Document], tuple[Declared, ...]]

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
    live = waiting = list(dict.fromkeys(first))
    replaced: set[Plan] = set()
    variables = Variables()
    # Documents and what is declared in them last for all rounds: each is read once.
    declaring: _Declaring = cache(lambda document: tuple(declared(document)))
    read_once: _Read = cache(reader.of)
    for _ in range(_ROUNDS):
        for output in rendering.outputs(waiting):
            outputs[output.plan] = output
        seen = [outputs[plan] for plan in live]
        sets = _expanded(seen, known, expansions, declaring)
        holders = _sources(seen, sets, declaring)
        owned = owners(list(holders), known, reader.views.start.tree)
        readings = tuple(each for source in owned.ours for each in _readings(source, reader, read_once, variables))
        read = list(dict.fromkeys(each.plan for each in readings if each.plan is not None))
        replaced.update(_replaced(first, read, outputs))
        earlier, live = live, list(dict.fromkeys([*(plan for plan in first if plan not in replaced), *read]))
        waiting = [plan for plan in live if plan not in outputs]
        found = tuple(reading for reading in readings if reading.plan is None or reading.plan in outputs)
        grouped = instances(holders, _read_by(found))
        before, variables = variables, Variables(seen, grouped)
        if not waiting and set(live) == set(earlier) and variables.known == before.known:
            break
    unexpanded = tuple(dict.fromkeys(each for each in sets.values() if each.why_not))
    return Discovery(outputs, (*found, *map(elsewhere, owned.foreign)), owned, grouped, holders, unexpanded)


def _readings(source: Declared, reader: Readings, read_once: _Read, variables: Variables) -> Iterable[Reading]:
    if source.flux:
        return kustomizations.readings(source, variables.instances(source), reader.views, variables.of)
    return (read_once(source),)


def _replaced(first: Iterable[Plan], read: Sequence[Plan], outputs: Mapping[Plan, Output]) -> Iterator[Plan]:
    """Plans to start from that stand for what is rendered otherwise: with the changes of what reads it."""
    done = {plan for plan in read if plan in outputs and not outputs[plan].failed}
    folders = {plan.path for plan in done if plan.form is Form.KUSTOMIZATION}
    files = {path for plan in done if plan.finish for path in plan.files}
    for plan in first:
        whole = plan.form is Form.KUSTOMIZATION and plan.path in folders
        if plan not in done and (whole or (plan.files and files.issuperset(plan.files))):
            yield plan


def _read_by(readings: Iterable[Reading]) -> dict[str, list[Declared]]:
    found: dict[str, list[Declared]] = defaultdict(list)
    for reading in readings:
        if reading.plan is not None:
            found[reading.plan.path].append(reading.source)
    return found


def _expanded(
    outputs: Iterable[Output], known: Sequence[str], expansions: Expansions, declaring: _Declaring
) -> dict[int, Expansion]:
    """Of every ApplicationSet, by the identity of its document."""
    documents = [document for output in outputs for document in output.documents]
    sets = [each for each in documents if is_application_set(each.value)]
    applications = (source.url for each in documents if is_application(each.value) for source in declaring(each))
    ours = own_urls([*filter(None, applications), *(url for each in sets for url in urls(each.value))], known)
    return {id(each): expansions.of(each, ours) for each in sets}


def _sources(
    outputs: Sequence[Output], sets: Mapping[int, Expansion], declaring: _Declaring
) -> dict[Declared, tuple[Plan, ...]]:
    """Of every Application, each once, with the plans that hold it.

    The same file may be rendered by a directory and by a kustomization.
    """
    found: dict[tuple[object, ...], tuple[Declared, list[Plan]]] = {}
    for output in outputs:
        for document in output.documents:
            made = sets.get(id(document))
            written = made.applications if made else (document,) if is_application(document.value) else ()
            for source in (source for each in written for source in declaring(each)):
                found.setdefault(told(source), (source, []))[1].append(output.plan)
    for source, plan in _kustomizations(outputs):
        found.setdefault(told(source), (source, []))[1].append(plan)
    order = sorted(found.values(), key=lambda each: (each[0].name, each[0].path, each[0].document.source))
    return {source: tuple(plans) for source, plans in order}


def _kustomizations(outputs: Iterable[Output]) -> Iterator[tuple[Declared, Plan]]:
    """Flux's, with the plans that hold them."""
    held = [(output.plan, document) for output in outputs for document in output.documents]
    artifacts = Artifacts((plan.path, document.value) for plan, document in held)
    for plan, document in held:
        if is_kustomization(document.value) and follow(document.value, ("spec", "sourceRef")):
            yield kustomizations.declared(document, artifacts.of(document.value, plan.path)), plan
