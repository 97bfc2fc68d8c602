"""The first process of the namespaces, and the one that brings the cluster up: `python -m cluster.inside SITE ...`.

The first process does nothing but collect the ended; when it goes, the kernel ends everything that runs in here, and
with the last process go mounts and network. It goes when its child does, and that one goes when the runner does: the
runner's end is the end of the `control` socket.
"""

import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic, sleep

from cluster import argocd, control_plane, ground, node
from cluster.api import Api
from cluster.daemons import Daemons, Failed
from cluster.site import Site

ENDED, FAILED = 0, 3
"""Exit statuses; after the second, logs are worth keeping."""
KEEP, DETACH = b"k", b"d"
"""What the runner may say before it goes: keep the logs; go on without me."""
_WATCH_SECONDS = 0.2

Step = tuple[str, Callable[[], None]]


def main(site: Site, control: int, listener: int) -> None:
    child = os.fork()
    if child == 0:
        _supervise(site, socket.socket(fileno=control), listener)
    os.close(control)
    while True:
        ended, status = os.wait()
        if ended == child:
            os._exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else FAILED)


def _supervise(site: Site, control: socket.socket, listener: int) -> None:
    """Reports each step as a JSON line, then watches for as long as the cluster lives."""
    threading.Thread(target=_heed, args=[control], daemon=True).start()
    daemons = Daemons(site.logs)
    try:
        for name, step in _steps(site, daemons, listener):
            start = monotonic()
            step()
            _report(control, step=name, seconds=monotonic() - start)
        _report(control, ready=True)
        while True:
            daemons.check()
            sleep(_WATCH_SECONDS)
    except Failed as failed:
        _report(control, failed=str(failed))
    os._exit(FAILED)


def _steps(site: Site, daemons: Daemons, listener: int) -> Iterator[Step]:
    yield "ground", lambda: ground.prepare(site)
    yield "etcd", lambda: control_plane.start_etcd(site, daemons)
    api = Api(site)
    yield "kube-apiserver", lambda: control_plane.start_apiserver(site, daemons, api)
    yield "door", lambda: _open_door(daemons, listener)
    yield "controllers and scheduler", lambda: control_plane.start_controllers(site, daemons, api)
    yield "containerd and images", lambda: node.start_containerd(site, daemons)
    yield "kubelet", lambda: node.start_kubelet(site, daemons, api)
    yield f"kube-proxy ({site.proxy_mode})", lambda: node.start_proxy(site, daemons)
    yield "network policies", lambda: node.start_policies(site, daemons)
    yield "CoreDNS", lambda: node.start_dns(site, daemons, api)
    if site.argocd:
        yield "Argo CD", lambda: argocd.start(site, daemons, api)


def _open_door(daemons: Daemons, listener: int) -> None:
    daemons.start("door", [sys.executable, "-m", "cluster.forwarding", str(listener)], listener=listener)


def _heed(control: socket.socket) -> None:
    """Ends everything when the runner goes, unless it says that it goes on purpose."""
    try:
        said = control.recv(1)
    except OSError:
        said = b""
    if said != DETACH:
        os._exit(FAILED if said == KEEP else ENDED)


def _report(control: socket.socket, **event: object) -> None:
    with suppress(OSError):  # the runner has gone; `_heed` sees to it
        control.sendall(json.dumps(event).encode() + b"\n")


if __name__ == "__main__":
    main(Site.load(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
