"""Replacements that copy from an object which is not there any more, and what they would have written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from ringtrue.environments.causes import Cause, Want
from ringtrue.environments.objects_of import documents, files
from ringtrue.findings import Location
from ringtrue.manifests.resource import follow
from ringtrue.manifests.yaml_values import YamlFault, decode, read_leniently
from ringtrue.repository.kustomization import Entry, Kustomization, State
from ringtrue.repository.marks import NotYaml, child, composed, scalar, sequence
from ringtrue.repository.tree import Tree

_NOTHING_SELECTED = re.compile(r"nothing selected by (?P<kind>[^.\s]*)\.\S*?/(?P<name>[^\s:]*?)\.[^.\s:]*:")
_RULE = "source-does-not-render"


@dataclass(frozen=True, slots=True)
class Replacement:
    """One entry of `replacements`: the object that it copies from, and the wants of its targets."""

    kind: str
    name: str
    where: Location
    wants: tuple[Want, ...]


def replacements(layer: Kustomization, tree: Tree) -> Iterator[Replacement]:
    """Those of a kustomization, inline and in files of their own."""
    for path, item in _items(layer, tree):
        source = child(item, "source")
        if source is not None:
            yield _replacement(path, source, sequence(child(item, "targets")))


def targets(layer: Kustomization, tree: Tree) -> Iterator[tuple[str, yaml.Node]]:
    """Each target of a kustomization's replacements, with the file that holds it."""
    for path, item in _items(layer, tree):
        yield from ((path, target) for target in sequence(child(item, "targets")))


def _items(layer: Kustomization, tree: Tree) -> Iterator[tuple[str, yaml.Node]]:
    own = [entry.path for entry in layer.entries if entry.field == "replacements" and entry.path]
    for path, items in (
        (layer.file, child(_nodes(layer.file, tree), "replacements")),
        *((p, _nodes(p, tree)) for p in own),
    ):
        for item in [items] if isinstance(items, yaml.MappingNode) else sequence(items):
            yield path, item


def unselected(error: str, layers: Sequence[Kustomization], tree: Tree) -> tuple[Cause, ...]:
    """The replacement that Kustomize says selects nothing, at its source; or the emptied file that held it."""
    said = _NOTHING_SELECTED.search(error)
    if said is None:
        return ()
    matching = [
        found
        for layer in layers
        for found in replacements(layer, tree)
        if (not said["kind"].startswith("[") and found.kind == said["kind"]) and found.name == said["name"]
    ]
    if not matching:
        return ()
    wants = tuple(dict.fromkeys(want for found in matching for want in found.wants))
    source = f"{matching[0].kind} {matching[0].name!r}"
    message = f"no {source} is rendered here, but replacements copy from it"
    hint = "restore it, or write the value by hand and remove the replacement"
    where = matching[0].where
    empty = [path for _, path in files(layers) if documents(path, tree) == ()]
    if len(empty) == 1:
        where, message = Location(empty[0]), f"the file is empty, so {message}"
        hint = "restore what it held, or remove it and what names it"
    return (Cause(_RULE, where, message, hint, wants=wants, subject=source, value=matching[0].name),)


def orphaned(layers: Sequence[Kustomization], paths: Iterable[str], tree: Tree) -> tuple[Want, ...]:
    """What replacements want from objects that no file of the closure holds."""
    wanted = [found for layer in layers for found in replacements(layer, tree) if found.kind and found.name]
    if not wanted:
        return ()
    there = {identity for path in paths for identity in _identities(path, tree)}
    there |= {(kind, name) for layer in layers for kind, name in _generated(layer)}
    return tuple(want for found in wanted if (found.kind, found.name) not in there for want in found.wants)


def patch_of(kind: str, name: str, layer: Kustomization, tree: Tree) -> Entry | None:
    """The entry that names the patch of an object, when the patch is a file of its own."""
    for entry in layer.entries:
        patch = entry.field in ("patches", "patchesStrategicMerge") and entry.state is State.FILE
        if patch and (kind, name) in _identities(entry.path or "", tree):
            return entry
    return None


def _replacement(path: str, source: yaml.Node, targets: Sequence[yaml.Node]) -> Replacement:
    kind, name = _text(source, "kind"), _text(source, "name")
    shown = f"{kind} {name!r}"
    wants = tuple(
        Want(shown, _target(select), _location(path, select))
        for select in (child(target, "select") for target in targets)
        if select is not None
    )
    return Replacement(kind, name, _location(path, source), wants)


def _target(select: yaml.Node) -> str:
    kind, name = _text(select, "kind"), _text(select, "name")
    return f"{kind} {name!r}".strip() if name else kind


def _location(path: str, node: yaml.Node) -> Location:
    mark = node.start_mark
    return Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)


def _text(node: yaml.Node, key: str) -> str:
    mark = scalar(child(node, key))
    return mark.text if mark else ""


def _nodes(path: str, tree: Tree) -> yaml.Node | None:
    try:
        return composed(tree.read(path))
    except (OSError, NotYaml):
        return None


def _identities(path: str, tree: Tree) -> Iterator[tuple[str, str]]:
    if not path.endswith((".yaml", ".yml", ".json")):
        return
    try:
        documents, _ = read_leniently(decode(tree.read(path)))
    except (OSError, YamlFault):
        return
    for document in documents:
        kind, name = follow(document.value, ("kind",)), follow(document.value, ("metadata", "name"))
        if isinstance(kind, str) and isinstance(name, str):
            yield kind, name


def _generated(layer: Kustomization) -> Iterator[tuple[str, str]]:
    for field, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
        items = layer.data.get(field)
        for item in items if isinstance(items, list) else ():
            name = follow(item, ("name",))
            if isinstance(name, str):
                yield kind, name
