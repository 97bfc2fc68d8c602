"""The objects in the files that kustomizations name as resources, each where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ringtrue.findings import Location
from ringtrue.manifests.positions import Marked, marked
from ringtrue.manifests.resource import follow
from ringtrue.manifests.yaml_values import YamlFault, decode
from ringtrue.repository.kustomization import Entry, Kustomization, State
from ringtrue.repository.tree import Tree

_MANIFESTS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """One document of a file, and the entry that names the file."""

    entry: Entry
    path: str
    document: Marked

    @property
    def kind(self) -> str:
        return self._text("kind")

    @property
    def name(self) -> str:
        return self._text("metadata", "name")

    @property
    def namespace(self) -> str:
        return self._text("metadata", "namespace")

    def at(self, *route: str) -> Location:
        """A field, or the nearest parent that is there."""
        span = self.document.span(route, key=True)
        return Location(self.path, span.line, span.column)

    def _text(self, *route: str) -> str:
        value: Any = follow(self.document.value, route)
        return value if isinstance(value, str) else ""


def files(layers: Sequence[Kustomization]) -> Iterator[tuple[Entry, str]]:
    """Each entry that names a file of resources, in build order."""
    for layer in layers:
        for entry in layer.entries:
            if entry.field in ("resources", "bases") and entry.state is State.FILE and entry.path:
                yield entry, entry.path


def documents(path: str, tree: Tree) -> tuple[Marked, ...] | None:
    """Those of a file; None where it cannot be read."""
    if not path.endswith(_MANIFESTS):
        return None
    try:
        return tuple(each for each in marked(decode(tree.read(path))) if each.value is not None)
    except (OSError, YamlFault):
        return None


def objects(layers: Sequence[Kustomization], tree: Tree) -> Iterator[Written]:
    for entry, path in files(layers):
        for document in documents(path, tree) or ():
            yield Written(entry, path, document)
