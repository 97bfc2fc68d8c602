"""From where a reference is judged: the caller's environment, and what is known of every namespace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.providers import Opening


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The cluster that undeclared manifests would make together with others, and what is taken for granted then."""

    cluster: Cluster
    why: str


@dataclass(frozen=True, slots=True)
class Scope:
    """One environment's view of its cluster (`design.md` section 5)."""

    cluster: Cluster
    environment: str
    """Its name; "" for a cluster's one unnamed environment."""
    named: bool
    """Whether leaving it can be told: only named environments can be left."""
    own: frozenset[str]
    """Namespaces that this environment's sources fill."""
    environment_of: Mapping[str, str] = field(default_factory=dict)
    """Named environment by namespace, for namespaces that exactly one environment fills."""
    shared: frozenset[str] = frozenset()
    """Namespaces that any environment may call."""
    filled: frozenset[str] = frozenset()
    """Namespaces of this cluster that some source seen here fills."""
    open: Mapping[str, tuple[Opening, ...]] = field(default_factory=dict)
    """Filled, but not known whole: by namespace, what may bring more."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Namespaces that only another cluster of this repository fills, with that cluster's name."""
    external: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    """`[[external]]` Services by (namespace, name) with their ports; empty ports for any."""
    leaf: bool = False
    """An undeclared environment: a leaf kustomization, a plain directory or a PATH."""
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For a leaf: Service names that other leaves of the repository have, with their paths."""
    beside: Mapping[tuple[str, str], tuple[Neighbour, ...]] = field(default_factory=dict)
    """For a leaf: by (namespace, Service), what it may be applied beside; each alternative has that Service."""

    def provider(self, namespace: str, service: str) -> str:
        """Who may bring a Service that is not seen, as the words after "the namespace"; "" when nobody may.

        An object whose kind is known to bring a Service of that name goes before what may bring anything.
        """
        openings = [each for each in self.open.get(namespace, ()) if each.admits(service)]
        for each in openings:
            if each.names is not None:
                return f"{each.why}, whose operator makes a Service of that name"
        return openings[0].why if openings else ""

    def provided(self, namespace: str) -> tuple[str, ...]:
        """Names in full of the Services that operators make in a namespace."""
        openings = self.open.get(namespace, ())
        return tuple(name for each in openings for name in each.names or () if "*" not in name)

    def more(self, namespace: str) -> str:
        """Why there may be more pods and settings in a namespace than is seen, in the same words; "" when not."""
        return next((each.why for each in self.open.get(namespace, ())), "")
