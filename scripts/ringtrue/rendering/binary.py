"""kustomize or kubectl from PATH in place of the built-in renderer: one process a source, side by side."""

import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ringtrue.errors import RingtrueError
from ringtrue.rendering import edited, kubectl_edits, messages, places, plain_file
from ringtrue.rendering.annotated import origins_of
from ringtrue.rendering.closure import Closure, closure_of
from ringtrue.rendering.overrides import Overrides
from ringtrue.rendering.process import Program
from ringtrue.rendering.request import Limits, Progress, Rendered, Request
from ringtrue.rendering.scratch import Disk, Revision, Scratch, Source, scratch
from ringtrue.repository.snapshot import Unreadable, snapshot

_COMMANDS = {"kustomize": ("build",), "kubectl": ("kustomize",)}
_VERSIONS = {"kustomize": ("version",), "kubectl": ("version", "--client")}


@dataclass(frozen=True, slots=True)
class BinaryRenderer:
    """`name` is kustomize or kubectl, `program` where it stands."""

    name: str
    program: Path
    limits: Limits
    is_fallback: bool = True
    renders_charts: bool = False

    @property
    def version(self) -> str:
        """Version of Kustomize in the binary, "" when it does not say."""
        found = re.findall(r"v(\d+\.\d+\.\d+)", self._output(_VERSIONS[self.name]))
        return str(found[-1]) if found else ""

    def _output(self, arguments: Sequence[str]) -> str:
        try:
            done = subprocess.run(
                [str(self.program), *arguments],
                capture_output=True,
                text=True,
                timeout=self.limits.seconds,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return ""
        return done.stdout

    def render(self, requests: Sequence[Request], root: Path, progress: Progress | None = None) -> list[Rendered]:
        """See `Renderer.render`."""
        run = _Run(self, places.real(root))
        pool = ThreadPoolExecutor(max_workers=self.limits.jobs)
        try:
            futures = [pool.submit(run.one, request) for request in requests]
            _report(futures, progress)
            return [future.result() for future in futures]
        finally:
            run.program.stop()
            pool.shutdown(cancel_futures=True)
            run.stack.close()


def _report(futures: Sequence[Future[Rendered]], progress: Progress | None) -> None:
    for future in as_completed(futures):
        rendered = future.result()
        if progress:
            progress(rendered)


def _leave(path: Path) -> None:
    """Files on the disk are there already."""


class _Run:
    def __init__(self, renderer: BinaryRenderer, root: Path) -> None:
        self.renderer = renderer
        self.root = root
        self.program = Program(renderer.program, renderer.limits)
        self.stack = ExitStack()
        self.copies: dict[tuple[str, str], Scratch] = {}
        self.lock = Lock()

    def one(self, request: Request) -> Rendered:
        if request.form == "template":
            return Rendered(request, error=messages.NO_TEMPLATES)
        try:
            if not request.revision:
                return self._one(request, self.root, Disk(self.root), None)
            copy = self._copy_of(request)
            return self._one(request, copy.root / request.folder, copy.source, copy)
        except (RingtrueError, Unreadable) as error:
            return Rendered(request, error=messages.cleaned(str(error), self.root))
        except OSError as error:
            name = messages.cleaned(str(error.filename or request.path), self.root)
            return Rendered(request, error=f"{name!r} cannot be read: {error.strerror or error}")

    def _copy_of(self, request: Request) -> Scratch:
        """The scratch folder of a revision, which all its sources fill and share."""
        with self.lock:
            key = (request.repository, request.revision)
            if key not in self.copies:
                found = self.stack.enter_context(snapshot(Path(request.repository), request.revision))
                self.copies[key] = self.stack.enter_context(scratch(Revision(found)))
            return self.copies[key]

    def _one(self, request: Request, root: Path, source: Source, copy: Scratch | None) -> Rendered:
        see = copy.bring if copy else _leave
        if request.form == "file":
            see(places.target(root, request.path))
            return plain_file.read(root, request)
        if request.overrides:
            return self._overridden(request, request.overrides, source)
        closure = closure_of(root, request.path, see)
        if closure.blind and copy:
            copy.bring_all(copy.root)
        return self._built(request, closure)

    def _overridden(self, request: Request, overrides: Overrides, source: Source) -> Rendered:
        with scratch(source) as copy:
            root = copy.root / request.folder
            error = edited.apply(overrides, copy, root, request.path, self.edit)
            if error:
                return Rendered(request, error=messages.cleaned(error, root))
            closure = closure_of(root, request.path, copy.bring)
            if closure.blind:
                copy.bring_all(copy.root)
            return self._built(request, closure)

    def _built(self, request: Request, closure: Closure) -> Rendered:
        if closure.refusal:
            return Rendered(request, error=closure.refusal)
        text: str | None = None
        error = ""
        if request.values or request.form == "yaml":
            text, error = self.build(closure.root, places.target(closure.root, request.path))
        if error or not request.origins:
            return Rendered(request, text=None if error else text, error=error)
        origins, error = origins_of(closure, request.path, self.build)
        # The plain build decides whether the source renders; without one, the annotated build does.
        return Rendered(request, text=text, origins=origins, error="" if request.values else error)

    def edit(self, arguments: Sequence[str], directory: Path) -> str:
        """`kustomize edit` in a directory of a copy; an error, or ""."""
        if self.renderer.name != "kustomize":
            return kubectl_edits.edit(arguments, directory)
        return self.program.run(("edit", *arguments), directory, directory)[1]

    def build(self, root: Path, directory: Path) -> tuple[str, str]:
        """The YAML of a directory, and an error or ""; exactly one of them is to be used."""
        return self.program.run((*_COMMANDS[self.renderer.name], str(directory)), root)
