"""One environment's view of its cluster, and of the namespaces on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ringtrue.cluster.cluster import Cluster
from ringtrue.config import Config
from ringtrue.environments.applications import Declared
from ringtrue.environments.assembly import Group
from ringtrue.environments.environment import Source, Status
from ringtrue.environments.openness import filled, opened
from ringtrue.environments.placing import DEFAULT
from ringtrue.reachability.scope import Scope
from ringtrue.repository.graph import Graph


class Scoping:
    """Scopes for the groups of one survey."""

    def __init__(self, groups: Sequence[Group], foreign: Sequence[Declared], config: Config, graph: Graph) -> None:
        self._groups = groups
        self._foreign = foreign
        self._config = config
        self._graph = graph
        self._own = {id(group): filled(group.resources) for group in groups}
        self._services = _services(groups)

    def scope(self, group: Group, cluster: Cluster) -> Scope:
        neighbours = [each for each in self._groups if each.where == group.where]
        on_cluster = frozenset().union(*(self._own[id(each)] for each in neighbours))
        return Scope(
            cluster,
            group.name,
            named=bool(group.name) and not group.leaf and group.listed,
            own=self._own[id(group)],
            environment_of=self._environment_of(neighbours),
            shared=self._config.shared,
            filled=on_cluster,
            open=self._open(group, neighbours, cluster),
            elsewhere=self._elsewhere(group, on_cluster),
            external={(each.namespace, each.service): each.ports for each in self._config.external},
            leaf=group.leaf,
            siblings=self._siblings(group) if group.leaf else {},
        )

    def _environment_of(self, neighbours: Iterable[Group]) -> dict[str, str]:
        names: dict[str, set[str]] = defaultdict(set)
        for each in neighbours:
            for namespace in self._own[id(each)]:
                names[namespace].add("" if each.leaf or not each.listed else each.name)
        return {namespace: min(found) for namespace, found in sorted(names.items()) if len(found) == 1 and min(found)}

    def _open(self, group: Group, neighbours: Iterable[Group], cluster: Cluster) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in neighbours:
            for source in each.sources:
                if source.status is not Status.RENDERED:
                    for namespace in self._namespaces_of(source, self._own[id(each)]):
                        found.setdefault(namespace, _unseen(source))
        for declared in self._foreign if not group.leaf else ():
            if declared.cluster == group.cluster:
                namespace = declared.namespace or DEFAULT
                found.setdefault(namespace, f"Application {declared.name!r} fills it from elsewhere")
        return {**opened(cluster.resources), **found}

    def _namespaces_of(self, source: Source, own: frozenset[str]) -> Iterable[str]:
        """Where a source that was not rendered may put things: where it says, and where its siblings do."""
        layer = self._graph.get(source.path)
        written = layer.data.get("namespace") if layer else None
        said = {source.namespace, written if isinstance(written, str) else ""} - {""}
        return sorted(said | own) or [DEFAULT]

    def _elsewhere(self, group: Group, on_cluster: frozenset[str]) -> dict[str, str]:
        if group.leaf:
            return {}
        found: dict[str, str] = {}
        for each in self._groups:
            if not each.leaf and each.cluster != group.cluster:
                for namespace in self._own[id(each)] - on_cluster:
                    found.setdefault(namespace, each.cluster)
        return dict(sorted(found.items()))

    def _siblings(self, group: Group) -> dict[str, tuple[str, ...]]:
        own = group.name
        below = own + "/"
        others = {
            name: tuple(sorted(path for path in paths if path != own and not path.startswith(below)))
            for name, paths in self._services.items()
        }
        return {name: paths for name, paths in sorted(others.items()) if paths}


def _services(groups: Iterable[Group]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for source in group.sources:
            for resource in source.resources:
                if (resource.group, resource.kind) == ("", "Service"):
                    found[resource.name].add(source.path)
    return found


def _unseen(source: Source) -> str:
    verb = "does not render" if source.status is Status.FAILED else source.reason
    return f"source {source.path!r} {verb}"
