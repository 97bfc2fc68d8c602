"""Why a kustomization does not render: the line that names what is missing, once for all who hit it."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ringtrue.environments.causes import Cause
from ringtrue.environments.fields import unknown_field
from ringtrue.environments.file_faults import file_faults
from ringtrue.environments.incomplete import incomplete, twice
from ringtrue.environments.lost_fields import unwritable
from ringtrue.environments.patching import unapplied, untargeted
from ringtrue.environments.wanted import orphaned, unselected
from ringtrue.environments.wording import sentence
from ringtrue.findings import Location, Severity
from ringtrue.manifests.resource import Spot
from ringtrue.rendering.remote import without_password
from ringtrue.repository.graph import Graph
from ringtrue.repository.kustomization import NAMES, Entry, Kustomization, State
from ringtrue.repository.tree import Tree

NOT_RENDERED = "source-does-not-render"
UNREADABLE = "yaml-unreadable"
UNTRACKED = "file-untracked"

_ABOUT_YAML = re.compile(r"yaml|json|alias|permission denied|took longer|more than \d+ MB", re.IGNORECASE)
_COPY = "keep a copy of it in this repository"
_CHARTS = ("helmCharts", "helmChartInflationGenerator")
_EXPLANATIONS = (incomplete, twice, unselected, unwritable, unapplied, untargeted)
_MANIFESTS = (".yaml", ".yml", ".json", "Kustomization")


def causes(folder: str, error: str, tree: Tree, graph: Graph, overrides: Spot | None = None) -> tuple[Cause, ...]:
    """What in the closure of a kustomization explains Kustomize's error; its own message where nothing does.

    `overrides` is where an Application has some: then they may be what fails.
    """
    layers = graph.layers(folder)
    found = [cause for layer in layers for cause in _of_layer(layer, tree, graph)]
    cycle = graph.cycle(folder)
    if cycle:
        found.append(_cyclic(cycle))
    if found:
        wants = orphaned(layers, graph.closure(folder), tree)
        return tuple(replace(cause, wants=wants) if cause.rule != UNTRACKED else cause for cause in found)
    unreadable = tuple(_yaml(graph.closure(folder), tree))
    if unreadable and _ABOUT_YAML.search(error):
        return unreadable
    explained = next(filter(None, (explain(error, layers, tree) for explain in _EXPLANATIONS)), ())
    return (*unreadable, *(explained or _own_words(folder, error, layers, tree, overrides)))


def _of_layer(layer: Kustomization, tree: Tree, graph: Graph) -> Iterator[Cause]:
    if layer.broken:
        line, column = layer.broken_at
        clause = layer.broken.startswith(("is ", "cannot "))
        words = f" {layer.broken}" if clause else f" cannot be read: {layer.broken}"
        yield Cause(NOT_RENDERED, Location(layer.file, line, column), f"the kustomization{words}")
    for entry in layer.entries:
        problem = _problem(layer, entry, graph) or _by_kind(entry, graph)
        if problem and entry.state is State.MISSING:
            problem = next(
                (_dangling(entry, each.problem) for each in tree.unreadable() if each.path == entry.path), problem
            )
        if problem:
            cause = _absent(layer, entry, tree) or _at(entry, *problem)
            # Argo CD would fetch it: it is not judged here, which is another thing than broken.
            yield replace(cause, severity=Severity.WARNING) if entry.state is State.REMOTE else cause


def _problem(layer: Kustomization, entry: Entry, graph: Graph) -> tuple[str, str] | None:
    shown = without_password(entry.text)
    if entry.field in _CHARTS:
        return f"Helm chart {shown!r} is not rendered: ringtrue does not run Helm, nor does Argo CD by default", ""
    if entry.state is State.REMOTE:
        return f"{shown!r} is remote, and a check fetches nothing: what it brings is not checked", _COPY
    if entry.state is State.OUTSIDE:
        return f"{shown!r} leads out of the repository", ""
    if entry.state is State.MISSING:
        return f"{shown!r} does not exist", "restore it, or remove this line"
    if entry.state is State.FOLDER and entry in layer.bases and graph.get(entry.path or "") is None:
        return f"folder {shown!r} holds no kustomization.yaml", ""
    return None


def _dangling(entry: Entry, problem: str) -> tuple[str, str]:
    return f"{entry.text!r} {problem}", "restore what it links to, or remove the link and this line"


def _by_kind(entry: Entry, graph: Graph) -> tuple[str, str] | None:
    """`components` takes Components only, and `resources` none."""
    layer = graph.get(entry.path or "") if entry.state is State.FOLDER else None
    if layer is None or layer.broken:
        return None
    if entry.field == "components" and not layer.component:
        return f"{entry.text!r} is no Component, and stands under components", "name it under resources"
    if entry.field in ("resources", "bases") and layer.component:
        return f"{entry.text!r} is a Component, and stands under {entry.field}", "name it under components"
    return None


def _cyclic(cycle: Sequence[Entry]) -> Cause:
    """At one entry of the cycle, the same wherever the build came in."""
    first = min(cycle, key=lambda entry: (entry.file, entry.line))
    return _at(first, f"{first.text!r} leads back here: the kustomizations build on each other in a cycle")


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
    return Cause(
        rule, Location(entry.file, entry.line, entry.column, *end), message, hint, value=without_password(entry.text)
    )


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


def _own_words(
    folder: str, error: str, layers: Sequence[Kustomization], tree: Tree, overrides: Spot | None
) -> tuple[Cause, ...]:
    words, place = sentence(error)
    if overrides is not None:
        owner = f"{overrides.resource.kind} {overrides.resource.name!r}"
        said = f"path {folder!r} does not render with the overrides of {owner}: {words}"
        return (Cause(NOT_RENDERED, overrides, said),)
    message = f"the kustomization does not render: {words}"
    layer = next((each for each in layers if each.folder == place), layers[-1] if layers else None)
    if layer is None:
        return (Cause(NOT_RENDERED, Location(posixpath.normpath(f"{folder}/{NAMES[0]}")), message),)
    return unknown_field(words, layer, tree) or (Cause(NOT_RENDERED, Location(layer.file), message),)
