"""A program that reads one JSON value a line and answers each with one."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from components.building import Unavailable
from frame.namespaces import ORACLES

_GRACE_SECONDS = 10


class LineProgram:
    """A child process that is asked in lockstep; ends with the `with` block, or with this process, at its input's end.

    It has a session of its own: Ctrl-C reaches only this process, so that the child ends in good order.
    """

    def __init__(self, command: Sequence[str], name: str, environment: Mapping[str, str] | None = None) -> None:
        self._name = name
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ORACLES,
            env=environment,
            start_new_session=True,
        )

    def ask(self, value: Any) -> Any:
        """The answer to one value; raises Unavailable when the program has ended."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            self._child.stdin.write(json.dumps(value) + "\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise Unavailable(f"{self._name} ended with status {self._child.wait()} instead of answering")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._child.communicate(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
