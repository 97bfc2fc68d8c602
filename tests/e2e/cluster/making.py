"""Everything that a cluster is made of, made side by side: compilers wait for one another, debootstrap for a mirror.

Each part is a process of its own, `python -m cluster.making PART`, which ends when this one does.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from time import monotonic

from components.building import Unavailable, say, tool
from components.kubernetes import kubernetes

from cluster import images
from cluster.programs import argocd, coredns, debian
from cluster.site import LIBRARIES

PARTS: Mapping[str, Callable[[], object]] = {
    "kubernetes": kubernetes,
    "argocd": argocd,
    "coredns": coredns,
    "debian": images.root_folder,
}
_UNAVAILABLE = 4


def make_all() -> None:
    """Builds what is not built. Raises Unavailable with what is missing on this machine, before anything is begun."""
    debian()
    _permitted()
    start, running = monotonic(), {}
    try:
        for part in PARTS:
            command = [tool("setpriv", "util-linux"), "--pdeathsig", "TERM", sys.executable, "-m", __name__, part]
            running[part] = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True)
        for part, process in running.items():
            said = process.communicate()[0]
            if process.returncode:
                raise Unavailable(said.strip() or f"{part} cannot be made: status {process.returncode}")
        images.archive(str(coredns()))
    finally:
        for process in running.values():
            process.kill()
            process.wait()
    say(f"all that a cluster is made of is there, after {monotonic() - start:.0f} s")


def _permitted() -> None:
    """Raises Unavailable where root may not make namespaces, or mount in them."""
    spaces = ["--net", "--mount", "--pid", "--ipc", "--uts", "--fork", "--mount-proc"]
    command = [tool("unshare", "util-linux"), *spaces, "mount", "-t", "tmpfs", "tmpfs", "/run"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise Unavailable(f"root may not make namespaces here ({said}); where this is a container, run it privileged")


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": ":".join(map(str, LIBRARIES)), "PYTHONDONTWRITEBYTECODE": "1"}


def main(part: str) -> int:
    try:
        PARTS[part]()
    except Unavailable as missing:
        sys.stdout.write(str(missing))
        return _UNAVAILABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
