"""One process of the built-in renderer, from its first request to its last answer or its end.

Requests are written by a thread (64 KB of them would fill the pipe while nobody reads answers), answers are read by
another, and the caller's thread waits for them with a deadline for each source that has started.
"""

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Any

from ringtrue.rendering.messages import ran_out_of_memory
from ringtrue.rendering.request import Limits

_LAST_WORDS = 1 << 20  # Go says why it stops before it prints every stack


class Ending(Enum):
    """Why a session ended."""

    COMPLETE = "every request was answered"
    LATE = "a source met its deadline"
    MEMORY = "the process met its limit on memory"
    STOPPED = "the process stopped"
    RUBBISH = "the process wrote something that is no answer"


Answer = Mapping[str, Any]
_Line = tuple[float, bytes]


@dataclass(slots=True)
class Session:
    """Iterate over `answers`; `ending` and `suspects` (ids in flight, or those that were late) are set afterwards."""

    program: Path
    limits: Limits
    jobs: int
    ending: Ending = Ending.COMPLETE
    suspects: tuple[int, ...] = ()

    def answers(self, requests: Mapping[int, Answer]) -> Generator[tuple[int, Answer], None, None]:
        """The answers in the order they come, by id; the process is gone when this ends, however it ends."""
        command = [str(self.program), f"-jobs={self.jobs}", f"-memory={self.limits.memory}"]
        # The process is killed in the end, so it cannot clean up itself.
        with tempfile.TemporaryDirectory(prefix="ringtrue-") as scratch, tempfile.TemporaryFile() as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "TMPDIR": scratch, "TMP": scratch, "TEMP": scratch},
            )
            try:
                yield from self._conversation(process, requests)
            finally:
                process.kill()
                process.wait()
            if self.ending is Ending.STOPPED and ran_out_of_memory(_last_words(log)):
                self.ending = Ending.MEMORY

    def _conversation(
        self, process: subprocess.Popen[bytes], requests: Mapping[int, Answer]
    ) -> Generator[tuple[int, Answer], None, None]:
        lines: queue.SimpleQueue[_Line] = queue.SimpleQueue()
        assert process.stdin is not None
        assert process.stdout is not None
        threading.Thread(target=_write, args=(process.stdin, list(requests.values())), daemon=True).start()
        threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
        waiting = set(requests)
        begun: dict[int, float] = {}
        heard = time.monotonic()
        while waiting:
            oldest = min(begun.values(), default=heard)
            try:
                heard, line = lines.get(timeout=max(0.0, oldest + self.limits.seconds - time.monotonic()))
            except queue.Empty:
                self._late(begun)
                return
            answer = _parsed(line, waiting)
            if answer is None:
                self.ending = Ending.RUBBISH if line else Ending.STOPPED
                self.suspects = tuple(begun)
                return
            number = answer.get("id")
            if not isinstance(number, int):
                continue  # the greeting
            if answer.get("started"):
                begun[number] = heard
                continue
            waiting.discard(number)
            begun.pop(number, None)
            yield number, answer

    def _late(self, begun: Mapping[int, float]) -> None:
        now = time.monotonic()
        self.ending = Ending.LATE
        self.suspects = tuple(number for number, since in begun.items() if now - since >= self.limits.seconds)


def _write(pipe: IO[bytes], requests: Sequence[Answer]) -> None:
    try:
        for request in requests:
            pipe.write(json.dumps(request).encode() + b"\n")
        pipe.close()
    except (OSError, ValueError):
        return  # the process has gone, which the reader sees


def _read(pipe: IO[bytes], lines: "queue.SimpleQueue[_Line]") -> None:
    with pipe:
        for line in pipe:
            lines.put((time.monotonic(), line))
    lines.put((time.monotonic(), b""))


def _parsed(line: bytes, waiting: set[int]) -> Answer | None:
    """An answer to something asked, or the greeting; None for anything else and for the end."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    if not isinstance(value, dict) or not ("renderer" in value or value.get("id") in waiting):
        return None
    return value if isinstance(value.get("resources"), list | None) else None


def _last_words(log: IO[bytes]) -> str:
    end = log.seek(0, 2)
    log.seek(max(0, end - _LAST_WORDS))
    return log.read().decode(errors="replace")
