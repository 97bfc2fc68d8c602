"""What the kustomizations of a tree do beyond their output: targets that select nothing, labels in selectors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from ringtrue.environments.environment import Idle, Idleness, Relabelled
from ringtrue.environments.gathering import Gathering
from ringtrue.environments.items import Gathered, selector_labels
from ringtrue.environments.relabelling import relabelled
from ringtrue.environments.targets import described, hint, may_select, rejects
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import follow
from ringtrue.repository.graph import Graph, Kustomization
from ringtrue.repository.marks import NotYaml, at, composed, key, plain, start
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Effect:
    """Of one kustomization."""

    idle: tuple[Idle, ...] = ()
    relabelled: tuple[Relabelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Effects:
    """Of all kustomizations that were built, by their files; those without an effect are left out."""

    by_file: Mapping[str, Effect] = field(default_factory=dict)


def effects(tree: Tree, graph: Graph, roots: Iterable[str]) -> Effects:
    """`roots` are the folders that are rendered. A component counts as idle only where it is idle in every use."""
    seen = _Seen(tree)
    gathering = Gathering(tree, graph, seen.met)
    for root in sorted(set(roots)):
        if any(_is_of_interest(layer) for layer in graph.layers(root)):
            gathering.build(root)
    idle = {file: tuple(filter(None, found.values())) for file, found in seen.idle.items()}
    relabelled = {file: tuple(found.values()) for file, found in seen.relabelled.items()}
    each = {file: Effect(idle.get(file, ()), relabelled.get(file, ())) for file in sorted({*idle, *relabelled})}
    return Effects({file: effect for file, effect in each.items() if effect.idle or effect.relabelled})


@dataclass(frozen=True, slots=True)
class _Target:
    """One target of a patch or a replacement, where it stands, and what it leaves out."""

    field: Literal["patches", "replacements"]
    path: str
    route: Route
    select: Mapping[str, Any]
    reject: Any = None
    options: Any = None


class _Seen:
    """Judges each layer as it is met, and remembers by place."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._nodes: dict[str, yaml.Node | None] = {}
        self.idle: dict[str, dict[tuple[str, Route], Idle | None]] = {}
        self.relabelled: dict[str, dict[Route, Relabelled]] = {}

    def met(self, layer: Kustomization, before: Gathered, after: Gathered) -> None:
        idle = self.idle.setdefault(layer.file, {})
        for target, gathered in (
            *((each, before) for each in _patched(layer)),
            *((each, after) for each in self._replaced(layer)),
        ):
            key = (target.path, target.route)
            if idle.get(key, target) is not None:
                idle[key] = self._judged(layer, target, gathered)
        for change in relabelled(layer, before):
            place = self._location(layer.file, change.route)
            self.relabelled.setdefault(layer.file, {})[change.route] = change.placed(layer.file, place)

    def _judged(self, layer: Kustomization, target: _Target, gathered: Gathered) -> Idle | None:
        selected = [item for item in gathered.items if may_select(target.select, item, gathered)]
        if gathered.open or any(not rejects(target.reject, item) for item in selected):
            if follow(target.options, ("index",)) and not follow(target.options, ("delimiter",)):
                place = self._location(target.path, (*target.route[:-1], "options"))
                advice = "say which delimiter the index counts, or remove it"
                return Idle(layer.file, target.field, place, described(target.select), Idleness.INDEX, advice)
            return None
        place, words = self._location(target.path, target.route), described(target.select)
        if selected:
            return Idle(layer.file, target.field, place, words, Idleness.REJECTED, "select more, or reject less")
        return Idle(layer.file, target.field, place, words, Idleness.UNMATCHED, hint(target.select, gathered))

    def _replaced(self, layer: Kustomization) -> Iterator[_Target]:
        for index, entry in enumerate(_listed(layer.data.get("replacements"))):
            path = follow(entry, ("path",))
            if not path:
                yield from _targets(layer.file, ("replacements", index), entry)
        for reached in layer.entries:
            if reached.field == "replacements" and reached.path:
                content = plain(self._composed(reached.path))
                if isinstance(content, Mapping):
                    yield from _targets(reached.path, (), content)
                for index, entry in enumerate(_listed(content)):
                    yield from _targets(reached.path, (index,), entry)

    def _location(self, path: str, route: Route) -> Location:
        document = self._composed(path)
        node = key(document, str(route[0])) if len(route) == 1 else at(document, route)
        return Location(path, *start(node))

    def _composed(self, path: str) -> yaml.Node | None:
        if path not in self._nodes:
            try:
                self._nodes[path] = composed(self._tree.read(path))
            except (OSError, NotYaml):
                self._nodes[path] = None
        return self._nodes[path]


def _is_of_interest(layer: Kustomization) -> bool:
    patched = any(follow(patch, ("target",)) for patch in _listed(layer.data.get("patches")))
    return patched or bool(layer.data.get("replacements") or selector_labels(layer))


def _patched(layer: Kustomization) -> Iterator[_Target]:
    for index, patch in enumerate(_listed(layer.data.get("patches"))):
        target = follow(patch, ("target",))
        if isinstance(target, Mapping) and any(target.values()):
            yield _Target("patches", layer.file, ("patches", index, "target"), target)


def _targets(path: str, route: Route, replacement: Any) -> Iterator[_Target]:
    for index, target in enumerate(_listed(follow(replacement, ("targets",)))):
        select = follow(target, ("select",))
        if isinstance(select, Mapping):
            where = (*route, "targets", index, "select")
            yield _Target(
                "replacements", path, where, select, follow(target, ("reject",)), follow(target, ("options",))
            )


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
