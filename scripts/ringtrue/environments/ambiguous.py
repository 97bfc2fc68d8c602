"""The scalars of an environment's files that do not mean what is written."""

from collections.abc import Iterable, Iterator
from operator import itemgetter

from ringtrue.environments.environment import Source
from ringtrue.environments.views import View
from ringtrue.manifests.ambiguities import Ambiguity, ambiguities

_SUFFIXES = (".yaml", ".yml")


class Ambiguous:
    """Reads each file once, however many environments are built from it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Ambiguity, ...]] = {}

    def of(self, sources: Iterable[Source]) -> tuple[Ambiguity, ...]:
        """Those of the files that the sources are made of, by path."""
        seen = [(source, source.view) for source in sources if source.view]
        views = {(path, view.commit): view for source, view in seen for path in _files(source)}
        return tuple(
            found for (path, _), view in sorted(views.items(), key=itemgetter(0)) for found in self._in(path, view)
        )

    def _in(self, path: str, view: View) -> tuple[Ambiguity, ...]:
        key = (path, view.commit)
        if key not in self._known:
            try:
                self._known[key] = ambiguities(path, view.tree.read(path))
            except OSError:
                self._known[key] = ()
        return self._known[key]


def _files(source: Source) -> Iterator[str]:
    known = source.graph.get(source.path) is not None
    paths = source.graph.closure(source.path) if known else (resource.source for resource in source.resources)
    yield from (path for path in paths if path.endswith(_SUFFIXES))
