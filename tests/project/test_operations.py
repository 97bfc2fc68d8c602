"""The commands of docs/operations.md, run one after the other against a server with the gate in it."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()
SECTIONS = {
    title: re.findall(r"```(\w+)\n(.*?)```", text, re.S)
    for title, _, text in (part.partition("\n") for part in PAGE.split("\n## ")[1:])
}
ENVIRONMENTS = ("dev", "staging", "prod")
HELD = ("apps", "argocd", "base", "overlays", "ringtrue.toml", "scripts/hooks", "scripts/render_environments.py")
BROKEN = "apps/httpd/service.yaml"


def blocks(title: str, language: str = "sh") -> list[str]:
    return [text for kind, text in SECTIONS[title] if kind == language]


@dataclass(frozen=True)
class Place:
    """`server.git`, and the clone `work` in which a person stands."""

    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        person = {
            f"GIT_{role}_{what}": "a@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        return kept | person | {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "scripts"),
            "SERVER": str(self.folder / "server.git"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NO_COLOR": "1",
        }  # fmt: skip

    def run(self, script: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """A script of the page, stopped at the first command that fails."""
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder / "work",
            env=self.environ | more,
            check=False,
            capture_output=True,
            text=True,
        )

    def done(self, script: str, **more: str) -> str:
        finished = self.run(script, **more)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    def tips(self, *names: str) -> list[str]:
        return self.done("git -C $SERVER rev-parse " + " ".join(names)).split()

    def section(self, title: str) -> str:
        return "".join(self.done("\n".join(map(runnable, lines(block)))) for block in blocks(title))


def lines(block: str) -> list[str]:
    return block.splitlines()


def runnable(line: str) -> str:
    """`make` as its recipe, since here is no .venv to be made; `kubectl` up to the cluster, which is not there."""
    words = shlex.split(line) if line.startswith(("make ", "kubectl ")) else []
    if words[:1] == ["make"]:
        recipe = re.search(rf"^{words[1]}:.*\n\t@\$\(BIN\)/python (.*)$", (ROOT / "Makefile").read_text(), re.M)
        assert recipe, f"the Makefile has no simple recipe for {line!r}"
        return f"{sys.executable} {recipe[1]}"
    if words[:3] == ["kubectl", "apply", "-k"]:
        return f"kubectl kustomize {words[3]}"
    return f": {line}" if words else line


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An empty server, and a clone with this repository's first commit."""
    made = Place(tmp_path_factory.mktemp("empty"))
    for name in HELD:
        source, target = ROOT / name, made.folder / "work" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    (made.folder / "bin").mkdir()
    program = made.folder / "bin" / "ringtrue"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ringtrue "$@"\n')
    program.chmod(0o755)
    made.done("git init -q --bare -b main $SERVER")
    made.done(*blocks("Protect the branches"))
    made.done("git init -q -b main\ngit add --all\ngit commit -q -m first\ngit remote add origin ../server.git")
    return made


@pytest.fixture(scope="module")
def bootstrapped(empty: Place, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, str]:
    """Every branch filled, and what that printed."""
    made = Place(tmp_path_factory.mktemp("filled"))
    shutil.copytree(empty.folder, made.folder, dirs_exist_ok=True, symlinks=True)
    return made, made.section("Put Argo CD on it")


@pytest.fixture
def filled(bootstrapped: tuple[Place, str], tmp_path: Path) -> Place:
    shutil.copytree(bootstrapped[0].folder, tmp_path, dirs_exist_ok=True, symlinks=True)
    return Place(tmp_path)


def commit(place: Place, edit: str) -> None:
    place.done(f"{edit}\ngit commit -q --all -m change")


def test_the_first_pushes_fill_every_branch(bootstrapped: tuple[Place, str]) -> None:
    place, printed = bootstrapped

    assert len(set(place.tips("main", *(f"env/{name}" for name in ENVIRONMENTS)))) == 1
    kinds = [each["kind"] for each in yaml.safe_load_all(printed)]
    assert kinds == ["AppProject", "AppProject", "AppProject", "Application"]


