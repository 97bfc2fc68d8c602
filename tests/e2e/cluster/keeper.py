"""Stands outside a cluster's namespaces and takes away what is left when it ends: `python -m cluster.keeper SITE ...`.

It starts the first process in there and waits for it. Is the keeper itself killed, the first process is too (the
kernel sees to that), and the runner sweeps in its place.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from cluster.inside import FAILED
from cluster.leftovers import sweep, write_keeper
from cluster.site import Site

_NAMESPACES = ("--net", "--mount", "--pid", "--ipc", "--uts")


def main(path: str, control: int, listener: int) -> None:
    site = Site.load(path)
    folder = Path(site.folder)
    write_keeper(folder)
    command = [site.programs["setpriv"], "--pdeathsig", "KILL", site.programs["unshare"], *_NAMESPACES]
    command += ["--fork", "--kill-child", "--mount-proc", sys.executable, "-m", "cluster.inside"]
    command += [path, str(control), str(listener)]
    first = subprocess.Popen(command, pass_fds=(control, listener))

    def end(_signal: int, _frame: FrameType | None) -> None:
        first.kill()

    signal.signal(signal.SIGTERM, end)
    for own in (control, listener):
        os.close(own)  # who waits at the other end must notice when the namespaces go
    (folder / "first").write_text(str(first.pid))
    status = first.wait()
    sweep(folder, site.cgroup, keep_logs=status == FAILED)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
