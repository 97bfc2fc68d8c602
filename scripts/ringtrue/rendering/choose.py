"""Which renderer this run uses."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ringtrue.errors import ToolMissing
from ringtrue.rendering.binary import BinaryRenderer
from ringtrue.rendering.builtin import BuiltinRenderer
from ringtrue.rendering.helm import WithHelm
from ringtrue.rendering.request import KUSTOMIZE_VERSION, Limits, Rendered, Renderer, Request

BUILTIN = Path(__file__).with_name("_renderer")
_BINARIES = ("kustomize", "kubectl")


def choose(limits: Limits, environ: Mapping[str, str], builtin: Path = BUILTIN) -> Renderer:
    """The built-in renderer if it is there and answers, else kustomize, else kubectl on PATH; raises ToolMissing.

    With helm on PATH it renders charts too.
    """
    helm = shutil.which("helm", path=environ.get("PATH", ""))
    renderer = _chosen(limits, environ, builtin)
    return WithHelm(renderer, Path(helm).absolute(), limits) if helm else renderer


def _chosen(limits: Limits, environ: Mapping[str, str], builtin: Path) -> Renderer:
    version = _version_of(builtin)
    if version:
        return BuiltinRenderer(builtin, limits, version)
    for name in _BINARIES:
        program = shutil.which(name, path=environ.get("PATH", ""))
        if program:
            return BinaryRenderer(name, Path(program).absolute(), limits)
    raise ToolMissing(
        "nothing can render a kustomization: the built-in renderer was not built, and neither kustomize nor kubectl "
        f"is on PATH; install kustomize {KUSTOMIZE_VERSION}, or install ringtrue again where Go modules can be fetched"
    )


def build_yaml(renderer: Renderer, path: str, root: Path) -> Rendered:
    """What `kustomize build` prints for the source, byte for byte, in `text`."""
    return renderer.render([Request(path, "yaml")], root)[0]


def _version_of(builtin: Path) -> str:
    program = builtin if builtin.exists() else builtin.with_name(f"{builtin.name}.exe")
    try:
        done = subprocess.run([str(program), "-version"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    version = done.stdout.strip()
    return version if done.returncode == 0 and version.replace(".", "").isdigit() else ""
