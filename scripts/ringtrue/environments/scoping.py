"""One environment's view of its cluster, and of the namespaces on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.providers import Opening
from ringtrue.config import Config, External
from ringtrue.environments.assembly import Group
from ringtrue.environments.clusters import Clusters
from ringtrue.environments.discovery import Discovery
from ringtrue.environments.environment import Source, Status
from ringtrue.environments.neighbours import Neighbours, neighbourhood
from ringtrue.environments.openness import filled, opened
from ringtrue.environments.placing import DEFAULT
from ringtrue.reachability.scope import Scope

Where = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class _View:
    """What is known of the namespaces of one cluster, the same for each of its environments."""

    filled: frozenset[str]
    environment_of: Mapping[str, str]
    open: Mapping[str, tuple[Opening, ...]]
    elsewhere: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Siblings(Mapping[str, tuple[str, ...]]):
    """Service names to the paths of the other sources that have one; looked up, since few are ever asked for."""

    services: Mapping[str, frozenset[str]]
    own: str

    def __getitem__(self, name: str) -> tuple[str, ...]:
        others = (path for path in self.services[name] if path != self.own and not path.startswith(self.own + "/"))
        found = tuple(sorted(others))
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.services if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Scoping:
    """Scopes for the groups of one survey."""

    def __init__(self, groups: Sequence[Group], discovery: Discovery, clusters: Clusters, config: Config) -> None:
        self._foreign = discovery.ownership.foreign
        self._clusters = clusters
        self._landings = {group.where: group.landing for group in groups}
        self._unexpanded = discovery.unexpanded
        self._config = config
        self._external = _external(config.external)
        self._own = {id(group): filled(group.resources) for group in groups}
        self._services = _services(groups)
        self._everybody = neighbourhood(groups)
        self._neighbours: dict[Where, list[Group]] = defaultdict(list)
        for group in groups:
            self._neighbours[group.where].append(group)
        self._filled = {where: self._filled_by(each) for where, each in self._neighbours.items()}
        self._views: dict[Where, _View] = {}

    def scope(self, group: Group, cluster: Cluster) -> Scope:
        if group.where not in self._views:
            self._views[group.where] = self._view(group.where, cluster)
        view = self._views[group.where]
        return Scope(
            cluster,
            group.name,
            named=group.named,
            own=self._own[id(group)],
            environment_of=view.environment_of,
            shared=self._config.shared,
            filled=view.filled,
            open=view.open,
            elsewhere=view.elsewhere,
            external=self._external,
            leaf=group.leaf,
            siblings=_Siblings(self._services, group.name) if group.leaf else {},
            beside=Neighbours(group, cluster, self._everybody) if group.leaf else {},
        )

    def _view(self, where: Where, cluster: Cluster) -> _View:
        neighbours = self._neighbours[where]
        return _View(
            self._filled[where],
            self._environment_of(neighbours),
            _joined(opened(cluster.resources), self._unseen(where, neighbours)),
            {} if where[0] else self._elsewhere(where),
        )

    def _filled_by(self, groups: Iterable[Group]) -> frozenset[str]:
        return frozenset().union(*(self._own[id(group)] for group in groups))

    def _environment_of(self, neighbours: Iterable[Group]) -> dict[str, str]:
        names: dict[str, set[str]] = defaultdict(set)
        for each in neighbours:
            for namespace in self._own[id(each)]:
                names[namespace].add(each.name if each.named else "")
        return {namespace: min(found) for namespace, found in sorted(names.items()) if len(found) == 1 and min(found)}

    def _unseen(self, where: Where, neighbours: Iterable[Group]) -> dict[str, str]:
        """Why, by namespace, something is there that was not rendered."""
        found: dict[str, str] = {}
        for group in neighbours:
            for source in group.sources:
                if source.status is not Status.RENDERED and not source.foreign:
                    what = "does not render" if source.status is Status.FAILED else source.reason
                    for namespace in self._namespaces_of(source, self._own[id(group)]):
                        found.setdefault(namespace, f"is filled by source {source.path!r} too, which {what}")
                for resource, written in source.lost:
                    why = f"holds {resource.kind} {resource.name!r}, in which {written} is not known"
                    unsure = "$" in resource.namespace
                    for namespace in sorted(self._filled[where]) if unsure else [resource.namespace]:
                        found.setdefault(namespace, why)
        for declared in self._foreign:
            if any(where == (False, landing.cluster) for landing in self._clusters.of(declared)):
                # A Kustomization without a target namespace puts each object where it says.
                everywhere = sorted(self._filled[where]) if declared.flux and not declared.namespace else []
                for namespace in everywhere or [declared.namespace or DEFAULT]:
                    found.setdefault(namespace, f"is filled from elsewhere too, by {declared.called}")
        for each in self._unexpanded if not where[0] else ():
            if each.namespace:
                why = f"may be filled by ApplicationSet {each.name!r} too, which {each.why_not}"
                found.setdefault(each.namespace, why)
        return found

    def _namespaces_of(self, source: Source, own: frozenset[str]) -> Iterable[str]:
        """Where a source that was not rendered may put things: where it says, and where its siblings do."""
        layer = source.graph.get(source.path)
        written = layer.data.get("namespace") if layer else None
        said = {source.namespace, written if isinstance(written, str) else ""} - {""}
        return sorted(said | own) or [DEFAULT]

    def _elsewhere(self, where: Where) -> dict[str, str]:
        found: dict[str, str] = {}
        for (leaf, cluster), namespaces in sorted(self._filled.items()):
            if not leaf and self._clusters.apart(self._landings[leaf, cluster], self._landings[where]):
                for namespace in sorted(namespaces - self._filled[where]):
                    found.setdefault(namespace, cluster)
        return found


def _joined(
    by_objects: Mapping[str, tuple[Opening, ...]], unseen: Mapping[str, str]
) -> Mapping[str, tuple[Opening, ...]]:
    """What was not rendered may be anything, and is the better reason."""
    whole = {namespace: (Opening(why), *by_objects.get(namespace, ())) for namespace, why in sorted(unseen.items())}
    return {**by_objects, **whole}


def _external(entries: Iterable[External]) -> Mapping[tuple[str, str], frozenset[int]]:
    """Ports by Service; entries of one Service are joined, and no ports are any port."""
    found: dict[tuple[str, str], frozenset[int]] = {}
    for each in entries:
        key = (each.namespace, each.service)
        earlier = found.get(key, each.ports)
        found[key] = earlier | each.ports if earlier and each.ports else frozenset()
    return found


def _services(groups: Iterable[Group]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for source in group.sources:
            for resource in source.resources:
                if (resource.group, resource.kind) == ("", "Service"):
                    found[resource.name].add(source.path)
    return {name: frozenset(paths) for name, paths in sorted(found.items())}
