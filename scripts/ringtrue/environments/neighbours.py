"""What undeclared manifests may be applied beside: other sources of the repository with a Service that they call."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.workloads import workload
from ringtrue.environments.assembly import Group
from ringtrue.manifests.resource import Key, Resource
from ringtrue.reachability.scope import Neighbour

Name = tuple[str, str]
"""(namespace, Service)."""

_MOST = 16
"""With more sources that have the Service it is not asked whether each would do."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The sources of a repository by the Services that they bring, each set of objects worked out once."""

    by_service: Mapping[Name, tuple[Group, ...]]
    _keys: dict[int, frozenset[Key]] = field(default_factory=dict)

    def keys(self, group: Group) -> frozenset[Key]:
        """The Services and workloads of a group: two groups that share one are variants of one thing."""
        if id(group) not in self._keys:
            self._keys[id(group)] = frozenset(each.key for each in group.resources if _is_told_apart(each))
        return self._keys[id(group)]


def neighbourhood(groups: Sequence[Group]) -> Neighbourhood:
    found: dict[Name, list[Group]] = defaultdict(list)
    for group in groups:
        for resource in group.resources if group.listed else ():
            if _is_service(resource):
                found[resource.namespace, resource.name].append(group)
    return Neighbourhood({name: tuple(each) for name, each in found.items()})


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours(Mapping[Name, tuple[Neighbour, ...]]):
    """For one undeclared group, by Service: the clusters that it would make together with those that have it.

    Looked up, since few are ever asked for. A variant of the group, which has the same Services or workloads, is put
    in its place and not beside it.
    """

    group: Group
    cluster: Cluster
    everybody: Neighbourhood
    _joined: dict[int, Cluster] = field(default_factory=dict)

    def __getitem__(self, name: Name) -> tuple[Neighbour, ...]:
        own = self.everybody.keys(self.group)
        others = [
            each
            for each in self.everybody.by_service.get(name, ())
            if each is not self.group and not own & self.everybody.keys(each)
        ]
        if not 0 < len(others) <= _MOST:
            raise KeyError(name)
        return tuple(self._beside(each) for each in others)

    def __iter__(self) -> Iterator[Name]:
        return (name for name in self.everybody.by_service if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _beside(self, other: Group) -> Neighbour:
        if id(other) not in self._joined:
            self._joined[id(other)] = build(
                self.cluster.name, (*self.cluster.resources, *other.resources), self.cluster.profile
            )
        return Neighbour(self._joined[id(other)], f"{other.name!r} is taken to be applied to the same cluster")


def _is_service(resource: Resource) -> bool:
    return (resource.group, resource.kind) == ("", "Service")


def _is_told_apart(resource: Resource) -> bool:
    return _is_service(resource) or workload(resource) is not None
