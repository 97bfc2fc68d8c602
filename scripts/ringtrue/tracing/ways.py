"""The ways by which a declared object comes into a build, and the one that ends at its rendered name."""

from collections.abc import Callable, Iterator

from ringtrue.manifests.resource import Resource
from ringtrue.repository.graph import Graph, Kustomization, State
from ringtrue.tracing.pages import Pages, Passage
from ringtrue.tracing.trail import Declaration, Stage, Trail

_MANY = 16
"""Ways by which one file may come into a build; a base that is used twice has two."""
_NEVER_PREFIXED = frozenset({"CustomResourceDefinition", "APIService", "Namespace"})

Way = tuple[Kustomization, ...]


def best(
    resource: Resource, declarations: list[Declaration], known: list[Way], pages: Pages, edits: Passage | None = None
) -> Trail | None:
    """The declaration and the way that lead to the rendered name and namespace; `edits` end every way.

    Where none leads there exactly (a patch may rename), the longest written name that the rendered one contains.
    """
    trails = [
        Trail(declaration, tuple(_stages(resource, declaration, way, pages, edits)))
        for declaration in declarations
        if declaration.name in resource.name
        for way in known or [()]
    ]
    return max(trails, key=lambda trail: _fit(trail, resource), default=None)


def ways(graph: Graph, folder: str, holds: Callable[[Kustomization], bool]) -> list[Way]:
    """The ways from the kustomizations that hold an object up to `folder`, each in build order, that folder last.

    Components act on all that their kustomization has gathered so far (5.8: resources, generators, components, then
    its own transformers), so they lie on the way of every resource before them.
    """
    return _ways(graph, folder, holds, [], frozenset())


def _ways(
    graph: Graph, folder: str, holds: Callable[[Kustomization], bool], before: list[Way], above: frozenset[str]
) -> list[Way]:
    layer = graph.get(folder)
    if layer is None or folder in above:
        return before
    found = [*before, *([()] if holds(layer) else [])]
    for field in ("resources", "bases", "components"):
        for entry in layer.entries:
            if entry.field != field or entry.state is not State.FOLDER or entry.path is None:
                continue
            inside = above | {folder}
            if field == "components":
                found = _ways(graph, entry.path, holds, found, inside)
            else:
                found += _ways(graph, entry.path, holds, [], inside)
    return [(*way, layer) for way in found[:_MANY]]


def _stages(
    resource: Resource, declaration: Declaration, way: Way, pages: Pages, edits: Passage | None
) -> Iterator[Stage]:
    name, namespace = declaration.name, declaration.namespace
    names, namespaces = {name}, {namespace or "default"}
    layers = ((layer, pages.first(layer.file)) for layer in way)
    for layer, passage in (*layers, *((layer, edits) for layer in way[-1:])):
        if passage is None:
            continue
        before = Stage(layer, passage, frozenset(names), frozenset(namespaces), name, namespace)
        name, namespace = _renamed(resource, before)
        names.add(name)
        namespaces.add(namespace or "default")
        yield Stage(layer, passage, before.names, before.namespaces, name, namespace)


def _renamed(resource: Resource, stage: Stage) -> tuple[str, str]:
    """KUS-01 and KUS-03 for the object's own name and namespace."""
    name, namespace = stage.name, stage.namespace
    given = stage.text("namespace")
    if given and resource.kind == "Namespace" and resource.group == "":
        name = given
    elif given and resource.get("metadata", "namespace") is not None:
        namespace = given
    if resource.kind not in _NEVER_PREFIXED:
        name = stage.text("namePrefix") + name + stage.text("nameSuffix")
    return name, namespace


def _fit(trail: Trail, resource: Resource) -> tuple[bool, bool, bool, int]:
    name = trail.stages[-1].name if trail.stages else trail.declaration.name
    namespace = trail.stages[-1].namespace if trail.stages else trail.declaration.namespace
    return (
        name == resource.name,
        resource.name.startswith(name),
        namespace == (resource.get("metadata", "namespace") or ""),
        len(trail.declaration.name),
    )
