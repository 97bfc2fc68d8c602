"""kustomize or kubectl from PATH in place of the built-in renderer: one process a source, side by side."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from ringtrue.rendering import messages, places, plain_file
from ringtrue.rendering.annotated import origins_of
from ringtrue.rendering.closure import closure_of
from ringtrue.rendering.request import Limits, Progress, Rendered, Request

# No address is behind this proxy: whatever the closure check may have missed ends there, and not on the network.
_NO_PROXY = "http://0.0.0.0:0"
_NEEDED_BY_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP")
_COMMANDS = {"kustomize": ("build",), "kubectl": ("kustomize",)}
_VERSIONS = {"kustomize": ("version",), "kubectl": ("version", "--client")}


@dataclass(frozen=True, slots=True)
class BinaryRenderer:
    """`name` is kustomize or kubectl, `program` where it stands."""

    name: str
    program: Path
    limits: Limits
    is_fallback: bool = True

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
            run.stop()
            pool.shutdown(cancel_futures=True)


def _report(futures: Sequence[Future[Rendered]], progress: Progress | None) -> None:
    for future in as_completed(futures):
        rendered = future.result()
        if progress:
            progress(rendered)


class _Run:
    def __init__(self, renderer: BinaryRenderer, root: Path) -> None:
        self.renderer = renderer
        self.root = root
        self.processes: set[subprocess.Popen[bytes]] = set()
        self.stopped = False

    def one(self, request: Request) -> Rendered:
        if request.form == "file":
            return plain_file.read(self.root, request)
        closure = closure_of(self.root, request.path)
        if closure.refusal:
            return Rendered(request, error=closure.refusal)
        text: str | None = None
        error = ""
        if request.values or request.form == "yaml":
            text, error = self.build(self.root, places.target(self.root, request.path))
        if error or not request.origins:
            return Rendered(request, text=None if error else text, error=error)
        origins, error = origins_of(closure, request.path, self.build)
        # The plain build decides whether the source renders; without one, the annotated build does.
        return Rendered(request, text=text, origins=origins, error="" if request.values else error)

    def build(self, root: Path, directory: Path) -> tuple[str, str]:
        """The YAML of a directory, and an error or ""; exactly one of them is to be used."""
        limits = self.renderer.limits
        command = [str(self.renderer.program), *_COMMANDS[self.renderer.name], str(directory)]
        with tempfile.TemporaryDirectory(prefix="ringtrue-") as home:
            try:
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=environment(os.environ, home),
                )
            except OSError:
                return "", messages.STOPPED
            output, log, late = self._outcome(process)
        if late:
            return "", messages.too_long(limits.seconds)
        return _judged(process.returncode, output, log, root, limits)

    def _outcome(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes, bool]:
        self.processes.add(process)
        if self.stopped:
            process.kill()
        bound(process.pid, self.renderer.limits.memory)
        try:
            output, log = process.communicate(timeout=self.renderer.limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return b"", b"", True
        finally:
            self.processes.discard(process)
        return output, log, False

    def stop(self) -> None:
        """Leave no child, whatever ended the run."""
        self.stopped = True
        for process in list(self.processes):
            process.kill()


def _judged(status: int, output: bytes, log: bytes, root: Path, limits: Limits) -> tuple[str, str]:
    words = log.decode(errors="replace")
    if status != 0:
        if messages.ran_out_of_memory(words):
            return "", messages.too_large(limits.memory)
        own = messages.cleaned(messages.own_words(words), root)
        return "", own if own and status > 0 else messages.STOPPED
    try:
        return output.decode(), ""
    except UnicodeDecodeError:
        return "", messages.RUBBISH


def environment(given: Mapping[str, str], home: str) -> dict[str, str]:
    """What a binary sees: no PATH to find git in, no network, no configuration of the user's, a lazy collector."""
    kept = {name: given[name] for name in _NEEDED_BY_WINDOWS if name in given}
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NO_PROXY)
    return kept | proxies | {"PATH": "", "HOME": home, "KUBECONFIG": os.devnull, "GOGC": "400"}


def bound(process: int, memory: int) -> None:
    """Limit the address space of a child that has just started; only Linux can do that from outside."""
    if sys.platform == "linux":
        import resource

        try:
            resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))
        except (ProcessLookupError, PermissionError):
            return  # it has ended already
