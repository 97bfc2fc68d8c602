"""Container images without a registry: one archive, made from Debian packages, under the names that manifests pin.

Every image shares one layer, a small Debian with Apache httpd, curl and the DNS tools.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import yaml
from components.building import Unavailable, cache, say, tool

from cluster.site import TOP

PAUSE = "registry.k8s.io/pause:3.10"
COREDNS = "registry.k8s.io/coredns/coredns:v1.14.7"
PACKAGES = ("apache2-bin", "bind9-dnsutils", "curl", "iproute2", "media-types")
SUITE = "bookworm"
_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_HTTPD = b'#!/bin/sh\nexec /usr/sbin/apache2 "$@"\n'
_LINKS = {
    "usr/local/apache2/modules": "/usr/lib/apache2/modules",
    "usr/local/apache2/conf": "/etc",  # mime.types is there
}
"""The official httpd image's places, as links to Debian's."""
_FORMAT = "1"
"""Counts up when this module writes something else than before."""


@dataclass(frozen=True, slots=True)
class _Layer:
    path: Path
    digest: str


def pinned() -> dict[str, str]:
    """The images of base/kustomization.yaml, by the name that manifests use: {"httpd": "docker.io/...:2.4"}."""
    written = yaml.safe_load((TOP / "base" / "kustomization.yaml").read_text())["images"]
    return {
        each["name"]: each["newName"] + "".join(_version(each, *part) for part in (("newTag", ":"), ("digest", "@")))
        for each in written
    }


def _version(image: dict[str, str], key: str, mark: str) -> str:
    return mark + image[key] if key in image else ""


def archive(coredns: str) -> Path:
    """An archive that `ctr images import` takes; made when its inputs are new here. Takes root and Debian's mirror."""
    root = root_folder()
    pins = pinned()
    digest = hashlib.sha256(f"{_FORMAT} {root.name} {Path(coredns).name} {sorted(pins.items())}".encode())
    made = cache() / f"images-{digest.hexdigest()[:16]}.tar"
    if not made.exists():
        for older in cache().glob("images-*.tar"):
            older.unlink()
        say("writing the images")
        with tempfile.TemporaryDirectory(dir=cache(), prefix="work-") as work:
            _write(Path(work), root, Path(coredns), pins).rename(made)
    return made


def _write(work: Path, root: Path, coredns: Path, pins: dict[str, str]) -> Path:
    base = _layer(work / "base", lambda tar: tar.add(root, "."))
    server = _layer(work / "server", _add_httpd)
    dns = _layer(work / "dns", lambda tar: tar.add(coredns, "coredns"))
    images: list[tuple[str, list[_Layer], dict[str, Any]]] = [
        (pins["httpd"], [base, server], {"Cmd": ["httpd", "-D", "FOREGROUND"], "StopSignal": "SIGWINCH"}),
        (pins["centos"], [base], {"Cmd": ["/bin/bash"]}),
        (PAUSE, [base], {"Entrypoint": ["/bin/sleep", "infinity"]}),
        (COREDNS, [base, dns], {"Entrypoint": ["/coredns"]}),
    ]
    documents: dict[str, bytes] = {}
    listed = []
    for number, (name, layers, config) in enumerate(images):
        documents[f"{number}.json"] = json.dumps(_image(layers, config), sort_keys=True).encode()
        listed.append({"Config": f"{number}.json", "RepoTags": [name], "Layers": [each.path.name for each in layers]})
    documents["manifest.json"] = json.dumps(listed).encode()
    return _archive(work / "images.tar", documents, [base, server, dns])


def _image(layers: Iterable[_Layer], config: dict[str, Any]) -> dict[str, Any]:
    """The image's configuration; `diff_ids` are the digests of the uncompressed layers."""
    ids = [f"sha256:{each.digest}" for each in layers]
    return {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Env": [_PATH], **config},
        "rootfs": {"type": "layers", "diff_ids": ids},
        "history": [{"created_by": "tests/e2e/cluster/images.py"} for _ in ids],
    }


def _archive(path: Path, documents: dict[str, bytes], layers: Iterable[_Layer]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in documents.items():
            _add(tar, name, content)
        for layer in layers:
            tar.add(layer.path, layer.path.name)
    return path


def _layer(path: Path, fill: Callable[[tarfile.TarFile], None]) -> _Layer:
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        fill(tar)
    with path.open("rb") as written:
        return _Layer(path, hashlib.file_digest(written, "sha256").hexdigest())


def _add_httpd(tar: tarfile.TarFile) -> None:
    _add(tar, "usr/local/bin/httpd", _HTTPD, mode=0o755)
    folder = tarfile.TarInfo("usr/local/apache2")
    folder.type, folder.mode = tarfile.DIRTYPE, 0o755
    tar.addfile(folder)
    for name, target in _LINKS.items():
        link = tarfile.TarInfo(name)
        link.type, link.linkname = tarfile.SYMTYPE, target
        tar.addfile(link)


def _add(tar: tarfile.TarFile, name: str, content: bytes, mode: int = 0o644) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    tar.addfile(entry, io.BytesIO(content))


def root_folder() -> Path:
    """A Debian of its own in the cache. debootstrap's mounts and processes lie in namespaces and end with this one."""
    name = hashlib.sha256(f"{SUITE} {PACKAGES}".encode()).hexdigest()[:16]
    made = cache() / f"debian-{name}"
    if made.exists():
        return made
    start = monotonic()
    say("making a small Debian for the images")
    work = cache() / "debian.work"
    shutil.rmtree(work, ignore_errors=True)
    bound = [tool("setpriv", "util-linux"), "--pdeathsig", "KILL", tool("unshare", "util-linux")]
    apart = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "nice", "-n", "10"]
    wanted = ["--variant=minbase", f"--include={','.join(PACKAGES)}", SUITE, str(work), _mirror()]
    command = [*bound, *apart, tool("debootstrap", "debootstrap"), *wanted]
    path = os.environ | {"PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"}
    done = subprocess.run(command, capture_output=True, text=True, env=path)
    if done.returncode:
        raise Unavailable(f"debootstrap failed: {(done.stdout + done.stderr).strip().splitlines()[-1]}")
    for needless in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"):
        shutil.rmtree(work / needless, ignore_errors=True)
    work.rename(made)
    say(f"made it in {monotonic() - start:.0f} s")
    return made


def _mirror() -> str:
    """The mirror that apt uses on this machine."""
    asked = [tool("apt-get", "apt"), "indextargets", "--format", "$(SITE)"]
    sites = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    plain = [site for site in sites if not re.search(r"security|debug", site)]
    if not plain:
        raise Unavailable("apt names no Debian mirror; apt-get update with a mirror in its sources")
    return plain[0]
