"""The renderer that is built from scripts/renderer when ringtrue is installed."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringtrue.rendering import messages, places
from ringtrue.rendering.request import Limits, Origin, Progress, Rendered, Request
from ringtrue.rendering.session import Answer, Ending, Session


@dataclass(frozen=True, slots=True)
class BuiltinRenderer:
    """Renders many sources in one process, and starts another when a source brings that one down."""

    program: Path
    limits: Limits
    version: str
    name: str = "built-in renderer"
    is_fallback: bool = False
    renders_charts: bool = False

    def render(self, requests: Sequence[Request], root: Path, progress: Progress | None = None) -> list[Rendered]:
        """See `Renderer.render`."""
        run = _Run(self, places.real(root), requests, progress)
        while run.waiting:
            run.together()
        return [run.done[number] for number in range(len(requests))]


class _Run:
    def __init__(
        self, renderer: BuiltinRenderer, root: Path, requests: Sequence[Request], progress: Progress | None
    ) -> None:
        self.renderer = renderer
        self.root = root
        self.waiting = dict(enumerate(requests))
        self.done: dict[int, Rendered] = {}
        self.progress = progress

    def together(self) -> None:
        """One process for all that waits; of several sources in flight at a crash, each then runs alone."""
        before = len(self.waiting)
        session = self._session(list(self.waiting), self.renderer.limits.jobs)
        if session.ending is Ending.LATE:
            self._blame(session.suspects or tuple(self.waiting), session.ending)
        elif len(session.suspects) == 1:
            self._blame(session.suspects, session.ending)
        elif session.suspects:
            for number in session.suspects:
                self._alone(number)
        elif len(self.waiting) == before:
            self._blame(tuple(self.waiting), session.ending)

    def _alone(self, number: int) -> None:
        session = self._session([number], 1)
        if number in self.waiting:
            self._blame((number,), session.ending)

    def _session(self, numbers: Sequence[int], jobs: int) -> Session:
        session = Session(self.renderer.program, self.renderer.limits, jobs)
        wanted = {number: _wire(number, self.waiting[number], self.root) for number in numbers}
        with closing(session.answers(wanted)) as answers:
            for number, answer in answers:
                self._take(_rendered(self.waiting[number], answer, self.root), number)
        return session

    def _take(self, rendered: Rendered, number: int) -> None:
        self.done[number] = rendered
        del self.waiting[number]
        if self.progress:
            self.progress(rendered)

    def _blame(self, numbers: Sequence[int], ending: Ending) -> None:
        for number in numbers:
            self._take(Rendered(self.waiting[number], error=_sentence(ending, self.renderer.limits)), number)


def _sentence(ending: Ending, limits: Limits) -> str:
    if ending is Ending.LATE:
        return messages.too_long(limits.seconds)
    if ending is Ending.MEMORY:
        return messages.too_large(limits.memory)
    return messages.RUBBISH if ending is Ending.RUBBISH else messages.STOPPED


def _wire(number: int, request: Request, root: Path) -> Answer:
    return {
        "id": number,
        "root": str(root),
        "path": request.path,
        "form": request.form,
        "values": request.values,
        "origins": request.origins,
        "overrides": request.overrides.wire() if request.overrides else None,
        "revision": request.revision,
        "repository": request.repository,
        "folder": request.folder,
        "expansion": json.loads(request.expansion) if request.expansion else None,
    }


def _rendered(request: Request, answer: Answer, root: Path) -> Rendered:
    values: Sequence[Mapping[str, Any]] | None = answer.get("resources")
    error: str = answer.get("error", "")
    return Rendered(
        request,
        values=None if values is None else tuple(values),
        text=answer.get("yaml", "") if request.form == "yaml" and not error else None,
        origins=tuple(_origin(place) for place in answer.get("origins", ())),
        error=messages.cleaned(error, root / request.folder),
    )


def _origin(place: Mapping[str, Any] | None) -> Origin | None:
    if place is None:
        return None
    return Origin(place["path"], place.get("line", 0), place.get("configured_in", ""))
