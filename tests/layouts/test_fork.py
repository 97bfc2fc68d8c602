"""A clone of a fork: its origin is another URL than the one that the Applications read."""

import os
import subprocess
from pathlib import Path

import pytest

from ringtrue.checking import Options, Report, check
from ringtrue.config import load
from ringtrue.findings import Severity
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.reports import text
from ringtrue.repository.checkout import working_tree

UPSTREAM = "https://git.example.com/team/shop.git"
APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: shop
  source: {{repoURL: "https://git.example.com/team/shop.git", path: deploy/{name}, targetRevision: main}}
  destination: {{server: "https://kubernetes.default.svc", namespace: shop}}
"""
WEB = """\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "httpd:2.4", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
CLIENT = """\
apiVersion: v1
kind: Pod
metadata: {name: client, labels: {app: client}}
spec: {containers: [{name: client, image: "curl:8", env: [{name: WEB, value: "http://web/"}]}]}
"""


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    for command in (["init", "-q"], ["remote", "add", "origin", "https://git.example.com/someone/shop-fork.git"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    applications = {f"apps/{name}.yaml": APPLICATION.format(name=name) for name in ("web", "client")}
    write(tmp_path, applications | {"deploy/web/web.yaml": WEB, "deploy/client/client.yaml": CLIENT})
    return tmp_path


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def checked(root: Path) -> tuple[Report, list[str]]:
    report = check(working_tree(root), load(root), choose(Limits(), os.environ), Options())
    return report, text.render(report, text.View()).splitlines()


def test_its_applications_are_taken_for_its_own_and_that_is_said(fork: Path) -> None:
    report, printed = checked(fork)
    assert (report.bugs, report.findings) == ((), ())
    assert [each.name for each in report.environments if each.listed] == [""]
    said = f"assumed: the Applications' repository {UPSTREAM!r} is this one: every path exists here"
    assert said in printed
    assert any("1 reference: 1 proved" in line for line in printed)


def test_a_path_that_is_not_here_makes_them_foreign_and_nothing_false_is_said(fork: Path) -> None:
    write(fork, {"apps/stock.yaml": APPLICATION.format(name="stock")})
    report, printed = checked(fork)
    assert report.bugs == ()
    assert [each for each in report.findings if each.severity is Severity.ERROR] == []
    said = (
        f"assumed: the Applications' repository {UPSTREAM!r} is another one: it is no remote of this repository, "
        "and 'deploy/stock' does not exist here; [argocd] repository in ringtrue.toml can say otherwise"
    )
    assert said in printed
