"""Inside namespaces of our own: a network that is nothing but loopback, and a folder that goes with them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_FOLDER = "/dev/shm"
"""Never a place of programs or checkouts; what is there on the machine stays untouched beneath the mount."""


def settle() -> Path:
    """Brings loopback up and mounts an empty folder that only these namespaces see: nothing can be left over."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    for command in ("mount --make-rprivate /", f"mount -t tmpfs tmpfs {_FOLDER}", "ip link set lo up"):
        done = subprocess.run(command.split(), capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{command}: {done.stderr.strip()}")
    return Path(_FOLDER)


def serve(answer: Callable[[Any], Any]) -> None:
    """Answers each line of standard input, until it ends or nobody reads the answers any more."""
    for line in sys.stdin:
        said = json.dumps(answer(json.loads(line)))
        try:
            sys.stdout.write(said + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            os._exit(0)  # the runner was killed; not even the interpreter's own last flush may speak


if __name__ == "__main__":
    settle()
