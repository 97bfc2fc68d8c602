"""A second opinion: kubeconform, at the package's own schema tables, on what the environments render to and on argocd/.

Builds kubeconform on first use; fetches no schema.
"""

import subprocess
import sys
from pathlib import Path

from render_environments import ROOT, write
from ringtrue.config import load

TOOLS = ROOT / ".tools"
KUBECONFORM = TOOLS / "bin" / "kubeconform"
SCHEMAS = TOOLS / "schemas"


def command(folders: list[Path]) -> list[str]:
    major, minor = load(ROOT).version
    return [
        str(KUBECONFORM),
        "-strict",
        "-summary",
        f"-kubernetes-version={major}.{minor}.0",
        f"-schema-location={SCHEMAS}/v{major}.{minor}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json",
        "-ignore-filename-pattern=kustomization.yaml",
        *map(str, folders),
    ]


def main() -> int:
    wanted = [str(path.relative_to(ROOT)) for path in (KUBECONFORM, SCHEMAS / ".exported")]
    subprocess.run(["make", "--silent", "--directory", str(ROOT), *wanted], check=True, stdout=sys.stderr)
    rendered = TOOLS / "rendered"
    write(rendered)
    return subprocess.run(command([rendered, ROOT / "argocd"]), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
