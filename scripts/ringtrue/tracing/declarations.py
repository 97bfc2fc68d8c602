"""Where a rendered object is first written: a document of its resource file, or a generator's entry."""

from collections.abc import Iterator
from typing import Any

from ringtrue.environments.environment import Source
from ringtrue.manifests.resource import Resource, follow, text_at
from ringtrue.rendering.request import Origin
from ringtrue.repository.graph import Graph, Kustomization, State
from ringtrue.tracing.pages import Pages, Passage
from ringtrue.tracing.trail import Declaration, Trail
from ringtrue.tracing.ways import best, ways

GENERATORS = {"ConfigMap": "configMapGenerator", "Secret": "secretGenerator"}


def trail(
    resource: Resource,
    origin: Origin | None,
    graph: Graph,
    pages: Pages,
    source: Source,
    edits: Passage | None = None,
) -> Trail | None:
    """The way of the object to its rendered form; None where nothing in the tree declares it (a Helm chart).

    A plain file has no origin where a binary renders: the file is then known, and the document is told by its name.
    """
    if origin is None:
        return best(resource, list(_written(resource, pages.documents(resource.source))), [], pages)
    if origin.configured_in:
        return _generated(resource, origin, graph, pages, source, edits)
    documents = pages.documents(origin.path)
    written = list(_written(resource, documents))
    if origin.line:
        return best(resource, _from_line(written, origin.line), [], pages)

    def holds(layer: Kustomization) -> bool:
        return any(
            entry.field in ("resources", "bases") and entry.state is State.FILE and entry.path == origin.path
            for entry in layer.entries
        )

    known = ways(graph, source.path, holds) or [graph.layers(source.path)]
    others = list(_of_group(resource, documents))
    return best(resource, written, known, pages, edits) or best(resource, others, known, pages, edits)


def _generated(
    resource: Resource, origin: Origin, graph: Graph, pages: Pages, source: Source, edits: Passage | None
) -> Trail | None:
    """A generated object; a `behavior: merge` further out may have taken over its origin, so every layer counts."""
    field = GENERATORS.get(resource.kind, "")
    entries = [
        entry
        for layer in graph.layers(source.path)
        for entry in _entries(pages.first(layer.file), field)
        if entry.name and entry.name in resource.name
    ]
    if not entries:
        return None
    first = max(
        entries, key=lambda entry: (len(entry.name), _creates(entry), entry.passage.path == origin.configured_in)
    )

    def holds(layer: Kustomization) -> bool:
        return layer.file == first.passage.path

    return best(resource, [first], ways(graph, source.path, holds) or [graph.layers(source.path)], pages, edits)


def _entries(passage: Passage | None, field: str) -> Iterator[Declaration]:
    found = follow(passage.value, (field,)) if passage else None
    if passage is None or not isinstance(found, list):
        return
    for index in range(len(found)):
        yield Declaration(passage, (field, index), generated=True)


def _creates(entry: Declaration) -> bool:
    return follow(entry.value, ("behavior",)) in (None, "", "create")


def _written(resource: Resource, documents: tuple[Passage, ...]) -> Iterator[Declaration]:
    for passage in documents:
        value = passage.value
        if resource.within:
            if _is_kind(follow(value, resource.within), resource):
                yield Declaration(passage, resource.within)
            continue
        if _is_kind(value, resource):
            yield Declaration(passage)
            continue
        items = follow(value, ("items",))
        if isinstance(items, list) and text_at(value, "kind").endswith("List"):
            for index, item in enumerate(items):
                if _is_kind(item, resource):
                    yield Declaration(passage, ("items", index))


def _of_group(resource: Resource, documents: tuple[Passage, ...]) -> Iterator[Declaration]:
    """Named objects of any kind: a patch may have made a DaemonSet of a Deployment."""
    for passage in documents:
        if _group(passage.value) == resource.group and text_at(passage.value, "metadata", "name"):
            yield Declaration(passage)


def _is_kind(value: Any, resource: Resource) -> bool:
    return follow(value, ("kind",)) == resource.kind and _group(value) == resource.group


def _group(value: Any) -> str:
    return text_at(value, "apiVersion").rpartition("/")[0]


def _from_line(written: list[Declaration], line: int) -> list[Declaration]:
    """Those of the document that starts at a line; all of them when its start was counted otherwise."""
    return [each for each in written if each.passage.place(()).line == line] or written
