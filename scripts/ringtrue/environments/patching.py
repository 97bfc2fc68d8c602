"""Patches that Kustomize cannot apply: at the operation that fails, or at the patch that meets no object."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import yaml

from ringtrue.environments.causes import Cause
from ringtrue.environments.objects_of import objects
from ringtrue.environments.wanted import patch_of
from ringtrue.findings import Location
from ringtrue.repository.kustomization import Kustomization, State
from ringtrue.repository.marks import NotYaml, child, composed, scalar, sequence
from ringtrue.repository.tree import Tree

_RULE = "source-does-not-render"
_MISSING = re.compile(
    r"""(?:error in (?P<by>\w+) for path: |(?P<op>\w+) operation does not apply: doc is missing (?:path|key): )"""
    r"""["']?(?P<path>/[^"':\s]*)"""
)
_TESTED = re.compile(r"testing value (?P<path>/\S+) failed")
_NO_TARGET = re.compile(r"no matches for Id (?P<kind>[^.\s]+)\.\S*?/(?P<name>\S+?)\.\[")


def unapplied(error: str, layers: Sequence[Kustomization], tree: Tree) -> tuple[Cause, ...]:
    """The operation of a JSON 6902 patch that does not apply; () where it may be one of several."""
    missing, tested = _MISSING.search(error), _TESTED.search(error)
    said = missing or tested
    if said is None:
        return ()
    path = said["path"]
    places = list(dict.fromkeys(_operations(path, layers, tree)))
    if len(places) != 1:
        return ()
    (place,) = places
    if missing is None:
        return (Cause(_RULE, place, f"the patch tests {path!r}, and the object has another value there", value=path),)
    message = f"the patch cannot {missing['by'] or missing['op']} {path!r}: the object has no such path"
    return (Cause(_RULE, place, message, "correct the path, or remove the operation", value=path),)


def untargeted(error: str, layers: Sequence[Kustomization], tree: Tree) -> tuple[Cause, ...]:
    """A strategic merge patch for an object that is not there, at the line that names the patch."""
    said = _NO_TARGET.search(error)
    if said is None:
        return ()
    kind, name = said["kind"], said["name"]
    place = next(_patches(kind, name, layers, tree), None)
    if place is None:
        return ()
    names = {each.name for each in objects(layers, tree) if each.kind == kind}
    near = get_close_matches(name, sorted(names), n=1)
    message = f"no {kind} {name!r} is rendered here, so the patch has nothing to change"
    hint = f"did you mean {near[0]!r}?" if near else "restore the object, or remove the patch"
    if name in names:
        hint = f"the {kind} of that name has another namespace or API group: the patch must say the same ones"
    return (Cause(_RULE, place, message, hint, value=name),)


def _patches(kind: str, name: str, layers: Sequence[Kustomization], tree: Tree) -> Iterator[Location]:
    for layer in reversed(layers):
        entry = patch_of(kind, name, layer, tree)
        if entry:
            yield Location(layer.file, entry.line, entry.column)
        for node, text in _inline(layer, tree):
            inner = _composed(text.encode())
            found = scalar(child(inner, "kind")), scalar(child(child(inner, "metadata"), "name"))
            if [mark.text if mark else "" for mark in found] == [kind, name]:
                yield Location(layer.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _operations(path: str, layers: Sequence[Kustomization], tree: Tree) -> Iterator[Location]:
    pattern = re.compile(rf"""["']?path["']?\s*:\s*["']?({re.escape(path)})["']?\s*(?:[,}}#]|$)""")
    for layer in reversed(layers):
        named = [e for e in layer.entries if e.field in ("patches", "patchesJson6902") and e.state is State.FILE]
        for file in (*(entry.path or "" for entry in named), layer.file):
            for number, line in enumerate(_lines(file, tree), 1):
                found = pattern.search(line)
                if found:
                    yield Location(file, number, found.start(1) + 1)


def _inline(layer: Kustomization, tree: Tree) -> Iterator[tuple[yaml.Node, str]]:
    root = _composed("\n".join(_lines(layer.file, tree)).encode())
    for field in ("patches", "patchesStrategicMerge"):
        for item in sequence(child(root, field)):
            node = child(item, "patch") if isinstance(item, yaml.MappingNode) else item
            mark = scalar(node)
            if node is not None and mark:
                yield node, mark.text


def _composed(data: bytes) -> yaml.Node | None:
    try:
        return composed(data)
    except NotYaml:
        return None


def _lines(path: str, tree: Tree) -> list[str]:
    try:
        return tree.read(path).decode(errors="replace").splitlines()
    except OSError:
        return []
