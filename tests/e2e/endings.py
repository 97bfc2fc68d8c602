"""Ends of clusters, each tried on one of its own that another process runs: what is killed, when, and what stays.

They take their time, so they run beside the other tests: `Endings` begins them all, tests ask for each result.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import sleep
from typing import Self

from components.building import tool

from cluster.leftovers import FAILED, RUNS, cgroups
from cluster.site import cgroup_of, environment
from waiting import until

SEED = int(os.environ.get("SEED") or Random().randrange(1000))
_SIDE_BY_SIDE = 2
_SECONDS = 120
_HOLD = """
import signal, sys, time
from cluster.running import Cluster
signal.signal(signal.SIGINT, signal.default_int_handler)
name, argocd = sys.argv[1:]
with Cluster(name=name, argocd=argocd == "True", say=lambda step, seconds: print(step, flush=True)) as cluster:
    print("up", flush=True)
    while True:
        cluster.check()
        time.sleep(0.2)
"""
"""A runner that only looks after its cluster."""

WAY_UP = {
    "ground": 0.3,
    "etcd": 0.7,
    "kube-apiserver": 4.0,
    "door": 0.1,
    "controllers and scheduler": 4.0,
    "containerd and images": 5.0,
    "kubelet": 1.0,
    "kube-proxy (nftables)": 0.6,
    "network policies": 0.4,
    "CoreDNS": 2.5,
    "Argo CD": 4.0,
}
"""Each step of the way up, and about how many seconds it takes."""
_COMPONENTS = (
    *("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "containerd", "kubelet", "kube-proxy"),
    *("network-policies", "redis-server", "argocd"),
)
_RUNNER = {"runner": signal.SIGKILL, "interrupt": signal.SIGINT, "terminate": signal.SIGTERM}
_ANY_COMPONENT = "a component"


@dataclass(frozen=True, slots=True)
class Ending:
    """What is killed: when the cluster is up, or some seconds into a step of the way up."""

    victim: str
    step: str = ""
    after: float = 0.0


def _endings() -> Iterator[tuple[str, Ending]]:
    """Ten kinds of ends while it is up, and one at a random point of each step of the way up."""
    for victim in (*_RUNNER, "keeper", "first", "etcd", "kube-apiserver", "containerd", "kubelet", "network-policies"):
        yield f"up-{victim}", Ending(victim)
    random = Random(SEED)
    for step, seconds in WAY_UP.items():
        victim = random.choice(("runner", "interrupt", "keeper", "first", _ANY_COMPONENT, _ANY_COMPONENT))
        yield f"way-up-{step.partition(' ')[0]}", Ending(victim, step, random.uniform(0, seconds))


ENDINGS = dict(_endings())


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
        try:
            return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])
        except (OSError, IndexError):
            return None

    def space(self) -> str:
        """Its PID namespace."""
        number = until("the first process runs", self.first, _SECONDS)
        return str(Path(f"/proc/{number}/ns/pid").readlink())

    def components(self) -> dict[str, int]:
        """The processes inside, by what they run."""
        said = {number: _command(number) for number in _processes_in(self.space())}
        return {name: number for name in _COMPONENTS for number, command in said.items() if _names(command, name)}

    def reach(self, step: str) -> None:
        """Waits until that step of the way up begins, or until it is up."""
        until("the keeper answers for it", self.keeper, _SECONDS)
        for each in WAY_UP:
            if each == step:
                return
            if step or each != "Argo CD":
                self._hear(each)
        self._hear("up")

    def _hear(self, step: str) -> None:
        """The next line of the runner; fails with what it says where it did not come so far."""
        assert self.runner.stdout is not None
        assert self.runner.stderr is not None
        said = self.runner.stdout.readline().decode().strip()
        if said != step:
            self.runner.kill()
            raise AssertionError(
                f"{self.name}: {said!r} instead of {step!r}; {self.runner.stderr.read().decode()[-500:]}"
            )


class Endings:
    """Runs endings beside whatever else runs, a few at a time."""

    def __init__(self, names: Iterable[str]) -> None:
        self._runners: list[subprocess.Popen[bytes]] = []
        self._pool = ThreadPoolExecutor(_SIDE_BY_SIDE)
        self._begun: dict[str, Future[str]] = {name: self._pool.submit(self._run, name) for name in names}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Those that have not begun never do; those that run are ended."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for runner in self._runners:
            runner.kill()
        self._pool.shutdown()

    def result(self, name: str) -> str:
        """What was killed when, in words; raises AssertionError where anything stayed."""
        return self._begun[name].result()

    def _run(self, name: str) -> str:
        ending = ENDINGS[name]
        with _held(f"ending-{os.getpid()}-{name}", ending.step == "Argo CD") as held:
            self._runners.append(held.runner)
            return _end(held, ending)


@contextmanager
def _held(name: str, argocd: bool) -> Iterator[_Held]:
    """A cluster on its way up, whose runner goes when this process does. What others wait for comes before it."""
    command = [tool("setpriv", "util-linux"), "--pdeathsig", "KILL", "nice", "-n", "5"]
    command += [sys.executable, "-c", _HOLD, name, str(argocd)]
    runner = subprocess.Popen(
        command,
        env=os.environ | environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield _Held(runner, name)
    finally:
        runner.kill()
        runner.wait()
        shutil.rmtree(FAILED / name, ignore_errors=True)


def _end(held: _Held, ending: Ending) -> str:
    mounts, files = _mounts(), _files()
    held.reach(ending.step)
    space = held.space()
    with Path(f"/proc/{held.first()}/ns/pid").open("rb"):  # or the kernel gives its number to the next namespace
        sleep(ending.after)
        assert ending.step or len(_processes_in(space)) > len(_COMPONENTS)
        victim = _kill(held, ending)
        _nothing_is_left(held, space)
    assert (_mounts(), _files()) == (mounts, files)
    when = f"{ending.after:.1f} s after `{ending.step}` began" if ending.step else "while up"
    return f"seed {SEED}: {victim} killed {when}; nothing stayed"


def _kill(held: _Held, ending: Ending) -> str:
    """Kills it, and says what it was: which component was there to be killed, chance decides."""
    victim, running = ending.victim, held.components()
    if victim == _ANY_COMPONENT:
        victim = Random(ending.after).choice(sorted(running)) if running else "first"
    number = {"keeper": held.keeper(), "first": held.first()}.get(victim, running.get(victim))
    number = held.runner.pid if victim in _RUNNER else number
    assert number is not None, f"{victim} does not run"
    os.kill(number, _RUNNER.get(victim, signal.SIGKILL))
    return victim


def _nothing_is_left(held: _Held, space: str) -> None:
    until("the runner ends", lambda: held.runner.poll() is not None, _SECONDS)

    def left() -> list[object]:
        keepers = [_command(number) for number in [held.keeper()] if number and held.name in " ".join(_command(number))]
        folders = [held.folder] if held.folder.exists() else []
        return [*map(_command, _processes_in(space)), *keepers, *cgroups(cgroup_of(held.folder)), *folders]

    until("nothing is left", lambda: not left(), _SECONDS, left)


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
