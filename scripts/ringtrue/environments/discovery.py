"""The one loop: render what is there, find Applications in it, render what they read, until nothing new appears."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.environments import plans
from ringtrue.environments.applications import Declared, declared, is_application
from ringtrue.environments.directories import directory_files
from ringtrue.environments.outputs import Output, Rendering
from ringtrue.environments.ownership import Ownership, ownership, shown
from ringtrue.environments.plain import chart_folder
from ringtrue.environments.plans import Plan
from ringtrue.repository.graph import Graph
from ringtrue.repository.tree import Tree

_ROUNDS = 32
"""App-of-apps trees are two or three deep."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an Application's source is to us: a plan, or why there is none."""

    source: Declared
    plan: Plan | None
    failed: str = ""
    """Argo CD would refuse it (C1)."""
    skipped: str = ""
    """It cannot be rendered here."""
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Discovery:
    outputs: Mapping[Plan, Output]
    readings: tuple[Reading, ...]
    ownership: Ownership


def discover(first: Sequence[Plan], known: Sequence[str], tree: Tree, graph: Graph, rendering: Rendering) -> Discovery:
    """`first` are the plans to start from, `known` the URLs of this repository."""
    outputs: dict[Plan, Output] = {}
    waiting = list(dict.fromkeys(first))
    for _ in range(_ROUNDS):
        for output in rendering.outputs(waiting):
            outputs[output.plan] = output
        owned = ownership(_sources(outputs.values()), known, tree)
        readings = tuple(_reading(source, tree, graph) for source in owned.ours)
        waiting = list(dict.fromkeys(r.plan for r in readings if r.plan is not None and r.plan not in outputs))
        if not waiting:
            break
    found = tuple(reading for reading in readings if reading.plan in (None, *outputs))
    return Discovery(outputs, (*found, *map(_elsewhere, owned.foreign)), owned)


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


def _reading(source: Declared, tree: Tree, graph: Graph) -> Reading:
    """As Argo CD's repo-server looks at a path (C1)."""
    failed = _refusal(source, tree)
    if failed:
        return Reading(source, None, failed=failed)
    if source.why_not:
        return Reading(source, None, skipped=source.why_not)
    if source.kind != "directory":
        if graph.get(source.path):
            return Reading(source, plans.kustomization(source.path))
        if chart_folder(tree, source.path):
            return Reading(source, None, skipped="is a Helm chart")
    files = directory_files(source.path, source.options or {}, tree)
    return Reading(source, plans.directory(source.path, files))


def _elsewhere(source: Declared) -> Reading:
    """A source of another repository: an Application that this run cannot judge."""
    return Reading(
        source, None, skipped=source.why_not or f"reads another repository, {shown(source.url)!r}", foreign=True
    )


def _refusal(source: Declared, tree: Tree) -> str:
    for test, problem in _REFUSALS:
        if test(source, tree):
            return problem
    return ""


_REFUSALS: tuple[tuple[Callable[[Declared, Tree], bool], str], ...] = (
    (lambda source, tree: source.text.startswith("/"), "is absolute"),
    (
        lambda source, tree: source.path == ".." or source.path.startswith("../") or tree.escapes(source.path),
        "leads out of the repository",
    ),
    (lambda source, tree: tree.is_file(source.path), "is a file, not a directory"),
    (lambda source, tree: not tree.is_dir(source.path), "does not exist"),
)
