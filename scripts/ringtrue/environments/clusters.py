"""The clusters that sources land on (`design.md` section 5): instance and destination, or what `[[clusters]]` says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ringtrue.argocd.applications import IN_CLUSTER
from ringtrue.config import ClusterEntry
from ringtrue.environments.applications import Declared, known_destination
from ringtrue.environments.instances import Instances
from ringtrue.environments.plans import Plan


@dataclass(frozen=True, slots=True)
class Landing:
    """One cluster, by its name in reports, and the instances that put things there."""

    cluster: str
    instance: str = ""
    configured: bool = False


@dataclass(frozen=True)
class Clusters:
    """Tells where each source lands."""

    entries: Sequence[ClusterEntry]
    instances: Instances
    holders: Mapping[Declared, Sequence[Plan]] = field(default_factory=dict)

    def of(self, source: Declared) -> tuple[Landing, ...]:
        """One landing, or one for each instance that has the Application."""
        named = self.instances.of.get(source, ("",))
        entry = next((each for each in self.entries if self._takes(each, source)), None)
        if entry is not None:
            return (Landing(entry.name, named[0], configured=True),)
        return tuple(Landing(self._called(source.cluster, name), name) for name in named)

    def _called(self, cluster: str, instance: str) -> str:
        """Flux has a folder for each cluster, and so one of that name: with Argo CD below it, it is still the same."""
        if instance and cluster == IN_CLUSTER.name and instance in self._of_flux:
            return instance
        return f"{cluster} of {instance}" if instance else cluster

    @cached_property
    def _of_flux(self) -> frozenset[str]:
        return frozenset(name for source, names in self.instances.of.items() if source.flux for name in names)

    def of_path(self, path: str) -> Landing | None:
        """Where a source lands that no Application names; None when the settings do not say."""
        entry = next((each for each in self.entries if _covers(each.paths, path)), None)
        return Landing(entry.name, configured=True) if entry else None

    def idle(self, sources: Iterable[Declared], paths: Iterable[str]) -> tuple[ClusterEntry, ...]:
        """Entries that match nothing."""
        known, undeclared = list(sources), list(paths)
        return tuple(
            each
            for each in self.entries
            if not any(self._takes(each, source) for source in known)
            and not any(_covers(each.paths, path) for path in undeclared)
        )

    def apart(self, one: Landing, other: Landing) -> bool:
        """Whether two landings are two clusters for certain."""
        if one.instance == other.instance or (one.configured and other.configured):
            return one.cluster != other.cluster
        return frozenset({one.instance, other.instance}) in self.instances.apart

    def _takes(self, entry: ClusterEntry, source: Declared) -> bool:
        if not entry.applications and not entry.destinations:
            return False
        destinations = map(known_destination, entry.destinations)
        if entry.destinations and source.cluster not in destinations:
            return False
        held = (source.document.source, *(plan.path for plan in self.holders.get(source, ())))
        return not entry.applications or any(_covers(entry.applications, path) for path in held)


def _covers(folders: Iterable[str], path: str) -> bool:
    named = [folder.strip("/") for folder in folders]
    return any(path == folder or path.startswith(folder + "/") for folder in named)
