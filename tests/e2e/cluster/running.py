"""`Cluster`: up with the `with` block, gone after it, however either ends."""

import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from components.building import tool

from cluster import certificates, images
from cluster.inside import DETACH, KEEP
from cluster.leftovers import FAILED, RUNS, make_cgroups, sweep, sweep_stale, write_keeper
from cluster.programs import programs
from cluster.site import ProxyMode, Site, environment

_END_SECONDS = 60


class ClusterFailed(Exception):
    """The cluster did not come up, or did not stay; the text says what failed and where the logs are."""


def _silent(_step: str, _seconds: float) -> None:
    """For those who want no progress."""


class Cluster:
    """A cluster in namespaces of its own. Several may run side by side; needs root.

    `say` is told each step of the way up and its seconds. A failure inside the block keeps the logs in
    `.tools/cluster/failed`.
    """

    def __init__(
        self,
        *,
        proxy_mode: ProxyMode = "nftables",
        argocd: bool = False,
        name: str = "",
        say: Callable[[str, float], None] = _silent,
    ) -> None:
        built = programs()
        folder = RUNS / (name or f"{os.getpid()}-{secrets.token_hex(3)}")
        self.site = Site(str(folder), built, str(images.archive(built["coredns"])), proxy_mode, argocd)
        self.keep_logs = False
        """Set it where something failed that raises nothing through the block."""
        self._left = False
        self._say = say
        self._keeper: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        try:
            self._start()
            self._wait()
        except BaseException:
            self._end(keep_logs=True)
            raise
        return self

    def _start(self) -> None:
        sweep_stale()
        folder = Path(self.site.folder)
        folder.mkdir(parents=True)
        write_keeper(folder)
        for each in (self.site.logs, self.site.state, self.site.repositories):
            each.mkdir()
        make_cgroups(self.site.cgroup)
        self._control, inner = socket.socketpair()
        with inner, socket.create_server(("127.0.0.1", 0)) as listener:
            certificates.make(self.site, listener.getsockname()[1])
            handed = (inner.fileno(), listener.fileno())
            command = [sys.executable, "-m", "cluster.keeper", str(self.site.save()), *map(str, handed)]
            with (self.site.logs / "first.log").open("wb") as log:
                self._keeper = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=handed,
                    env=environment(),
                    start_new_session=True,
                )

    def _wait(self) -> None:
        """Reads what the inside reports until it is ready; raises ClusterFailed."""
        assert self._control is not None
        with self._control.makefile("r") as reported:
            for line in reported:
                event = json.loads(line)
                if event.get("ready"):
                    return
                if "failed" in event:
                    raise ClusterFailed(f"{event['failed']} (logs: {FAILED / self.site.name})")
                self._say(event["step"], event["seconds"])
        raise ClusterFailed(
            f"the cluster's first process ended: {self._first_words()} (logs: {FAILED / self.site.name})"
        )

    def _first_words(self) -> str:
        try:
            return (self.site.logs / "first.log").read_text().strip().rpartition("\n")[2] or "it does not say why"
        except OSError:
            return "it does not say why"

    def check(self) -> None:
        """Raises ClusterFailed when a component has ended since."""
        assert self._control is not None
        try:
            said = self._control.recv(1 << 16, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        failed = [json.loads(line)["failed"] for line in said.splitlines()]
        raise ClusterFailed(f"{' '.join(failed) or 'the first process ended'} (logs: {FAILED / self.site.name})")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self._left:
            self._end(keep_logs=self.keep_logs or error is not None)

    def _end(self, keep_logs: bool) -> None:
        """Ends what runs and waits until it is swept away."""
        if self._control is not None:
            self._farewell(KEEP if keep_logs else b"")
        if self._keeper is not None:
            self._wait_for_keeper()
        sweep(Path(self.site.folder), self.site.cgroup, keep_logs)

    def _farewell(self, said: bytes) -> None:
        assert self._control is not None
        with suppress(OSError):  # it has gone before us
            self._control.sendall(said)
        self._control.close()

    def _wait_for_keeper(self) -> None:
        assert self._keeper is not None
        try:
            self._keeper.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait()

    def leave(self) -> None:
        """Goes, and leaves the cluster up: `python -m cluster down` ends it. The last thing that is asked of it."""
        self._farewell(DETACH)
        self._left = True

    @property
    def kubeconfig(self) -> Path:
        """An administrator's, for programs on this machine."""
        return self.site.kubeconfig("outside")

    def kubectl(self, *words: str, given: str = "", check: bool = True) -> str:
        """What kubectl prints; raises ClusterFailed with its error output unless told not to."""
        self.check()
        command = [self.site.programs["kubernetes"], "kubectl", f"--kubeconfig={self.kubeconfig}"]
        command += [f"--cache-dir={self.site.folder}/kubectl", *words]
        done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment())
        if done.returncode and check:
            raise ClusterFailed(f"kubectl {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def get(self, *words: str) -> Any:
        """`kubectl get ... -o json`, parsed."""
        return json.loads(self.kubectl("get", *words, "-o", "json"))

    def inside(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in the cluster's namespaces, on its node; the working folder is `/`."""
        entered = [tool("nsenter", "util-linux"), "--target", str(self.first_process())]
        entered += ["--net", "--mount", "--pid", "--ipc", "--uts", "--", *command]
        return subprocess.run(entered, capture_output=True, text=True, env=environment())

    def first_process(self) -> int:
        """The number, on this machine, of the first process of the namespaces."""
        parent = (Path(self.site.folder) / "first").read_text()
        return int(Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0])
