"""The kustomizations of a tree and what each of them reaches."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ringtrue.repository.kustomization import NAMES, Entry, Kustomization, State, kustomization
from ringtrue.repository.tree import Tree

__all__ = ["Entry", "Graph", "Kustomization", "State", "graph", "on_demand"]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Kustomizations by folder; "." is the root."""

    kustomizations: Mapping[str, Kustomization]
    """Those that were looked for, and what they build on."""
    elsewhere: Callable[[str], Kustomization | None] = lambda folder: None
    """Reads the kustomization of any other folder, when it is first asked for."""

    def get(self, folder: str) -> Kustomization | None:
        return self.kustomizations.get(folder) or self.elsewhere(folder)

    def layers(self, folder: str) -> tuple[Kustomization, ...]:
        """The kustomization of a folder and those it builds on, children first, each once; bounded on cycles."""
        order: dict[str, Kustomization] = {}
        entered: set[str] = set()
        waiting: list[tuple[str, Kustomization | None]] = [(folder, None)]
        while waiting:
            current, built = waiting.pop()
            if built is not None:
                order[current] = built
            elif current not in entered and (layer := self.get(current)) is not None:
                entered.add(current)
                waiting.append((current, layer))
                waiting.extend((child, None) for child in reversed(layer.folders))
        return tuple(order.values())

    def closure(self, folder: str) -> tuple[str, ...]:
        """Every file that a build of the folder reads, kustomization files included, sorted."""
        return tuple(sorted({path for layer in self.layers(folder) for path in layer.files}))

    def cycle(self, folder: str) -> tuple[Entry, ...]:
        """The entries of the first cycle below `folder`, each leading to the next one's file; () without one."""
        return self._cycle(folder, (), (), set())

    def _cycle(
        self, folder: str, building: tuple[str, ...], trail: tuple[Entry, ...], done: set[str]
    ) -> tuple[Entry, ...]:
        layer = self.get(folder)
        if layer is None or folder in done:
            return ()
        for entry in layer.bases:
            path, came = entry.path or "", (*building, folder)
            if path in came:
                return (*trail, entry)[came.index(path) :]
            found = self._cycle(path, came, (*trail, entry), done)
            if found:
                return found
        done.add(folder)
        return ()

    def leaves(self, skipped: Callable[[str], bool] = lambda folder: False) -> tuple[str, ...]:
        """Folders to build by themselves: no Component, and no other kustomization builds on them.

        Folders that `skipped` accepts neither are leaves nor make others bases. Of a cycle that no leaf reaches,
        the first folder stands for it, so that it is reported.
        """
        own = {folder: layer for folder, layer in self.kustomizations.items() if not skipped(folder)}
        used = {child for folder, layer in own.items() for child in layer.folders if child != folder}
        leaves = [folder for folder, layer in sorted(own.items()) if folder not in used and not layer.component]
        reached = {layer.folder for leaf in leaves for layer in self.layers(leaf)}
        for folder, layer in sorted(own.items()):
            if folder not in reached and not layer.component and self.cycle(folder):
                leaves.append(folder)
                reached.update(each.folder for each in self.layers(folder))
        return tuple(sorted(leaves))


def graph(tree: Tree, named: Iterable[str] = (), skip: Callable[[str], bool] = lambda folder: False) -> Graph:
    """Reads every kustomization file of the tree and below the folders `named`, and those that one of them names.

    Folders that `skip` accepts are read when something builds on them, or asks for them.
    """
    found: dict[str, Kustomization] = {}
    files = {*tree.files(), *(path for folder in named if tree.is_dir(folder) for path in tree.below(folder))}
    folders = {_folder(path) for path in files if posixpath.basename(path) in NAMES}
    waiting = sorted((folder for folder in folders if not skip(folder)), reverse=True)
    while waiting:
        folder = waiting.pop()
        if folder in found:
            continue
        made = kustomization(tree, folder)
        if made is None:
            continue
        found[folder] = made
        waiting.extend(_unseen(made, found))
    return Graph(dict(sorted(found.items())), on_demand(tree).elsewhere)


def on_demand(tree: Tree) -> Graph:
    """Reads each kustomization when it is asked for: of a tree of which little is needed."""
    return Graph({}, cache(lambda folder: kustomization(tree, folder)))


def _unseen(made: Kustomization, found: Mapping[str, Kustomization]) -> Iterator[str]:
    return (child for child in made.folders if child not in found)


def _folder(path: str) -> str:
    return posixpath.dirname(path) or "."
