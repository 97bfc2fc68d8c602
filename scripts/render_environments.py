"""Renders every environment of this repository into a folder: `python scripts/render_environments.py FOLDER`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KUBECTL = Path(sys.executable).parent / "kubectl"


def environments(root: Path = ROOT) -> list[str]:
    """The names of the overlays, sorted."""
    return sorted(path.parent.name for path in root.glob("overlays/*/kustomization.yaml"))


def render(environment: str, root: Path = ROOT) -> str:
    """The YAML of one overlay, as `kustomize build` prints it."""
    command = [str(KUBECTL), "kustomize", f"overlays/{environment}"]
    return subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{environment}.yaml": environment for environment in environments()}
    for path in folder.glob("*.yaml"):
        if path.name not in wanted:
            path.unlink()
    for name, environment in wanted.items():
        (folder / name).write_text(render(environment), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
