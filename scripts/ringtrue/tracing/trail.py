"""One object on its way through a build: where it is declared, and what it is called in each layer."""

from dataclasses import dataclass
from typing import Any

from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import follow, text_at
from ringtrue.repository.graph import Kustomization
from ringtrue.tracing.pages import Passage


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where an object is first written: a document, an item of a List, or an entry of a generator."""

    passage: Passage
    route: Route = ()
    generated: bool = False

    @property
    def value(self) -> Any:
        return follow(self.passage.value, self.route)

    @property
    def name(self) -> str:
        """The name as it is written there."""
        return text_at(self.value, *(("name",) if self.generated else ("metadata", "name")))

    @property
    def namespace(self) -> str:
        return text_at(self.value, *(("namespace",) if self.generated else ("metadata", "namespace")))

    def place(self, route: Route) -> Location:
        return self.passage.place((*self.route, *route))


@dataclass(frozen=True, slots=True)
class Stage:
    """A kustomization that acts on the object; its patches may call the object by any name it has had (KUS order)."""

    layer: Kustomization
    passage: Passage
    names: frozenset[str]
    namespaces: frozenset[str]
    """As selectors see them: `default` for none."""
    name: str
    """After this layer; without the hash that a generator adds at the very end."""
    namespace: str

    @property
    def later_names(self) -> frozenset[str]:
        """For what acts after namePrefix and nameSuffix: replicas, patchesJson6902, replacements."""
        return self.names | {self.name}

    @property
    def later_namespaces(self) -> frozenset[str]:
        return self.namespaces | {self.namespace or "default"}

    @property
    def folder(self) -> str:
        return self.layer.folder

    def entries(self, field: str) -> list[Any]:
        """The list under a field of the kustomization; empty where there is none."""
        found = follow(self.passage.value, (field,))
        return found if isinstance(found, list) else []

    def text(self, field: str) -> str:
        return text_at(self.passage.value, field)


@dataclass(frozen=True, slots=True)
class Trail:
    """A declaration and the stages that follow it, in build order."""

    declaration: Declaration
    stages: tuple[Stage, ...] = ()

    @property
    def affixes(self) -> tuple[tuple[str, str], ...]:
        """What the outer layers may put around a name, for every layer where that name may have begun."""
        pairs = [("", "")]
        for stage in reversed(self.stages):
            prefix, suffix = pairs[-1]
            pairs.append((prefix + stage.text("namePrefix"), stage.text("nameSuffix") + suffix))
        return tuple(dict.fromkeys(pairs))
