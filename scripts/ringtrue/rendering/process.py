"""One program from PATH: bounded in time and memory, without the network, and gone when the run is."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ringtrue.rendering import messages
from ringtrue.rendering.request import Limits

# No address is behind this proxy: whatever the closure check may have missed ends there, and not on the network.
_NO_PROXY = "http://0.0.0.0:0"
_NEEDED_BY_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP")


@dataclass(slots=True)
class Program:
    """kustomize or kubectl, started from many threads."""

    path: Path
    limits: Limits
    _processes: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _stopped: bool = False

    def run(self, arguments: Sequence[str], root: Path, folder: Path | None = None) -> tuple[str, str]:
        """What the binary prints when it runs in the folder, and an error or ""."""
        command = [str(self.path), *arguments]
        with tempfile.TemporaryDirectory(prefix="ringtrue-") as home:
            try:
                process = subprocess.Popen(
                    command,
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=environment(os.environ, home),
                )
            except OSError:
                return "", messages.STOPPED
            output, log, late = self._outcome(process)
        if late:
            return "", messages.too_long(self.limits.seconds)
        return _judged(process.returncode, output, log, root, self.limits)

    def _outcome(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes, bool]:
        self._processes.add(process)
        if self._stopped:
            process.kill()
        bound(process.pid, self.limits.memory)
        try:
            output, log = process.communicate(timeout=self.limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return b"", b"", True
        finally:
            self._processes.discard(process)
        return output, log, False

    def stop(self) -> None:
        """Leave no child, whatever ended the run."""
        self._stopped = True
        for process in list(self._processes):
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
