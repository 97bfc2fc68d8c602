"""Renders every environment of this repository into a folder: `python scripts/render_environments.py FOLDER`."""

import os
import sys
from pathlib import Path

from ringtrue.rendering.choose import build_yaml, choose
from ringtrue.rendering.request import Limits

ROOT = Path(__file__).resolve().parent.parent


def environments(root: Path = ROOT) -> list[str]:
    """The names of the overlays, sorted."""
    return sorted(path.parent.name for path in root.glob("overlays/*/kustomization.yaml"))


def render(environment: str, root: Path = ROOT) -> str:
    """The YAML of one overlay, as `kustomize build` prints it."""
    rendered = build_yaml(choose(Limits(), os.environ), f"overlays/{environment}", root)
    if rendered.text is None:
        raise SystemExit(rendered.error)
    return rendered.text


def write(folder: Path) -> None:
    """Leave one file an environment in the folder, and no other YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{environment}.yaml": environment for environment in environments()}
    for path in folder.glob("*.yaml"):
        if path.name not in wanted:
            path.unlink()
    for name, environment in wanted.items():
        (folder / name).write_text(render(environment), encoding="utf-8")


def main() -> int:
    write(Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
