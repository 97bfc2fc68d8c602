"""`--as-deployed` on the real command: each Application at the revision that it names, and nothing else is touched."""

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: shop-{env}, namespace: argocd}}
spec:
  project: shop
  source: {{repoURL: "https://git.example.com/shop.git", path: overlays/{env}, targetRevision: {revision}}}
  destination: {{server: "https://kubernetes.default.svc", namespace: shop-{env}}}
"""
CLIENT = """\
apiVersion: v1
kind: Pod
metadata: {name: client, labels: {app: client}}
spec: {containers: [{name: curl, image: "curl:8", env: [{name: URL, value: "http://web"}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "web:1"}]}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: %s}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
SETTINGS = '[cluster]\ncomplete = true\n[argocd]\nrepository = "https://git.example.com/shop.git"\n'


def git(root: Path, *arguments: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    config = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=root, env=kept | config, check=True, capture_output=True, text=True).stdout


def commit(root: Path, files: dict[str, str], branch: str = "") -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "x")
    if branch:
        git(root, "branch", "-f", branch)


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A bare repository: prod has the Service that the client calls, dev has renamed it, main is ahead of both."""
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q")
    overlays = {
        f"overlays/{env}/kustomization.yaml": f"namespace: shop-{env}\nresources: [../../base]\n"
        for env in ("dev", "prod")
    }
    apps = {
        f"argocd/{env}.yaml": APPLICATION.format(env=env, revision=f"refs/heads/env/{env}") for env in ("dev", "prod")
    }
    base = {"base/kustomization.yaml": "resources: [client.yaml, service.yaml]\n", "base/client.yaml": CLIENT}
    commit(work, {**overlays, **apps, **base, "base/service.yaml": SERVICE % "web"}, "env/prod")
    commit(work, {"base/service.yaml": SERVICE % "site"}, "env/dev")
    commit(work, {"base/service.yaml": SERVICE % "page", "ringtrue.toml": SETTINGS})
    bare = tmp_path / "server.git"
    git(tmp_path, "clone", "-q", "--bare", str(work), str(bare))
    return bare


@pytest.fixture
def clone(server: Path, tmp_path: Path) -> Path:
    root = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(server), str(root))
    return root


def untouched(root: Path) -> Iterator[tuple[str, str]]:
    """Every file with its hash, git's own index and refs among them."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(root)), hashlib.sha256(path.read_bytes()).hexdigest()


def told(done: Any) -> list[str]:
    return [line for line in done.stdout.splitlines() if not line.startswith("  hint")]


@pytest.mark.parametrize("where", ["server", "clone"])
def test_each_environment_is_read_at_its_branch(where: str, run: Callable[..., Any], request: Any) -> None:
    root = request.getfixturevalue(where)
    before = list(untouched(root))
    done = run("--as-deployed", "--root", str(root))
    prefix = "" if where == "server" else "origin/"
    dev, prod = (git(root, "rev-parse", f"{prefix}env/{env}") for env in ("dev", "prod"))
    lines = told(done)
    first = (
        "base/client.yaml:4:84: error: Pod 'client' calls 'web', but its own namespace 'shop-dev' has no Service 'web'"
    )
    assert (done.returncode, lines[:2]) == (1, [f"{first} [reference-nxdomain]", "  seen in: dev"])
    assert f"assumed: 'refs/heads/env/dev' is deployed at {dev[:12]}" in lines
    assert f"assumed: 'refs/heads/env/prod' is deployed at {prod[:12]}" in lines
    assert list(untouched(root)) == before


def test_the_working_tree_is_judged_without_it(clone: Path, run: Callable[..., Any]) -> None:
    (clone / "base/service.yaml").write_text(SERVICE % "web")
    assert run("--root", str(clone)).returncode == 0


def test_a_branch_that_is_not_here_is_fetched_by_hand(clone: Path, run: Callable[..., Any]) -> None:
    """A branch that has not been fetched is no branch that does not exist."""
    git(clone, "update-ref", "-d", "refs/remotes/origin/env/dev")
    done = run("--as-deployed", "--root", str(clone))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "ringtrue: no revision 'env/dev' of 'origin' in this clone; "
        "run `git fetch origin +refs/heads/env/dev:refs/remotes/origin/env/dev`"
    )
    git(clone, "fetch", "-q", "origin", "+refs/heads/env/dev:refs/remotes/origin/env/dev")
    assert run("--as-deployed", "--root", str(clone)).returncode == 1


def test_a_shallow_clone_lacks_the_branches(server: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    root = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", server.as_uri(), str(root))
    done = run("--as-deployed", "--root", str(root))
    assert done.returncode == 2
    command = done.stderr.rpartition("run `")[2].rstrip("`\n")
    assert command == "git fetch origin +refs/heads/env/dev:refs/remotes/origin/env/dev"


def test_a_range_of_tags_is_named_as_not_checked(server: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    work = tmp_path / "work"
    commit(work, {"argocd/dev.yaml": APPLICATION.format(env="dev", revision="'1.*'")})
    git(work, "push", "-q", str(server), "main")
    done = run("--as-deployed", "--root", str(server), "-v")
    assert "Application 'shop-dev' is not checked: its source follows the range '1.*' of tags" in done.stdout


def test_outside_of_git(tmp_path: Path, run: Callable[..., Any]) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/a.yaml").write_text(SERVICE % "web")
    done = run("--as-deployed", "--root", str(tmp_path / "plain"))
    assert done.returncode == 2
    assert "not a git repository" in done.stderr
