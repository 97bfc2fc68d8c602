"""Where the files of a source are read: in the tree that a run starts from, or at the revision that is deployed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Protocol

from ringtrue.environments.bombs import is_bomb
from ringtrue.rendering.charts import Chart
from ringtrue.rendering.overrides import Overrides
from ringtrue.rendering.request import Form, Request
from ringtrue.repository.graph import Graph, on_demand
from ringtrue.repository.revision import RevisionTree
from ringtrue.repository.tree import Tree


class Revisions(Protocol):
    """Opens what is deployed."""

    def open(self, name: str) -> RevisionTree:
        """The tree of a `targetRevision`; the same one for names of one commit. Raises GitError, or NotDeployed."""


@dataclass(frozen=True, eq=False)
class View:
    """A tree with its kustomizations."""

    tree: Tree
    graph: Graph

    @property
    def commit(self) -> str:
        """ "" where files are read from disk."""
        return self.tree.commit if isinstance(self.tree, RevisionTree) else ""

    def bombs(self, folder: str) -> tuple[str, ...]:
        """Files that Kustomize must not be given, of those that a kustomization is built from."""
        return tuple(path for path in self.graph.closure(folder) if self._is_bomb(path))

    @cached_property
    def _is_bomb(self) -> Callable[[str], bool]:
        """Each file is looked at once, however many kustomizations are built from it."""
        return cache(lambda path: is_bomb(path, self.tree))

    def request(self, path: str, form: Form, overrides: Overrides | None = None, chart: Chart | None = None) -> Request:
        """What the renderer is asked for a file, a kustomization or a chart of this tree."""
        asked = Request(path, form, overrides=overrides, chart=chart)
        tree = self.tree
        if not isinstance(tree, RevisionTree):
            return asked
        return replace(asked, revision=tree.commit, repository=str(tree.repository), folder=tree.folder)


class Views:
    """All views of a run. Without `revisions` everything is read in the tree that the run starts from."""

    def __init__(self, start: View, revisions: Revisions | None = None) -> None:
        self.start = start
        self._revisions = revisions
        self._known: dict[str, View] = {start.commit: start, "": start}
        self._names: dict[str, View] = {}

    @property
    def names(self) -> Mapping[str, View]:
        """What was read at a revision, by the name that Applications give it."""
        return self._names

    @property
    def deployed(self) -> bool:
        """Whether sources are read as they are deployed."""
        return self._revisions is not None

    def named(self, revision: str) -> View:
        """Where a source of this `targetRevision` is read. Raises GitError for a revision that is not there, or
        NotDeployed where it need not be."""
        if self._revisions is None:
            return self.start
        if revision not in self._names:
            tree = self._revisions.open(revision)
            if tree.commit not in self._known:
                self._known[tree.commit] = View(tree, on_demand(tree))
            self._names[revision] = self._known[tree.commit]
        return self._names[revision]

    def at(self, commit: str) -> View:
        """A view that was opened before; "" is the first."""
        return self._known[commit]

    def mark(self, view: View) -> str:
        """What `at` finds a view by."""
        return "" if view is self.start else view.commit
