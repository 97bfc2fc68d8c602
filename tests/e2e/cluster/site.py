"""Where one cluster keeps its things, and how it is asked to be; handed to every process of it as JSON."""

import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

TOP = Path(__file__).resolve().parents[3]
WORK = TOP / ".tools" / "cluster"
"""All that clusters keep in this repository; removed with `make clean`."""
LIBRARIES = (TOP / "tests" / "e2e", TOP / "tests", TOP / "scripts")

NODE = "node1"
NODE_ADDRESS = "10.99.0.1"
GATEWAY = "10.99.0.254"
"""Nobody: what is sent to the outside is swallowed."""
SERVICES = "10.96.0.0/16"
API_ADDRESS = "10.96.0.1"
DNS_ADDRESS = "10.96.0.10"
PODS = "10.244.0.0/24"
GIT_HOST = "git.example.com"
"""The host of the repository that the Applications name."""

ProxyMode = Literal["nftables", "iptables"]


@dataclass(frozen=True, slots=True)
class Site:
    """One cluster. Paths are as the machine sees them; `state` is memory that only the cluster sees."""

    folder: str
    programs: dict[str, str]
    images: str
    proxy_mode: ProxyMode = "nftables"
    argocd: bool = False

    @property
    def name(self) -> str:
        return Path(self.folder).name

    @property
    def etc(self) -> Path:
        return Path(self.folder) / "etc"

    @property
    def logs(self) -> Path:
        return Path(self.folder) / "logs"

    @property
    def state(self) -> Path:
        return Path(self.folder) / "state"

    @property
    def repositories(self) -> Path:
        """Bare git repositories, served as https://git.example.com/."""
        return Path(self.folder) / "git"

    @property
    def cgroup(self) -> str:
        """Of this name in every hierarchy; all pods are below it."""
        return cgroup_of(Path(self.folder))

    def kubeconfig(self, user: str) -> Path:
        return self.etc / f"{user}.kubeconfig"

    def save(self) -> Path:
        path = Path(self.folder) / "site.json"
        path.write_text(json.dumps(asdict(self)))
        return path

    @classmethod
    def load(cls, path: str) -> Self:
        return cls(**json.loads(Path(path).read_text()))


def cgroup_of(folder: Path) -> str:
    """By the whole path: another checkout may have a cluster of the same name."""
    return f"ringtrue-{folder.name}-{zlib.crc32(str(folder).encode()):08x}"


def environment() -> dict[str, str]:
    """The environment of every process of a cluster: nothing of the user's own, such as a proxy, reaches it."""
    path = f"{os.environ['PATH']}:/usr/local/sbin:/usr/sbin:/sbin"
    imports = ":".join(map(str, LIBRARIES))
    return {"PATH": path, "LANG": "C.UTF-8", "PYTHONPATH": imports, "PYTHONDONTWRITEBYTECODE": "1"}
