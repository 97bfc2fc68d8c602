"""The scalars of an environment's files that do not mean what is written."""

from collections.abc import Iterable, Iterator

from ringtrue.environments.environment import Source
from ringtrue.manifests.ambiguities import Ambiguity, ambiguities
from ringtrue.repository.graph import Graph
from ringtrue.repository.tree import Tree

_SUFFIXES = (".yaml", ".yml")


class Ambiguous:
    """Reads each file once, however many environments are built from it."""

    def __init__(self, tree: Tree, graph: Graph) -> None:
        self._tree = tree
        self._graph = graph
        self._known: dict[str, tuple[Ambiguity, ...]] = {}

    def of(self, sources: Iterable[Source]) -> tuple[Ambiguity, ...]:
        """Those of the files that the sources are made of, by path."""
        paths = sorted({path for source in sources for path in self._files(source) if path.endswith(_SUFFIXES)})
        return tuple(found for path in paths for found in self._in(path))

    def _files(self, source: Source) -> Iterator[str]:
        if self._graph.get(source.path):
            yield from self._graph.closure(source.path)
        else:
            yield from (resource.source for resource in source.resources)

    def _in(self, path: str) -> tuple[Ambiguity, ...]:
        if path not in self._known:
            try:
                self._known[path] = ambiguities(path, self._tree.read(path))
            except OSError:
                self._known[path] = ()
        return self._known[path]
