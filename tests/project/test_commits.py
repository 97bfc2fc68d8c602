"""A real commit in a real repository: what the hook lets through and what it stops."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from render_environments import ROOT

BIN = Path(sys.executable).parent
AUTHOR = {f"GIT_{who}_{what}": f"{what}@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

ALL = "dev, staging, prod"
HOSTS = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: dep-centos
spec:
  template:
    spec:
      containers:
        - name: curl
          env:
            - name: HTTPD_HOST
              value: svc-clusterip-httpd.httpd-ENVIRONMENT.svc.cluster.local
---
apiVersion: batch/v1
kind: Job
metadata:
  name: job-smoke-test
spec:
  template:
    spec:
      containers:
        - name: curl
          env:
            - name: HTTPD_HOST
              value: svc-clusterip-httpd.httpd-ENVIRONMENT.svc.cluster.local
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The GitOps half of this repository under git, with the ringtrue hook installed; nothing else would be quick."""
    root = tmp_path / "clone"
    for folder in ("apps", "argocd", "base", "overlays"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "ringtrue.toml", root)
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"] if hook["id"] == "ringtrue"]
    hooks[0]["entry"] = f"{BIN}/ringtrue check"
    config["repos"] = [{"repo": "local", "hooks": hooks}]
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    run(root, "git", "init", "--quiet", "--initial-branch=main")
    run(root, str(BIN / "pre-commit"), "install")
    run(root, "git", "add", ".")
    return root


def run(root: Path, *command: str) -> tuple[int, str]:
    home = {"HOME": str(root.parent), "PRE_COMMIT_HOME": str(root.parent / "pre-commit"), "GIT_CONFIG_NOSYSTEM": "1"}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | home | AUTHOR
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def commit(root: Path) -> tuple[int, str]:
    return run(root, "git", "commit", "--quiet", "--all", "--message", "try")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def errors(output: str) -> list[tuple[str, str, str]]:
    """Place, rule and environments of each error of a report; the words are held by the rules' own cases."""
    return re.findall(
        r"^(\S+): error: .* \[([a-z-]+)\]\n(?:  +\d* *\| .*\n)*  seen in: (.*)$", output, flags=re.MULTILINE
    )


def without_service(root: Path) -> None:
    (root / "apps/httpd/service.yaml").unlink()
    edit(root / "apps/httpd/kustomization.yaml", "  - service.yaml\n", "")


def test_the_repository_as_it_is_can_be_committed(clone: Path) -> None:
    status, output = commit(clone)

    assert status == 0, output


def test_deleting_the_service_file_stops_the_commit(clone: Path) -> None:
    (clone / "apps/httpd/service.yaml").unlink()

    status, output = commit(clone)

    assert (status, errors(output)) == (1, [("apps/httpd/kustomization.yaml:6:5", "source-does-not-render", ALL)])
    assert "Deployment 'dep-centos' and Job 'job-smoke-test'" in output


def test_deleting_the_service_with_its_line_stops_the_commit(clone: Path) -> None:
    without_service(clone)

    status, output = commit(clone)

    assert (status, errors(output)) == (1, [("overlays/dev/kustomization.yaml:20:7", "source-does-not-render", ALL)])
    assert "Deployment 'dep-centos' and Job 'job-smoke-test'" in output


def test_deleting_the_service_with_its_replacements_breaks_each_caller(clone: Path) -> None:
    without_service(clone)
    for environment in ("dev", "staging", "prod"):
        overlay = clone / "overlays" / environment
        kept = (overlay / "kustomization.yaml").read_text(encoding="utf-8").partition("# `namespace:`")[0]
        patches = "" if "patches:" in kept else "patches:\n"
        (overlay / "kustomization.yaml").write_text(f"{kept}{patches}  - path: hosts.yaml\n", encoding="utf-8")
        (overlay / "hosts.yaml").write_text(HOSTS.replace("ENVIRONMENT", environment), encoding="utf-8")
    run(clone, "git", "add", ".")

    status, output = commit(clone)

    assert (status, errors(output)) == (
        1,
        [
            (f"overlays/{environment}/hosts.yaml:{line}:22", "reference-nxdomain", environment)
            for environment in ("dev", "prod", "staging")
            for line in (12, 25)
        ],
    )


def test_a_service_file_that_was_never_added_stops_the_commit(clone: Path) -> None:
    run(clone, "git", "rm", "--quiet", "--cached", "apps/httpd/service.yaml")

    status, output = commit(clone)

    assert (status, errors(output)) == (1, [("apps/httpd/kustomization.yaml:6:5", "file-untracked", ALL)])
