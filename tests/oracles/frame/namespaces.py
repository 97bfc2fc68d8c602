"""Namespaces of our own, from outside: the start of a command that runs in them."""

import os
import subprocess
import sys
from pathlib import Path

from components.building import Unavailable, reason, tool

ORACLES = Path(__file__).resolve().parent.parent


def in_namespaces(*kinds: str) -> list[str]:
    """The start of a command that runs in namespaces of its own ("--net", "--mount", ...), as root in them."""
    tool("ip", "iproute2")
    command = [tool("unshare", "util-linux"), *kinds, *([] if os.geteuid() == 0 else ["--map-root-user"])]
    tried = subprocess.run(
        [*command, sys.executable, "-m", "frame.private"], cwd=ORACLES, capture_output=True, text=True
    )
    if tried.returncode:
        who = "root here may not" if os.geteuid() == 0 else "this user may not, root may"
        raise Unavailable(f"it needs network and mount namespaces of its own; {who} make them: {reason(tried.stderr)}")
    return command