def test_a_promotion_moves_one_environment(filled: Place) -> None:
    commit(filled, "sed -i 's/maxSurge: 1/maxSurge: 2/' apps/httpd/deployment.yaml")
    filled.done("git push origin main main:refs/heads/env/dev")

    filled.section("Promote")

    main, dev, staging, prod = filled.tips("main", "env/dev", "env/staging", "env/prod")
    assert main == dev == staging != prod


def test_a_revert_is_promoted_like_anything_else(filled: Place) -> None:
    first = filled.done("git rev-parse HEAD^{tree}")
    commit(filled, "sed -i 's/maxSurge: 1/maxSurge: 2/' apps/httpd/deployment.yaml")
    filled.section("Hotfix")

    filled.section("Roll back")

    tips = filled.tips("main", "env/dev", "env/staging", "env/prod")
    assert len(set(tips)) == 1
    assert filled.tips("env/prod^{tree}") == [first.strip()]


def test_a_hotfix_moves_everything_or_nothing(filled: Place) -> None:
    before = filled.tips("main", "env/prod")
    commit(filled, f"sed -i 's/component: httpd_webserver/component: httpd_webservr/' {BROKEN}")
    (push,) = blocks("Hotfix")

    assert filled.run(push).returncode == 1
    assert filled.tips("main", "env/prod") == before

    commit(filled, f"sed -i 's/component: httpd_webservr/component: httpd_webserver/' {BROKEN}")
    filled.done(push)
    assert len({*filled.tips("main", "env/dev", "env/staging", "env/prod"), *before}) == 2


def test_an_environment_is_added(filled: Place) -> None:
    filled.section("Add an environment")

    assert len(set(filled.tips("main", "env/dev", "env/staging", "env/qa"))) == 1
    assert "\nhttpd-qa/dep-centos" in filled.done("ringtrue check -v --env qa")


def test_a_workload_is_added(filled: Place) -> None:
    printed = filled.section("Add a workload")

    called = "Deployment dep-report calls Service svc-clusterip-httpd:80, by env HTTPD_HOST: proved"
    assert printed.endswith(
        "connections: 3 gained, 6 as before\n\n"
        "gained: called now, and not before\n"
        f"  dev, staging, prod: {called}\n\n"
        "assumed: Kubernetes 1.35, CoreDNS, domain cluster.local, glibc, no other Services, NetworkPolicy enforced; "
        "set [cluster] to say otherwise\n"
    )


def scripts() -> dict[str, str]:
    """What the jobs on GitHub and GitLab run."""
    github, gitlab = map(yaml.safe_load, blocks("Protect the branches", "yaml"))
    (step,) = (each for each in github["jobs"]["promote"]["steps"] if each.get("name") == "promote")
    return {"GitHub": step["run"], "GitLab": "\n".join(gitlab["promote"]["script"])}


@pytest.mark.parametrize("host", ["GitHub", "GitLab"])
def test_a_job_promotes_what_the_gate_accepts(filled: Place, host: str) -> None:
    script = scripts()[host].replace('"git@$CI_SERVER_HOST:$CI_PROJECT_PATH.git"', "origin")
    commit(filled, "sed -i 's/maxSurge: 1/maxSurge: 2/' apps/httpd/deployment.yaml")
    filled.done("git push origin main")
    (commit_id,) = filled.tips("main")

    skipped = filled.run(script, BRANCH="env/staging", COMMIT=commit_id)
    assert (skipped.returncode, "promotion-skips-environment" in skipped.stdout + skipped.stderr) == (1, True)

    filled.done(script, BRANCH="env/dev", COMMIT=commit_id)
    assert filled.tips("env/dev", "env/staging") != [commit_id, commit_id]
    assert filled.tips("env/dev") == [commit_id]
