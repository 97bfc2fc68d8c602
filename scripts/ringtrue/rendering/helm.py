"""Helm from PATH, for charts that stand in the repository: a renderer that has it renders them too."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ringtrue.errors import RingtrueError
from ringtrue.rendering import messages, places
from ringtrue.rendering.process import Program
from ringtrue.rendering.request import Limits, Progress, Rendered, Renderer, Request
from ringtrue.rendering.scratch import Disk, Revision, Scratch, scratch
from ringtrue.repository.snapshot import Unreadable, snapshot


@dataclass(frozen=True, slots=True)
class WithHelm:
    """Passes on to another renderer what is no chart."""

    renderer: Renderer
    program: Path
    limits: Limits
    renders_charts: bool = True

    @property
    def name(self) -> str:
        return self.renderer.name

    @property
    def version(self) -> str:
        return self.renderer.version

    @property
    def is_fallback(self) -> bool:
        return self.renderer.is_fallback

    def render(self, requests: Sequence[Request], root: Path, progress: Progress | None = None) -> list[Rendered]:
        """See `Renderer.render`."""
        others = [request for request in requests if request.chart is None]
        done = dict(zip(others, self.renderer.render(others, root, progress), strict=True)) if others else {}
        program = Program(self.program, self.limits)
        pool = ThreadPoolExecutor(max_workers=self.limits.jobs)
        charts = list(dict.fromkeys(request for request in requests if request.chart is not None))
        try:
            for rendered in pool.map(lambda request: _rendered(request, places.real(root), program), charts):
                done[rendered.request] = rendered
                if progress:
                    progress(rendered)
        finally:
            program.stop()
            pool.shutdown(cancel_futures=True)
        return [done[request] for request in requests]


def _rendered(request: Request, root: Path, program: Program) -> Rendered:
    """In a copy of the chart and its values files: helm may write beside them."""
    if request.chart is None or not (request.values or request.form == "yaml"):
        return Rendered(request)
    try:
        with _copied(request, root) as copy:
            top = copy.root / request.folder
            values = ""
            if request.chart.values:
                values = str(copy.root / ".ringtrue-values.yaml")
                Path(values).write_text(request.chart.values, encoding="utf-8")
            text, error = program.run(request.chart.arguments(request.path, values), top, top)
    except (RingtrueError, Unreadable) as problem:
        return Rendered(request, error=messages.cleaned(str(problem), root))
    except OSError as problem:
        name = messages.cleaned(str(problem.filename or request.path), root)
        return Rendered(request, error=f"{name!r} cannot be read: {problem.strerror or problem}")
    return Rendered(request, text=None if error else text, error=messages.cleaned(error, top))


@contextmanager
def _copied(request: Request, root: Path) -> Iterator[Scratch]:
    if request.revision:
        with snapshot(Path(request.repository), request.revision) as found, scratch(Revision(found)) as copy:
            _bring(request, copy)
            yield copy
    else:
        with scratch(Disk(root)) as copy:
            _bring(request, copy)
            yield copy


def _bring(request: Request, copy: Scratch) -> None:
    chart = replace(request.chart) if request.chart else None
    top = copy.root / request.folder
    copy.bring_all(places.target(top, request.path))
    for file in chart.reads() if chart else ():
        copy.bring(places.target(top, file))
