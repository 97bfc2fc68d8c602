"""A renderer that answers a question it was asked before from memory: for a run that looks at two states."""

from collections.abc import Sequence
from pathlib import Path

from ringtrue.rendering.request import Progress, Rendered, Renderer, Request


class Remembering:
    """Renders equal requests once, for as long as it lives: what they read must not change meanwhile."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._known: dict[Path, dict[Request, Rendered]] = {}

    @property
    def name(self) -> str:
        return self._renderer.name

    @property
    def version(self) -> str:
        return self._renderer.version

    @property
    def is_fallback(self) -> bool:
        return self._renderer.is_fallback

    @property
    def renders_charts(self) -> bool:
        return self._renderer.renders_charts

    def render(self, requests: Sequence[Request], root: Path, progress: Progress | None = None) -> list[Rendered]:
        """As the renderer would; `progress` is called for known answers too, before the others."""
        known = self._known.setdefault(root, {})
        for request in requests:
            if request in known and progress:
                progress(known[request])
        missing = list(dict.fromkeys(request for request in requests if request not in known))
        for answer in self._renderer.render(missing, root, progress) if missing else ():
            known[answer.request] = answer
        return [known[request] for request in requests]
