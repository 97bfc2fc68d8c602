"""However a cluster ends, nothing of it stays: no process, mount, namespace, cgroup or file."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import sleep

import pytest

from cluster.leftovers import RUNS, cgroups
from cluster.site import cgroup_of, environment
from conftest import Say
from waiting import until

_SEED = int(os.environ.get("SEED") or Random().randrange(1000))
_UP_SECONDS = 180
_WAY_UP_SECONDS = 25
_HOLD = """
import sys, time
from cluster.running import Cluster
with Cluster(name=sys.argv[1]) as cluster:
    print("up", flush=True)
    while True:
        cluster.check()
        time.sleep(0.2)
"""
"""A runner that only looks after its cluster."""
_COMPONENTS = ("etcd", "kube-apiserver", "containerd", "kubelet", "network-policies")


@dataclass(frozen=True, slots=True)
class _Held:
    """A cluster that another process runs."""

    runner: subprocess.Popen[bytes]
    name: str

    @property
    def folder(self) -> Path:
        return RUNS / self.name

    def keeper(self) -> int | None:
        return _number(self.folder / "keeper", of=self.runner.pid)

    def first(self) -> int | None:
        """The first process of its namespaces; None while there is none."""
        parent = _number(self.folder / "first")
        children = Path(f"/proc/{parent}/task/{parent}/children")
        try:
            return int(children.read_text().split()[0])
        except (OSError, IndexError):
            return None

    def component(self, name: str) -> int:
        """A process inside, by what it runs."""
        said = {number: _command(number) for number in _processes_in(_space(self.first() or 0))}
        return next(number for number, command in said.items() if _names(command, name))


def _names(command: list[str], name: str) -> bool:
    words = {Path(word).name for word in command[:2]}
    return name in words or (name == "network-policies" and "cluster.enforcing" in command)


def _number(path: Path, of: int = 0) -> int | None:
    """The process that a file names; None where it is missing, or names only `of`."""
    try:
        number = int(path.read_text().split()[0])
    except (OSError, IndexError, ValueError):
        return None
    return number if number != of else None


def _command(number: int) -> list[str]:
    try:
        return Path(f"/proc/{number}/cmdline").read_text().split("\0")
    except OSError:
        return []


def _space(number: int) -> str:
    return str(Path(f"/proc/{number}/ns/pid").readlink())


def _processes_in(space: str) -> list[int]:
    found = []
    for each in Path("/proc").iterdir():
        try:
            if each.name.isdecimal() and str((each / "ns" / "pid").readlink()) == space:
                found.append(int(each.name))
        except OSError:
            continue
    return found


def _mounts() -> list[str]:
    return sorted(line.split(" ", 2)[2] for line in Path("/proc/self/mountinfo").read_text().splitlines())


def _files() -> dict[str, list[str]]:
    """What programs of a cluster would write to, were it not hidden from them."""
    places = ("/run/netns", "/var/lib/cni", "/var/lib/kubelet", "/var/log/containers", "/var/log/pods", "/run")
    return {place: sorted(each.name for each in Path(place).glob("*")) for place in places}


@pytest.fixture
def held(request: pytest.FixtureRequest) -> Iterator[_Held]:
    """A cluster on its way up, run by another process in a session of its own."""
    name = f"ending-{os.getpid()}-{request.node.nodeid.partition('[')[2].rstrip(']')}"
    command = [sys.executable, "-c", _HOLD, name]
    runner = subprocess.Popen(
        command,
        env=os.environ | environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield _Held(runner, name)
    runner.kill()
    runner.wait()


def _comes_up(held: _Held) -> None:
    assert held.runner.stdout is not None
    assert held.runner.stdout.readline() == b"up\n"


def _nothing_is_left(held: _Held, spaces: set[str]) -> None:
    until("the runner ends", lambda: held.runner.poll() is not None, 60)

    def left() -> list[object]:
        processes = [_command(number) for space in spaces for number in _processes_in(space)]
        keeper = [_command(number) for number in [held.keeper()] if number and held.name in " ".join(_command(number))]
        return [
            *processes,
            *keeper,
            *cgroups(cgroup_of(held.folder)),
            *([held.folder] if held.folder.exists() else []),
        ]

    until("nothing is left", lambda: not left(), 60, left)


def _kill(number: int | None, how: signal.Signals = signal.SIGKILL) -> None:
    assert number is not None
    os.kill(number, how)


ENDINGS: dict[str, Callable[[_Held], None]] = {
    "runner": lambda held: _kill(held.runner.pid),
    "interrupt": lambda held: _kill(held.runner.pid, signal.SIGINT),
    "terminate": lambda held: _kill(held.runner.pid, signal.SIGTERM),
    "keeper": lambda held: _kill(held.keeper()),
    "first": lambda held: _kill(held.first()),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_end_of_a_running_cluster_leaves_nothing(held: _Held, say: Say, ending: str) -> None:
    mounts, files = _mounts(), _files()
    _comes_up(held)
    spaces = {_space(held.first() or 0)}
    assert len(_processes_in(*spaces)) > 8

    ENDINGS[ending](held)

    _nothing_is_left(held, spaces)
    assert (_mounts(), _files()) == (mounts, files)
    say(f"killed while up: {ending}")


@pytest.mark.parametrize("component", _COMPONENTS)
def test_a_component_that_dies_ends_its_cluster(held: _Held, say: Say, component: str) -> None:
    mounts, files = _mounts(), _files()
    _comes_up(held)
    spaces = {_space(held.first() or 0)}

    _kill(held.component(component))

    _nothing_is_left(held, spaces)
    assert (_mounts(), _files()) == (mounts, files)
    say(f"killed while up: {component}")


@pytest.mark.parametrize("number", range(10))
def test_an_end_on_the_way_up_leaves_nothing(held: _Held, say: Say, number: int) -> None:
    """At a random point: runner, keeper or first process. `SEED` repeats a run."""
    random = Random(f"{_SEED} {number}")
    ending, after = random.choice(("runner", "interrupt", "keeper", "first")), random.uniform(0.5, _WAY_UP_SECONDS)
    mounts, files = _mounts(), _files()
    until("the first process runs", held.first, _UP_SECONDS)
    until("the keeper answers for it", held.keeper, 10)
    spaces = {_space(held.first() or 0)}
    sleep(after)

    ENDINGS[ending](held)

    _nothing_is_left(held, spaces)
    assert (_mounts(), _files()) == (mounts, files)
    say(f"seed {_SEED}: {ending} killed {after:.1f} s after the first process began")
