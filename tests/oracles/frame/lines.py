"""A program that reads one JSON value a line and answers each with one."""

import json
import subprocess
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self


class LineProgram:
    """A child process that is asked in lockstep; ends with the `with` block."""

    def __init__(self, command: Sequence[str]) -> None:
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._command = command

    def ask(self, value: Any) -> Any:
        """The answer to one value; raises RuntimeError when the program has ended."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps(value) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._command[0]} ended with status {self._child.wait()}")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.communicate()
