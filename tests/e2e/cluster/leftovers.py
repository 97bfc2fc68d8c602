"""What the kernel does not take away by itself when a cluster ends: its cgroups and its folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep, time

from cluster.site import WORK, cgroup_of

RUNS = WORK / "runs"
FAILED = WORK / "failed"
"""The logs of the clusters that failed last, by their names."""
_KEPT = 5
_CGROUPS = Path("/sys/fs/cgroup")
_PATIENCE_SECONDS = 20
_NEW_SECONDS = 5
_CPUSETS = ("cpuset.cpus", "cpuset.mems")
_CONTROLLERS = ("cpu", "cpuset", "hugetlb", "memory", "pids")
"""Of version 2: those that the kubelet looks for, as far as the kernel has them."""


def make_cgroups(name: str) -> None:
    """One in every hierarchy: the kubelet puts its own below it, so that two clusters do not share any."""
    for hierarchy in _hierarchies():
        _hand_down(hierarchy)
        folder = hierarchy / name
        folder.mkdir(exist_ok=True)
        for setting in _CPUSETS:  # of version 1: a new one is empty, and takes no process
            if (hierarchy / setting).exists():
                (folder / setting).write_text((hierarchy / setting).read_text())


def _hand_down(hierarchy: Path) -> None:
    """Of version 2: a group has only the controllers that the one above hands down. Those stay handed down."""
    offered = hierarchy / "cgroup.controllers"
    for each in set(_CONTROLLERS) & set(offered.read_text().split() if offered.exists() else ()):
        (hierarchy / "cgroup.subtree_control").write_text(f"+{each}")


def _hierarchies() -> Iterator[Path]:
    if (_CGROUPS / "cgroup.controllers").exists():
        yield _CGROUPS
        return
    yield from (each for each in _CGROUPS.iterdir() if each.is_dir() and not each.is_symlink())


def cgroups(name: str) -> list[Path]:
    """Those of a cluster, that are there."""
    return [hierarchy / name for hierarchy in _hierarchies() if (hierarchy / name).exists()]


def sweep(folder: Path, cgroup: str, keep_logs: bool) -> None:
    """Takes it all away, as often as you like. The last processes may still be on their way out."""
    deadline = monotonic() + _PATIENCE_SECONDS
    while (left := cgroups(cgroup)) and monotonic() < deadline:
        for each in left:
            _remove(each)
        sleep(0.05)
    if keep_logs and (folder / "logs").exists():
        _keep(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _keep(folder: Path) -> None:
    """Moves its logs to where they stay, in place of the oldest there. Clusters may fail side by side."""
    FAILED.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(FAILED / folder.name, ignore_errors=True)
    shutil.move(folder / "logs", FAILED / folder.name)
    with suppress(OSError):  # another one has been quicker
        for older in sorted(FAILED.iterdir(), key=lambda each: each.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(older, ignore_errors=True)


def _remove(cgroup: Path) -> None:
    for path, _, _ in os.walk(cgroup, topdown=False):
        with suppress(OSError):  # not empty yet, or gone
            Path(path).rmdir()


def sweep_stale() -> None:
    """Takes away what is left of clusters whose runner and keeper were both killed."""
    for folder in RUNS.glob("*") if RUNS.exists() else ():
        if not is_kept(folder) and not _is_new(folder):
            sweep(folder, cgroup_of(folder), keep_logs=False)


def _is_new(folder: Path) -> bool:
    """Whether somebody may be about to answer for it, or to take it away."""
    try:
        return time() - folder.stat().st_mtime < _NEW_SECONDS
    except OSError:
        return True


def is_kept(folder: Path) -> bool:
    """Whether a process still answers for it: its keeper, or, before there is one, its runner."""
    try:
        number, started = (folder / "keeper").read_text().split()
    except (OSError, ValueError):
        return False
    return started_at(int(number)) == started


def started_at(number: int) -> str | None:
    """When a process started, in the kernel's ticks: with its number, this is who it is."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return None


def write_keeper(folder: Path) -> None:
    """This process answers for the folder from now on. At once: another cluster may look just now."""
    written = folder / f"keeper.{os.getpid()}"
    written.write_text(f"{os.getpid()} {started_at(os.getpid())}")
    written.rename(folder / "keeper")
