"""Why a kustomization does not render: the line that names what is missing, once for all who hit it."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from ringtrue.environments.causes import Cause
from ringtrue.environments.outputs import file_faults
from ringtrue.environments.wanted import orphaned, unselected
from ringtrue.environments.wording import sentence
from ringtrue.findings import Location
from ringtrue.rendering.remote import without_password
from ringtrue.repository.graph import Graph
from ringtrue.repository.kustomization import NAMES, Entry, Kustomization, State
from ringtrue.repository.tree import Tree

NOT_RENDERED = "source-does-not-render"
UNREADABLE = "yaml-unreadable"
UNTRACKED = "file-untracked"

_ABOUT_YAML = re.compile(r"yaml|json|alias|permission denied|took longer|more than \d+ MB", re.IGNORECASE)
_CHARTS = ("helmCharts", "helmChartInflationGenerator")
_MANIFESTS = (".yaml", ".yml", ".json")


def causes(folder: str, error: str, tree: Tree, graph: Graph) -> tuple[Cause, ...]:
    """What in the closure of a kustomization explains Kustomize's error; its own message where nothing does."""
    layers = graph.layers(folder)
    found = [cause for layer in layers for cause in _of_layer(layer, tree, graph)]
    cycle = graph.cycle(folder)
    if cycle:
        found.append(_at(cycle, f"{cycle.text!r} leads back to a kustomization that is being built: a cycle"))
    if found:
        wants = orphaned(layers, graph.closure(folder), tree)
        return tuple(replace(cause, wants=wants) if cause.rule != UNTRACKED else cause for cause in found)
    if _ABOUT_YAML.search(error):
        found = list(_yaml(graph.closure(folder), tree))
    return tuple(found) or (unselected(error, layers, tree) or _own_words(folder, error, layers),)


def _of_layer(layer: Kustomization, tree: Tree, graph: Graph) -> Iterator[Cause]:
    if layer.broken:
        line, column = layer.broken_at
        yield Cause(
            NOT_RENDERED, Location(layer.file, line, column), f"the kustomization cannot be read: {layer.broken}"
        )
    for entry in layer.entries:
        problem = _problem(layer, entry, graph)
        if problem:
            absent = _absent(layer, entry, tree)
            yield absent or _at(entry, *problem)


def _problem(layer: Kustomization, entry: Entry, graph: Graph) -> tuple[str, str] | None:
    shown = without_password(entry.text)
    if entry.field in _CHARTS:
        return f"Helm chart {shown!r} is not rendered: ringtrue does not run Helm, nor does Argo CD by default", ""
    if entry.state is State.REMOTE:
        return f"{shown!r} is remote, and a check fetches nothing", "keep a copy of it in this repository"
    if entry.state is State.OUTSIDE:
        return f"{shown!r} leads out of the repository", ""
    if entry.state is State.MISSING:
        return f"{shown!r} does not exist", "restore it, or remove this line"
    if entry.state is State.FOLDER and entry in layer.bases and graph.get(entry.path or "") is None:
        return f"folder {shown!r} holds no kustomization.yaml", ""
    return None


def _absent(layer: Kustomization, entry: Entry, tree: Tree) -> Cause | None:
    """A file that is on disk but not in the index that is checked."""
    if entry.path is None:
        return None
    paths = [posixpath.join(entry.path, name) for name in NAMES] if entry.state is State.FOLDER else [entry.path]
    for path in paths:
        why = tree.untracked(path)
        if why:
            ignored = why == "ignored"
            what = "is ignored by git" if ignored else "is not in git"
            hint = f"git add --force {path}" if ignored else f"git add {path}"
            return _at(entry, f"{path!r} is on disk but {what}: the commit would lack it", hint, UNTRACKED)
    return None


def _at(entry: Entry, message: str, hint: str = "", rule: str = NOT_RENDERED) -> Cause:
    end = (entry.line, entry.end_column) if entry.end_column else (0, 0)
    return Cause(rule, Location(entry.file, entry.line, entry.column, *end), message, hint, value=entry.text)


def _yaml(files: tuple[str, ...], tree: Tree) -> Iterator[Cause]:
    for path in files:
        if not path.endswith(_MANIFESTS):
            continue
        try:
            content = tree.read(path)
        except OSError as error:
            yield Cause(UNREADABLE, Location(path), f"the file cannot be read: {error.strerror or error}")
            continue
        for fault in file_faults(path, content):
            yield Cause(UNREADABLE, Location(path, fault.line, fault.column), fault.problem)


def _own_words(folder: str, error: str, layers: tuple[Kustomization, ...]) -> Cause:
    words, place = sentence(error)
    layer = next((each for each in layers if each.folder == place), layers[-1] if layers else None)
    path = layer.file if layer else posixpath.normpath(f"{folder}/{NAMES[0]}")
    return Cause(NOT_RENDERED, Location(path), f"the kustomization does not render: {words}")
