"""Which Argo CD (or Flux) each Application belongs to: one, unless the repository shows that there are several."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from os.path import commonpath

from ringtrue.environments.applications import Declared
from ringtrue.environments.plans import Plan

_BOOTSTRAP = "/flux-system"
"""What `flux bootstrap` writes goes there."""

Roots = frozenset[str]
"""Paths that no Application reads, from which app-of-apps trees grow."""


@dataclass(frozen=True, slots=True)
class Instances:
    """Instances are called by the folder that holds their roots; the only one is ""."""

    of: Mapping[Declared, tuple[str, ...]] = field(default_factory=dict)
    """An Application that several trees reach belongs to several."""
    roots: Mapping[str, str] = field(default_factory=dict)
    """Instance by root."""
    read: Mapping[str, Roots] = field(default_factory=dict)
    """Roots by the path that an Application reads."""
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of instances that have different Applications of one name, and so are two for certain."""
    assumption: str = ""

    def at(self, path: str) -> tuple[str, ...]:
        """The instances of the objects that a source at this path holds.

        Projects and settings that stand apart from all Applications belong to the instance whose folder they stand in,
        else to each.
        """
        known = {self.roots[root] for root in self.read.get(path, (path,)) if root in self.roots}
        names = sorted(known or set(self.roots.values()) or {""})
        inside = [name for name in names if name and path.startswith(name + "/")]
        return tuple(names if known else inside or names)


def instances(holders: Mapping[Declared, Sequence[Plan]], read_by: Mapping[str, Sequence[Declared]]) -> Instances:
    """`holders` are the plans that hold each Application, `read_by` the Applications that read a path.

    Applications belong together that grow from one root. Equal names with different sources prove two instances; then
    the roots are parted by their folders until no two differ any more.
    """
    tree = _Tree(holders, read_by)
    grown = {source: tree.of(source) for source in holders}
    conflicts = _conflicts(grown)
    everything = sorted({root for roots in grown.values() for root in roots})
    named = _called(dict(_parted(everything, set(conflicts), 0)), grown)
    apart = frozenset(
        pair for pair in (frozenset(named[root] for root in each) for each in conflicts) if len(pair) == 2
    )
    return Instances(
        {source: tuple(sorted({named[root] for root in roots})) for source, roots in grown.items()},
        named,
        {path: frozenset().union(*map(tree.of, sources)) for path, sources in read_by.items()},
        apart,
        _assumption(conflicts, apart),
    )


class _Tree:
    """Finds roots: upwards from an Application through those that read what holds it."""

    def __init__(self, holders: Mapping[Declared, Sequence[Plan]], read_by: Mapping[str, Sequence[Declared]]) -> None:
        self._holders = holders
        self._read_by = read_by

    def of(self, source: Declared) -> Roots:
        return self._of(source, frozenset())

    def _of(self, source: Declared, below: frozenset[str]) -> Roots:
        paths = [plan.path for plan in self._holders.get(source, ())]
        # A file that an Application reads may also lie in a folder that was looked through.
        read = [path for path in paths if path in self._read_by]
        return frozenset().union(*(self._above(path, below) for path in read or paths))

    def _above(self, path: str, below: frozenset[str]) -> Roots:
        if path in below:
            return frozenset()
        readers = self._read_by.get(path, ())
        found = frozenset().union(*(self._of(reader, below | {path}) for reader in readers))
        return found or frozenset({path})


def _conflicts(grown: Mapping[Declared, Roots]) -> dict[frozenset[str], tuple[str, str]]:
    """Pairs of roots with different Applications of one name, their kind and that name."""
    written: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for source in grown:
        written[id(source.document.value)].add(source.content)
    named: dict[tuple[str, str, str], list[tuple[frozenset[tuple[object, ...]], Roots]]] = defaultdict(list)
    for source, roots in grown.items():
        named[source.kind, source.own_namespace, source.name].append(
            (frozenset(written[id(source.document.value)]), roots)
        )
    found: dict[frozenset[str], tuple[str, str]] = {}
    for (kind, _, name), each in sorted(named.items()):
        for (one, left), (other, right) in combinations(each, 2):
            if one != other:
                for pair in (frozenset({a, b}) for a in left - right for b in right - left):
                    found.setdefault(pair, (kind, name))
    return found


def _parted(roots: Sequence[str], conflicts: Iterable[frozenset[str]], depth: int) -> Iterator[tuple[str, str]]:
    inside = [pair for pair in conflicts if pair <= set(roots)]
    if not inside:
        name = "" if depth == 0 else commonpath(roots) if len(roots) > 1 else roots[0]
        yield from ((root, name) for root in roots)
        return
    below: dict[str, list[str]] = defaultdict(list)
    for root in roots:
        below["/".join(root.split("/")[: depth + 1])].append(root)
    for _, each in sorted(below.items()):
        yield from _parted(each, inside, depth + 1)


def _called(named: dict[str, str], grown: Mapping[Declared, Roots]) -> dict[str, str]:
    """Flux keeps its own root in a folder of the folder that stands for the cluster."""
    bootstrapped = {root for source, roots in grown.items() if source.flux for root in roots}
    shorter = {root: name.removesuffix(_BOOTSTRAP) if root in bootstrapped else name for root, name in named.items()}
    return shorter if len(set(shorter.values())) == len(set(named.values())) else named


def _assumption(conflicts: Mapping[frozenset[str], tuple[str, str]], apart: frozenset[frozenset[str]]) -> str:
    if not apart:
        return ""
    kind, name = min(conflicts.values())
    what = "Argo CDs" if kind == "Application" else "clusters"
    one, other = sorted(min(apart, key=sorted))
    return (
        f"{one!r} and {other!r} are two {what}: they have different {kind}s called {name!r}; [[clusters]] in "
        "ringtrue.toml can say otherwise"
    )
