"""What the transformers of each kustomization meet, followed from the files through the layers without a build.

Every doubt is on the side of more: a name that an object may have had counts, and where objects come from what is not
read here (charts, plugins, remote bases, patches that rename), the gathering is open and nothing is concluded from it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ringtrue.environments.items import Gathered, generated, item, joined, later, listed
from ringtrue.manifests.resource import Resource, follow
from ringtrue.manifests.yaml_values import YamlFault, decode, read
from ringtrue.repository.graph import Graph, Kustomization, State
from ringtrue.repository.tree import Tree

_RENAMING = re.compile(r"allowNameChange|allowKindChange|path[\"']?\s*:\s*[\"']?/(metadata/name|kind|apiVersion)")
_NAMES = ("metadata.name", "metadata.namespace", "kind", "apiVersion")
_PLUGINS = frozenset({"generators", "transformers", "configurations", "helmCharts", "helmChartInflationGenerator"})
_DEEPEST = 100
"""Layers above each other; beyond, and beyond so many visits and objects passed on, the gathering is open."""
_MOST_VISITS = 20_000
_MOST_PASSED = 5_000_000
_PATCHES = frozenset({"patches", "patchesStrategicMerge", "patchesJson6902"})
_CRD = re.compile(r"^kind: *CustomResourceDefinition *$", re.MULTILINE)
_SPEC = re.compile(r"^spec:\n(?:[ \t].*\n|\n)*", re.MULTILINE)
_DOCUMENT = re.compile(r"^---", re.MULTILINE)


Met = Callable[[Kustomization, Gathered, Gathered], None]
"""(layer, what its patches meet, what its replacements meet)."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What one kustomization may do to labels and names."""

    texts: frozenset[str]
    opaque: bool
    names: bool
    """Its replacements write names."""


class Gathering:
    """Builds on one graph; `met` is told of every layer, of a component once for each kustomization that uses it."""

    def __init__(self, tree: Tree, graph: Graph, met: Met) -> None:
        self._tree = tree
        self._graph = graph
        self._met = met
        self._files: dict[str, tuple[Resource, ...] | None] = {}
        self._built: dict[str, Gathered] = {}
        self._layers: dict[str, _Written] = {}
        self._visits = self._passed = 0

    def build(self, folder: str, above: frozenset[str] = frozenset()) -> Gathered:
        """What a kustomization gives to those that build on it."""
        layer = self._graph.get(folder)
        if layer is None or folder in above or len(above) > _DEEPEST:
            return Gathered(open=True)
        if folder not in self._built:
            self._built[folder] = self._through(layer, Gathered(), above | {folder})
        return self._built[folder]

    def _through(self, layer: Kustomization, given: Gathered, above: frozenset[str]) -> Gathered:
        self._visits += 1
        self._passed += len(given.items)
        if self._visits > _MOST_VISITS or self._passed > _MOST_PASSED or len(above) > _DEEPEST:
            return Gathered(open=True)
        written = self._written(layer)
        before = replace(given, open=given.open or written.opaque)
        for entry in layer.entries:
            if entry.field in ("resources", "bases"):
                added = self.build(entry.path, above) if entry.path and entry.state is State.FOLDER else None
                before = joined(before, added or self._declared(entry.path if entry.state is State.FILE else None))
        before = joined(before, Gathered(tuple(generated(layer))))
        for entry in layer.entries:
            component = self._graph.get(entry.path or "") if entry.field == "components" else None
            if component is not None and component.folder not in above:
                before = self._through(component, before, above | {component.folder})
            elif entry.field == "components":
                before = replace(before, open=True)
        after = Gathered(
            tuple(later(item, layer) for item in before.items),
            before.texts | written.texts,
            before.open or written.names,
        )
        self._met(layer, before, after)
        return after

    def _written(self, layer: Kustomization) -> _Written:
        if layer.file not in self._layers:
            patches = self._patches(layer)
            plugins = any(entry.field in _PLUGINS for entry in layer.entries)
            renames = any(_RENAMING.search(text) for text in (self._text(layer.file), *patches))
            replacements = list(self._replacements(layer))
            fields = (layer.data.get(each) for each in ("labels", "commonLabels", "commonAnnotations"))
            self._layers[layer.file] = _Written(
                frozenset((*patches, *map(str, fields), *map(str, replacements))),
                bool(layer.broken) or plugins or renames,
                any(map(_writes_names, replacements)),
            )
        return self._layers[layer.file]

    def _patches(self, layer: Kustomization) -> list[str]:
        files = [entry.path for entry in layer.entries if entry.field in _PATCHES and entry.path]
        inline = [follow(each, ("patch",)) for field in _PATCHES for each in listed(layer, field)]
        strategic = [each for each in listed(layer, "patchesStrategicMerge") if isinstance(each, str)]
        return [*map(self._text, files), *(each for each in (*inline, *strategic) if isinstance(each, str))]

    def _replacements(self, layer: Kustomization) -> Iterator[Any]:
        yield from listed(layer, "replacements")
        for entry in layer.entries:
            if entry.field == "replacements" and entry.path:
                try:
                    documents = read(decode(self._tree.read(entry.path)))
                except (OSError, YamlFault):
                    continue
                for document in documents:
                    yield from document.value if isinstance(document.value, list) else [document.value]

    def _text(self, path: str) -> str:
        try:
            return self._tree.read(path).decode(errors="replace")
        except OSError:
            return ""

    def _declared(self, path: str | None) -> Gathered:
        if path is None:
            return Gathered(open=True)
        if path not in self._files:
            self._files[path] = self._objects(path)
        found = self._files[path]
        return Gathered(open=True) if found is None else Gathered(tuple(map(item, found)))

    def _objects(self, path: str) -> tuple[Resource, ...] | None:
        try:
            documents = read(_without_schemas(decode(self._tree.read(path))))
        except (OSError, YamlFault):
            return None
        return tuple(Resource(each, "", path) for document in documents for each in _flat(document.value))


def _without_schemas(text: str) -> str:
    """CRDs are long and only their names count here; reading them costs more than all the rest."""
    if not _CRD.search(text):
        return text
    starts = [0, *(found.start() for found in _DOCUMENT.finditer(text)), len(text)]
    chunks = [text[start:end] for start, end in pairwise(starts)]
    return "".join(_SPEC.sub("", chunk) if _CRD.search(chunk) else chunk for chunk in chunks)


def _flat(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a `List` too; Kustomize takes lists apart one deep."""
    items = follow(value, ("items",))
    if isinstance(items, list) and str(follow(value, ("kind",))).endswith("List"):
        yield from (item for item in items if isinstance(item, Mapping))
    elif isinstance(value, Mapping):
        yield value


def _writes_names(replacement: Any) -> bool:
    """A replacement writes a name where it says so, and where it names no field at all."""
    targets = follow(replacement, ("targets",))
    for target in targets if isinstance(targets, list) else ():
        paths = follow(target, ("fieldPaths",))
        if not isinstance(paths, list) or any(str(path).startswith(_NAMES) for path in paths):
            return True
    return False
