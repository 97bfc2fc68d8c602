"""`make cluster` and `make cluster-down`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster.leftovers import RUNS, cgroups
from cluster.site import cgroup_of, environment

_FOLDER = RUNS / "up"


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    """Takes the place of a cluster that somebody left up, and leaves none."""
    assert not _FOLDER.exists(), "a cluster is up in this checkout; `make cluster-down` first"
    yield
    _run("down")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cluster", *words]
    return subprocess.run(command, env=os.environ | environment(), capture_output=True, text=True)


def test_a_cluster_is_left_up_and_taken_down(tmp_path: Path) -> None:
    """The line that is printed works as it stands; a second start says so; nothing stays."""
    up = _run("up", "--proxy-mode", "iptables")
    assert up.returncode == 0, up.stderr

    program, *words = up.stdout.split()
    kubectl = Path(sys.executable).with_name(program)
    pods = subprocess.run(
        [kubectl, *words], env=environment() | {"HOME": str(tmp_path)}, capture_output=True, text=True
    ).stdout
    assert [line.split()[3] for line in pods.splitlines()] == ["STATUS", "Running"]
    assert _run("up").stderr == "cluster: it is up already; `make cluster-down` ends it\n"

    assert _run("down").returncode == 0
    assert (cgroups(cgroup_of(_FOLDER)), _FOLDER.exists()) == ([], False)
    assert _run("down").stderr == "cluster: no cluster is up\n"
