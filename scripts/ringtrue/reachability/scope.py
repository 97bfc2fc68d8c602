"""From where a reference is judged: the caller's environment, and what is known of every namespace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.cluster.cluster import Cluster


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
    open: Mapping[str, str] = field(default_factory=dict)
    """Filled, but not known whole: why, by namespace ("holds HelmRelease shop/redis")."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Namespaces that only another cluster of this repository fills, with that cluster's name."""
    external: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    """`[[external]]` Services by (namespace, name) with their ports; empty ports for any."""
    leaf: bool = False
    """An undeclared environment: a leaf kustomization, a plain directory or a PATH."""
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For a leaf: Service names that other leaves of the repository have, with their paths."""
