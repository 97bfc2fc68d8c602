"""The processes of a cluster: started, waited for, watched, and quoted when they fail. Runs inside its namespaces."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep

_PAUSE_SECONDS = 0.1
_FATAL = re.compile(r'^F\d{4} |"level":"fatal"|level=fatal|^panic:|^fatal error:|^\w*Error: |^Error: |^error: ', re.M)
_ERROR = re.compile(r'^E\d{4} |"level":"error"|level=error', re.M)
_HARMLESS = (
    "oom_score_adj",
    "requestheader-client-ca-file",
    "Failed to list existing nftables objects",
)
"""What every healthy start prints too, where root may not do everything."""


class Failed(Exception):
    """A process that does not come up or did not stay; the text says which, and the first real error of its log."""


class Daemons:
    """Processes by name, each with a log of its own."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str] = {}, **inherited: int) -> None:
        """Starts it in a session of its own. `inherited` are open files by name, which it gets as numbers."""
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | environment,
                pass_fds=tuple(inherited.values()),
                start_new_session=True,
            )

    def wait(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        """Until it is ready, and no longer than that; raises Failed."""
        deadline = monotonic() + seconds
        while not ready():
            self.check()
            if monotonic() > deadline:
                raise Failed(f"{name} is not ready after {seconds:.0f} s: {self._first_error(name)}")
            sleep(_PAUSE_SECONDS)

    def check(self) -> None:
        """Raises Failed when one of them has ended."""
        for name, process in self._running.items():
            if (status := process.poll()) is not None:
                raise Failed(f"{name} ended with status {status}: {self._first_error(name)}")

    def _first_error(self, name: str) -> str:
        return first_error((self._logs / f"{name}.log").read_text(errors="replace"))


def first_error(log: str) -> str:
    """The line of a log that says what went wrong: its first fatal one, else its first error, else its last line."""
    lines = [line for line in log.splitlines() if line.strip() and not any(each in line for each in _HARMLESS)]
    for pattern in (_FATAL, _ERROR):
        if found := next((line for line in lines if pattern.search(line)), None):
            return found.strip()
    return lines[-1].strip() if lines else "its log is empty"
