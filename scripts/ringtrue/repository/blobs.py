"""Contents of git objects through one `git cat-file --batch`."""

import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class BlobReader:
    """May be read from many threads; `close` ends the process."""

    repository: Path
    variables: Mapping[str, str]
    _process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, identity: str) -> bytes | None:
        """The content; None for an object that is not here.

        In a partial clone git gives up when it may not fetch what is missing, so the next call starts it again.
        """
        with self._lock:
            process = self._process or self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(identity.encode() + b"\n")
                process.stdin.flush()
                header = process.stdout.readline().split()
            except BrokenPipeError:
                header = []
            if not header:
                self._end()
            if len(header) != 3:
                return None
            return process.stdout.read(int(header[2]) + 1)[:-1]

    def close(self) -> None:
        """Leave no process."""
        with self._lock:
            self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=self.repository,
            env=self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None
