"""Where a rendered field is written: asks the renderer for origins, then traces."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ringtrue.checking import bugs, pieces
from ringtrue.checking.amending import amended
from ringtrue.checking.raised import Placed, Raised
from ringtrue.environments.environment import Environment, Source
from ringtrue.environments.views import View
from ringtrue.findings import Location, Related, Route
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.rendering.request import Form, Origin, Progress, Renderer, Request
from ringtrue.repository.tree import Tree
from ringtrue.tracing import Pages, Passage, Piece, Traced, overriding, trace


class Places:
    """Locations by spot. Origins cost a second rendering, so only sources with something to locate are asked."""

    def __init__(self, tree: Tree, renderer: Renderer, environments: Sequence[Environment]) -> None:
        self.bugs: list[str] = []
        self._tree = tree
        self._pages: dict[str, Pages] = {}
        self._renderer = renderer
        self._homes: Mapping[int, Source] = {
            id(resource): source
            for environment in environments
            for source in environment.sources
            for resource in source.resources
        }
        self._made_by: Mapping[int, Resource] = {
            id(source.application): source.application_set
            for environment in environments
            for source in environment.sources
            if source.application and source.application_set
        }
        self._origins: dict[Request, tuple[Origin | None, ...]] = {}
        self._edited: dict[int, Passage | None] = {}
        self._known: dict[tuple[int, Route, Piece | None], Traced] = {}

    def ask(self, spots: Iterable[Spot], progress: Progress | None = None) -> None:
        """Renders the sources of these spots with origins, once each."""
        wanted = {self._request(resource) for resource in self._held(spots)} - self._origins.keys()
        if not wanted:
            return
        requests = sorted(wanted, key=lambda request: (request.path, repr(request.overrides)))
        for answer in self._renderer.render(requests, self._tree.root, progress):
            self._origins[answer.request] = answer.origins

    def of(self, spot: Spot, piece: Piece | None = None) -> Location:
        """The line to edit; of the nearest parent, or the source's own path, where it cannot be closer.

        `piece` is what matters of the field's text, to point at its line in a script or a file in a ConfigMap.
        """
        return self.traced(spot, piece).location

    def traced(self, spot: Spot, piece: Piece | None = None) -> Traced:
        """The line to edit, and what of a kustomization wrote it."""
        spot = self._written(spot)
        key = (id(spot.resource), spot.route, piece)
        if key not in self._known:
            self._known[key] = self._traced(spot, piece)
        return self._known[key]

    def placed(self, raised: Raised) -> Placed:
        """A raised problem at the line to edit, its other ends too."""
        where = raised.problem.where
        related = tuple(Related(self._place(other), remark) for other, remark in raised.problem.related)
        if raised.proof is None or raised.environment is None or not isinstance(where, Spot):
            callers = tuple((self.of(caller.spot), caller) for caller in raised.callers)
            return Placed(raised, self._place(where), related, callers)
        found = self.traced(where, pieces.wrong(raised.proof, raised.environment.cluster))
        return amended(Placed(raised, found.location, related), raised.proof, found, self.traced)

    def tree_of(self, where: Spot | Location) -> Tree:
        """Where the file of a place is read: what is deployed may be another commit."""
        source = self._homes.get(id(self._written(where).resource)) if isinstance(where, Spot) else None
        return self._tree_of(source) if source else self._tree

    def _place(self, where: Spot | Location) -> Location:
        return self.of(where) if isinstance(where, Spot) else where

    def _written(self, spot: Spot) -> Spot:
        """A generated Application stands in the template of its ApplicationSet."""
        made_by = self._made_by.get(id(spot.resource))
        return Spot(made_by, ("spec", "template", *spot.route)) if made_by else spot

    def _held(self, spots: Iterable[Spot]) -> Iterator[Resource]:
        """The resources of these spots, and the Applications whose overrides may have written them."""
        for spot in map(self._written, spots):
            home = self._homes.get(id(spot.resource))
            if home is None:
                continue
            yield spot.resource
            application = home.application if home.overrides else None
            if application is not None:
                holder = self._made_by.get(id(application), application)
                yield from (each for each in (holder,) if id(each) in self._homes)

    def _request(self, resource: Resource) -> Request:
        source = self._homes[id(resource)]
        form: Form = "file" if self._tree_of(source).is_file(resource.source) else "kustomize"
        if source.chart is not None:
            form = "helm"
        view = source.view or View(self._tree, source.graph)
        asked = view.request(resource.source, form, source.overrides, source.chart)
        return replace(asked, origins=True, values=False)

    def _traced(self, spot: Spot, piece: Piece | None) -> Traced:
        source = self._homes.get(id(spot.resource))
        if source is None:
            return Traced(Location(spot.resource.source))
        try:
            pages, edits = self._pages_of(source), self._edits(source)
            return trace(spot, self._origin(spot), source.graph, pages.tree, source, pages, piece, edits)
        except Exception as error:  # our own fault: the finding still has its message and its source
            self.bugs.append(bugs.sentence(f"the search for the line of {spot.resource}", error))
            return Traced(Location(spot.resource.source))

    def _edits(self, source: Source) -> Passage | None:
        """The overrides of the Application as a kustomization of their own."""
        if source.application is None or source.overrides is None:
            return None
        if id(source) not in self._edited:
            application = source.application_set or source.application
            where = self.of(source.application.at(*source.route, "kustomize"))
            pages = self._pages_of(self._homes.get(id(application), source))
            found = overriding(source, where, pages)
            # Its text is not to be looked for in the files of another revision.
            apart = found is not None and pages is not self._pages_of(source)
            self._edited[id(source)] = replace(found, pinned=where) if found and apart else found
        return self._edited[id(source)]

    def _tree_of(self, source: Source) -> Tree:
        return source.view.tree if source.view else self._tree

    def _pages_of(self, source: Source) -> Pages:
        commit = source.view.commit if source.view else ""
        if commit not in self._pages:
            self._pages[commit] = Pages(self._tree_of(source))
        return self._pages[commit]

    def _origin(self, spot: Spot) -> Origin | None:
        origins = self._origins.get(self._request(spot.resource), ())
        return origins[spot.resource.index] if spot.resource.index < len(origins) else None
