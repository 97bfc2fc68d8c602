"""The cluster as a command: `python -m cluster up|down|programs`."""

import argparse
import os
import signal
import sys
from pathlib import Path
from time import monotonic, sleep

from components.building import Unavailable

from cluster import images
from cluster.leftovers import RUNS, is_kept, sweep
from cluster.making import make_all
from cluster.programs import programs
from cluster.running import Cluster, ClusterFailed
from cluster.site import ProxyMode, cgroup_of

_NAME = "up"
_END_SECONDS = 60
_FAULT, _INTERRUPTED = 2, 130


def main() -> int:
    parser = argparse.ArgumentParser(prog="cluster", description=(__doc__ or "").partition("\n")[0])
    words = parser.add_subparsers(dest="word", required=True)
    up = words.add_parser("up", help="start a cluster with Argo CD and leave it up")
    up.add_argument("--proxy-mode", choices=("nftables", "iptables"), default="nftables")
    words.add_parser("down", help="end it and take everything away")
    words.add_parser("programs", help="build or find every program and image")
    chosen = parser.parse_args()
    try:
        return {"up": lambda: _up(chosen.proxy_mode), "down": _down, "programs": _programs}[chosen.word]()
    except (Unavailable, ClusterFailed) as failed:
        _say(str(failed))
        return _FAULT
    except KeyboardInterrupt:
        _say("interrupted")
        return _INTERRUPTED


def _up(proxy_mode: ProxyMode) -> int:
    if is_kept(RUNS / _NAME):
        _say("it is up already; `make cluster-down` ends it")
        return _FAULT
    make_all()
    start = monotonic()
    with Cluster(proxy_mode=proxy_mode, argocd=True, name=_NAME, say=_step) as cluster:
        kubeconfig = cluster.kubeconfig
        cluster.leave()
    _say(f"up after {monotonic() - start:.1f} s; `make cluster-down` ends it. Try:")
    sys.stdout.write(f"kubectl --kubeconfig {kubeconfig} get pods -A\n")
    return 0


def _down() -> int:
    folder, start = RUNS / _NAME, monotonic()
    if not folder.exists():
        _say("no cluster is up")
        return 0
    if is_kept(folder):
        os.kill(int((folder / "keeper").read_text().split()[0]), signal.SIGTERM)
    while is_kept(folder) and monotonic() - start < _END_SECONDS:
        sleep(0.1)
    sweep(folder, cgroup_of(folder), keep_logs=False)
    _say(f"down after {monotonic() - start:.1f} s")
    return 0


def _programs() -> int:
    make_all()
    found = programs()
    archive = images.archive(found["coredns"])
    for name, path in sorted(found.items()):
        sys.stdout.write(f"{name}\t{path}\n")
    sys.stdout.write(f"images\t{Path(archive)}\n")
    return 0


def _step(name: str, seconds: float) -> None:
    _say(f"{seconds:5.1f} s  {name}")


def _say(text: str) -> None:
    sys.stderr.write(f"cluster: {text}\n")


if __name__ == "__main__":
    sys.exit(main())
