"""An Application's Kustomize overrides as the last layer of its source (KUS-12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.environments.environment import Source
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import follow, text_at
from ringtrue.tracing.pages import Pages, Passage

_LABELS: Route = ("labels", 0, "pairs")
_ALIKE = ("namespace", "namePrefix", "nameSuffix", "commonAnnotations", "replicas", "patches")


@dataclass(frozen=True, slots=True)
class Overriding(Passage):
    """Reads `spec.source.kustomize` as the kustomization that `kustomize edit` makes of it; places stay its own."""

    base: Route = ()
    filled: Any = None
    """What an ApplicationSet made of it."""

    @property
    def value(self) -> Any:
        return dict(_fields(self.filled or follow(self.marked.value, self.base)))

    def place(self, route: Route, *, key: bool = False) -> Location:
        if route[: len(_LABELS)] == _LABELS:
            route = ("commonLabels", *route[len(_LABELS) :])
        # "super" does not reach the parent from a class that slots have made anew.
        return Passage.place(self, (*self.base, *route), key=key)


def overriding(source: Source, where: Location, pages: Pages) -> Overriding | None:
    """The layer, read from the document that holds the Application at `where`; None where it is not written so.

    What an ApplicationSet makes has one place for all of it.
    """
    route = (*source.route, "kustomize")
    if source.application_set is not None and source.application is not None:
        filled = follow(source.application.data, route)
        found = pages.first(where.path)
        return Overriding(where.path, found.marked, pinned=where, filled=filled) if found and filled else None
    for passage in pages.documents(where.path):
        same = text_at(passage.value, "metadata", "name") == source.application_name
        if same and isinstance(follow(passage.value, route), Mapping) and passage.place(route).line == where.line:
            return Overriding(passage.path, passage.marked, base=route)
    return None


def _fields(kustomize: Any) -> Iterator[tuple[str, Any]]:
    for name in _ALIKE:
        value = follow(kustomize, (name,))
        if value:
            yield name, value
    labels = follow(kustomize, ("commonLabels",))
    if labels and follow(kustomize, ("labelWithoutSelector",)) is True:
        templates = follow(kustomize, ("labelIncludeTemplates",)) is True
        yield "labels", [{"pairs": labels, "includeTemplates": templates}]
    elif labels:
        yield "commonLabels", labels
    images = follow(kustomize, ("images",))
    if isinstance(images, list):
        yield "images", [_image(image) for image in images if isinstance(image, str)]


def _image(text: str) -> Mapping[str, str]:
    """`name=new:tag@digest` and `name:tag`, as `kustomize edit set image` reads them."""
    old, renamed, new = text.rpartition("=")
    name, _, digest = new.partition("@")
    head, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        head, tag = name, ""
    found = {"name": old or head, "newName": head if renamed else "", "newTag": tag, "digest": digest}
    return {key: value for key, value in found.items() if value}
