"""The real command on folders made for one test."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ringtrue.__main__ import main

SCRIPTS = Path(__file__).parents[2] / "scripts"

WEB = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  containers:
  - {name: web, image: "registry.example/web:1", ports: [{containerPort: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: shop, labels: {app: client}}
spec:
  containers:
  - {name: curl, image: "registry.example/curl:1", env: [{name: WEB_HOST, value: web.shop.svc.cluster.local}]}
"""
"""A Service with its pod and a caller: nothing is wrong with them."""

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def clean(extra: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Without what a hook or a terminal of the test's own run would bring along."""
    kept = {name: value for name, value in extra.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return {**kept, "PYTHONPATH": str(SCRIPTS), "NO_COLOR": "1"}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes files below the test's folder; the folder itself is returned."""

    def made(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return made


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Calls the command in the test's folder, by default on it."""
    for name in os.environ.keys() - clean().keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def ran(*words: str) -> Done:
        status = main(words)
        out, err = capfd.readouterr()
        return Done(list(words), status, out, err)

    return ran


@pytest.fixture
def web() -> str:
    return WEB


@pytest.fixture
def clean_environment() -> dict[str, str]:
    return clean()
