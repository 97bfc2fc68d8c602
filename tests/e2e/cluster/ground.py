"""Inside the namespaces, before anything runs: mounts and a network that go with them."""

import subprocess
from pathlib import Path

from cluster.daemons import Failed
from cluster.site import GATEWAY, GIT_HOST, NODE, NODE_ADDRESS, Site

_SETTINGS = {"vm/overcommit_memory": "1", "kernel/panic": "10", "kernel/panic_on_oops": "1"}
"""What the kubelet demands of the kernel. The machine's own settings stay: it reads these files in their place."""
_MEMORY = "mount -t tmpfs -o mode=755 tmpfs"
_OUTSIDE_HARDWARE_ADDRESS = "02:00:00:00:00:01"


def prepare(site: Site) -> None:
    """Makes the ground; raises Failed."""
    _mounts(site)
    _names(site)
    _network()


def _mounts(site: Site) -> None:
    """Hides what programs would write to the machine: fixed places of containerd, CNI and the kubelet."""
    _run("mount --make-rprivate /")
    _run(f"{_MEMORY} {site.state}")
    for folder in ("tmp", "home", "lib", "lib-work", "settings"):
        (site.state / folder).mkdir()
    for folder in ("/run", "/var/log"):
        _run(f"{_MEMORY} {folder}")
    for folder in ("netns", "lock"):
        Path("/run", folder).mkdir()
    layers = f"lowerdir=/var/lib,upperdir={site.state}/lib,workdir={site.state}/lib-work"
    _run(f"mount -t overlay -o {layers} overlay /var/lib")
    for name, value in _SETTINGS.items():
        _instead(site, f"/proc/sys/{name}", f"{value}\n")


def _names(site: Site) -> None:
    """The node must find its own name and the git host at once: there is no DNS but the cluster's."""
    _instead(site, "/etc/hosts", f"127.0.0.1 localhost {GIT_HOST}\n{NODE_ADDRESS} {NODE}\n")
    _instead(site, "/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    _run(f"hostname {NODE}")


def _instead(site: Site, path: str, content: str) -> None:
    """Shows a file of our own in a place of the machine's."""
    own = site.state / "settings" / path.replace("/", "-")
    own.write_text(content)
    _run(f"mount --bind {own} {path}")


def _network() -> None:
    """The node's address on a pair of virtual cables, and a way out that leads nowhere.

    The gateway's hardware address is fixed, so that a packet to the outside is lost in silence, as behind a firewall;
    without it the sender would be told, after seconds, that nobody has the address.
    """
    for command in (
        "link set lo up",
        "link add node0 type veth peer name node0p",
        f"addr add {NODE_ADDRESS}/24 dev node0",
        "link set node0 up",
        "link set node0p up arp off",
        f"neigh add {GATEWAY} lladdr {_OUTSIDE_HARDWARE_ADDRESS} dev node0 nud permanent",
        f"route add default via {GATEWAY} dev node0",
    ):
        _run(f"ip {command}")
    Path("/proc/sys/net/ipv4/ip_forward").write_text("1\n")


def _run(command: str) -> None:
    done = subprocess.run(command.split(), capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{command}: {done.stderr.strip()}")
