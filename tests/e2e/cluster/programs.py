"""The programs of a cluster: built from Go modules, or Debian's."""

import os
import shutil
from pathlib import Path

from components.building import COMPONENTS, Unavailable, go_program, go_source
from components.kubernetes import kubernetes

from cluster.site import TOP

_ARGOCD = "3.6.1"
_DEBIAN = {
    "conntrack": "conntrack",
    "containerd": "containerd",
    "ctr": "containerd",
    "debootstrap": "debootstrap",
    "etcd": "etcd-server",
    "git": "git",
    "ip": "iproute2",
    "iptables": "iptables",
    "nft": "nftables",
    "nsenter": "util-linux",
    "openssl": "openssl",
    "redis-server": "redis-server",
    "runc": "runc",
    "setpriv": "util-linux",
    "unshare": "util-linux",
}
"""Programs, and the Debian packages that hold them."""
CNI = Path("/usr/lib/cni")
_CNI_PACKAGE = "containernetworking-plugins"
_TOOLS = ("kustomize", "helm")
_ELSEWHERE = "/usr/local/sbin:/usr/sbin:/sbin"


def programs() -> dict[str, str]:
    """Every program by its name, as a path; builds what is not built. Raises Unavailable with what to install."""
    found = debian() | _made()
    found["kubernetes"] = str(kubernetes())
    found["coredns"] = str(coredns())
    found["argocd"] = str(argocd())
    source = go_source(COMPONENTS / "argocd", "github.com/argoproj/argo-cd/v3")
    found["argocd-crds"] = str(source / "manifests" / "crds")
    return found


def coredns() -> Path:
    return go_program(TOP / "tests" / "oracles" / "coredns", "./server", name="coredns-server")


def argocd() -> Path:
    linked = f"-X github.com/argoproj/argo-cd/v3/common.version={_ARGOCD}"
    return go_program(COMPONENTS / "argocd", "github.com/argoproj/argo-cd/v3/cmd", linked)


def debian() -> dict[str, str]:
    """Programs of Debian; raises Unavailable with all the packages that are missing."""
    if os.geteuid() != 0:
        raise Unavailable("a cluster needs root, for its namespaces and cgroups")
    found = {name: shutil.which(name) or shutil.which(name, path=_ELSEWHERE) for name in _DEBIAN}
    missing = {_DEBIAN[name] for name, path in found.items() if path is None}
    if not (CNI / "bridge").exists():
        missing.add(_CNI_PACKAGE)
    if missing:
        raise Unavailable(f"programs are missing; apt-get install --no-install-recommends {' '.join(sorted(missing))}")
    return {name: path for name, path in found.items() if path}


def _made() -> dict[str, str]:
    """What `make tools` has built."""
    found = {name: TOP / ".tools" / "bin" / name for name in _TOOLS}
    for name, path in found.items():
        if not path.exists():
            raise Unavailable(f"{name} is not built; run `make tools`")
    return {name: str(path) for name, path in found.items()}
