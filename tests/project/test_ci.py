"""The action, the GitLab job and the workflows of docs/ci.md: as their schemas want them, and run by bash here.

Installed once, as the action does it from its own checkout; what a package registry would bring comes from this test's
own environment. A program `gh` or `curl` writes down what it was asked.
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from render_environments import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
INSTALL, CHECK = ACTION["runs"]["steps"]
TEMPLATE = ROOT / "ci/gitlab/ringtrue.yml"
PAGE = (ROOT / "docs/ci.md").read_text()
BLOCKS: Mapping[str, str] = dict(re.findall(r"<!-- (\w+: [\w-]+) -->\n```yaml\n(.*?)```", PAGE, re.S))
HELD = ("apps", "argocd", "base", "overlays", "ringtrue.toml")
SELECTOR = "apps/httpd/service.yaml"


class Loader(yaml.SafeLoader):
    """Reads GitLab's `!reference` as the list that it names."""


Loader.add_constructor("!reference", lambda loader, node: ("reference", *loader.construct_sequence(node)))
JOB: Mapping[str, Any] = yaml.safe_load(TEMPLATE.read_text())["ringtrue"]

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Runner:
    """A machine of a CI service: its folders, and what it sets."""

    folder: Path

    def environ(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "CI"))}
        bin_folder, temp = self.folder / "bin", self.folder / "temp"
        return kept | {
            "PATH": os.pathsep.join([str(bin_folder), str(temp / "ringtrue-path"), os.environ["PATH"]]),
            "PYTHONPATH": sysconfig.get_path("purelib"),
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_NO_BUILD_ISOLATION": "0",
            "RUNNER_TEMP": str(temp),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_PATH": str(self.folder / "path"),
            "TMPDIR": str(temp),
            **more,
        }

    def bash(self, script: str, where: Path, **more: str) -> Done:
        """As both services call it: it stops at the first command that fails."""
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=where, env=self.environ(**more), capture_output=True, text=True, check=False)

    def outputs(self) -> dict[str, str]:
        path = self.folder / "output"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return dict(line.split("=", 1) for line in lines)

    def program(self, name: str) -> Path:
        """A program in the place of one that calls a server; what it is asked goes to the file that is returned."""
        path, said = self.folder / "bin" / name, self.folder / f"{name}.asked"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{said}"\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return said


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """With the action's first step done, from a copy: an install builds in its folder."""
    made = Runner(tmp_path_factory.mktemp("runner"))
    (made.folder / "temp").mkdir()
    action = made.folder / "action"
    leave = shutil.ignore_patterns("__pycache__", "_renderer")
    shutil.copytree(ROOT / "scripts", action / "scripts", ignore=leave)
    shutil.copytree(ROOT / "docs/rules", action / "docs/rules")
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, action)
    done = made.bash(INSTALL["run"], made.folder, ACTION=str(action), PYTHON=sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A clone of a repository with nothing wrong in it."""
    folder = tmp_path / "a work tree"
    for name in HELD:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder)
    commit(folder, "-q", "-b", "main")
    return folder


def commit(folder: Path, *init: str) -> None:
    person = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for words in ([["init", *init]] if init else []) + [["add", "--all"], ["commit", "-q", "-m", "x"]]:
        subprocess.run(["git", *words], cwd=folder, env=os.environ | person, check=True)


def broken(folder: Path) -> None:
    path = folder / SELECTOR
    path.write_text(path.read_text().replace("component: httpd_webserver", "component: httpd_webservr"))


def check(runner: Runner, where: Path, **inputs: str) -> Done:
    """The action's second step; what a workflow does not give has its default."""
    given = {name: str(each["default"]) for name, each in ACTION["inputs"].items()} | inputs
    names = {name: re.findall(r"inputs\.(\w+)", value)[0] for name, value in CHECK["env"].items()}
    return runner.bash(CHECK["run"], where, **{name: given[of] for name, of in names.items()})


def gitlab(runner: Runner, script: Sequence[str], where: Path, **given: str) -> Done:
    """The lines of a job's script, one after the other in one shell, after those of an install done already."""
    lines = ['RINGTRUE="$RUNNER_TEMP/ringtrue"', *script]
    return runner.bash("\n".join(lines), where, **{**JOB["variables"], **given})


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        *((name, "github-workflows") for name in BLOCKS if name.startswith("workflow")),
        *((name, "gitlab-ci") for name in BLOCKS if name.startswith("pipeline")),
        ("action.yml", "github-actions"),
        ("ci/gitlab/ringtrue.yml", "gitlab-ci"),
    ],
)
def test_it_is_as_its_schema_wants_it(name: str, schema: str, tmp_path: Path) -> None:
    path = tmp_path / "block.yml"
    path.write_text(BLOCKS[name] if name in BLOCKS else (ROOT / name).read_text())
    transform = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *transform, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n"), done.stderr


def test_the_page_has_the_blocks_that_are_run_here() -> None:
    assert sorted(BLOCKS) == [
        "pipeline: clusters",
        "pipeline: comment",
        "pipeline: include",
        "workflow: clusters",
        "workflow: pull-request",
    ]


def test_nothing_is_written_into_a_script() -> None:
    workflows = [yaml.safe_load(text) for name, text in BLOCKS.items() if name.startswith("workflow")]
    steps = [*ACTION["runs"]["steps"], *(step for each in workflows for step in each["jobs"]["check"]["steps"])]

    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    assert len([step for step in steps if "run" in step]) == 3


def test_the_action_where_nothing_is_wrong(runner: Runner, work: Path) -> None:
    done = check(runner, work)

    assert (done.returncode, done.stdout) == (0, "")
    assert runner.outputs() == {"status": "0", "sarif": "ringtrue.sarif"}
    assert json.loads((work / "ringtrue.sarif").read_text())["runs"][0]["results"] == []


def test_the_action_where_something_is(runner: Runner, work: Path) -> None:
    broken(work)
    done = check(runner, work, sarif="out.sarif", env="dev prod")
    (result,) = json.loads((work / "out.sarif").read_text())["runs"][0]["results"]

    assert done.returncode == 1
    assert done.stdout.startswith("::error file=apps/httpd/service.yaml,line=8,col=5,")
    assert runner.outputs() == {"status": "1", "sarif": "out.sarif"}
    assert result["ruleId"] == "service-selects-nothing"
    assert result["properties"]["environments"] == ["dev", "prod"]


def test_the_action_where_it_cannot_run(runner: Runner, work: Path) -> None:
    done = check(runner, work, env="devv")

    assert (done.returncode, done.stdout) == (2, "")
    assert "ringtrue: no environment is called 'devv'; did you mean 'dev'?" in done.stderr
    assert runner.outputs() == {"status": "2"}


@pytest.mark.parametrize("value", ["$(touch pwned)", "`touch pwned`", "; touch pwned", '" && touch pwned #', "*", "--"])
@pytest.mark.parametrize("name", ["root", "paths", "env", "args", "sarif"])
def test_an_input_is_never_run(runner: Runner, work: Path, name: str, value: str) -> None:
    check(runner, work, **{name: value})

    assert not list(work.parent.rglob("pwned"))
    assert set(runner.outputs()) <= {"status", "sarif"}


@pytest.mark.parametrize("value", ["a\nstatus=0", "", "--version"])
def test_a_file_name_that_is_none(runner: Runner, work: Path, value: str) -> None:
    done = check(runner, work, sarif=value)

    assert (done.returncode, done.stdout) == (2, "::error::the input sarif must name a file\n")
    assert runner.outputs() == {}


def test_an_old_python_is_refused(runner: Runner) -> None:
    done = runner.bash(INSTALL["run"], runner.folder, ACTION=".", PYTHON="false")

    assert done.returncode == 2
    assert done.stdout == "::error::ringtrue needs Python 3.11 or later; use actions/setup-python before it\n"


def test_later_steps_find_ringtrue_and_no_other_program(runner: Runner) -> None:
    (path,) = (runner.folder / "path").read_text().split()

    assert [each.name for each in Path(path).iterdir()] == ["ringtrue"]


def test_the_comment_on_a_pull_request(runner: Runner, work: Path) -> None:
    steps = yaml.safe_load(BLOCKS["workflow: pull-request"])["jobs"]["check"]["steps"]
    (step,) = [each for each in steps if each.get("name") == "Comment"]
    broken(work)
    commit(work)
    base = subprocess.run(["git", "rev-parse", "HEAD~1"], cwd=work, capture_output=True, text=True, check=True)
    asked = runner.program("gh")
    done = runner.bash(step["run"], work, BASE=base.stdout.strip(), PULL="7", GH_TOKEN="none")
    told = runner.folder / "temp/diff.md"

    assert done.returncode == 0, done.stderr
    assert asked.read_text().split() == [
        "pr",
        "comment",
        "7",
        "--body-file",
        str(told),
        "--edit-last",
        "--create-if-none",
    ]
    assert told.read_text().startswith(
        f"### ringtrue: 6 connections broken, 1 new error\n\nfrom {base.stdout.strip()} to HEAD\n\n"
    )
    assert told.read_text().endswith("\n</details>\n")


def shops(folder: Path) -> Path:
    """Two clusters; in that of the west nobody answers to the name that is called."""
    for cluster, host in (("east", "web"), ("west", "wbe")):
        place = folder / "clusters" / cluster / "prod"
        place.mkdir(parents=True)
        (place / "kustomization.yaml").write_text("namespace: shop\nresources: [../../../base, caller.yaml]\n")
        (place / "caller.yaml").write_text(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: caller}\nspec:\n  containers:\n"
            f"    - {{name: curl, image: 'curl:8', env: [{{name: WEB_URL, value: 'http://{host}'}}]}}\n"
        )
    (folder / "base").mkdir()
    (folder / "base/kustomization.yaml").write_text("resources: [web.yaml]\n")
    (folder / "base/web.yaml").write_text(
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\n"
        "spec: {containers: [{name: web, image: 'web:1', ports: [{containerPort: 80}]}]}\n"
    )
    commit(folder, "-q", "-b", "main")
    return folder


def test_one_job_for_each_cluster(runner: Runner, tmp_path: Path) -> None:
    work = shops(tmp_path)
    job = yaml.safe_load(BLOCKS["workflow: clusters"])["jobs"]["check"]
    given = job["steps"][1]["with"]
    statuses = {}
    for cluster in job["strategy"]["matrix"]["cluster"]:
        inputs = {name: value.replace("${{ matrix.cluster }}", cluster) for name, value in given.items()}
        statuses[cluster] = check(runner, work, **inputs).returncode
    (jobs,) = yaml.safe_load(BLOCKS["pipeline: clusters"])["ringtrue"]["parallel"]["matrix"]
    in_gitlab = [gitlab(runner, JOB["script"], work, RINGTRUE_PATHS=path).returncode for path in jobs["RINGTRUE_PATHS"]]

    assert statuses == {"east": 0, "west": 1}
    assert in_gitlab == [0, 1]
    assert sorted(path.name for path in work.glob("*.sarif")) == ["ringtrue-east.sarif", "ringtrue-west.sarif"]


def test_the_job_of_gitlab(runner: Runner, work: Path) -> None:
    broken(work)
    lines = "\n".join([*JOB["before_script"], *JOB["script"]])
    given = {**JOB["variables"], "RINGTRUE_ENV": "dev prod", "RINGTRUE_SOURCE": str(runner.folder / "action")}
    done = runner.bash(lines, work, **given)
    (found,) = json.loads((work / JOB["artifacts"]["reports"]["codequality"]).read_text())
    cases = ElementTree.parse(work / JOB["artifacts"]["reports"]["junit"]).getroot()

    assert done.returncode == 1
    assert "[service-selects-nothing]" in done.stdout
    assert (found["check_name"], found["location"]["path"]) == ("service-selects-nothing", SELECTOR)
    assert len(list(cases.iter("failure"))) == 1


def test_the_job_of_gitlab_where_nothing_is_wrong(runner: Runner, work: Path) -> None:
    done = gitlab(runner, JOB["script"], work)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((work / "gl-code-quality-report.json").read_text()) == []


@pytest.mark.parametrize("name", ["RINGTRUE_ROOT", "RINGTRUE_PATHS", "RINGTRUE_ENV", "RINGTRUE_ARGS"])
def test_a_variable_is_never_run(runner: Runner, work: Path, name: str) -> None:
    done = gitlab(runner, JOB["script"], work, **{name: "; touch pwned $(touch pwned) `touch pwned` * &&"})

    assert done.returncode == 2
    assert not list(work.parent.rglob("pwned"))


def test_the_comment_on_a_merge_request(runner: Runner, work: Path) -> None:
    job = yaml.load(BLOCKS["pipeline: comment"], Loader)["ringtrue-diff"]
    broken(work)
    commit(work)
    asked = runner.program("curl")
    given = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1", "CI_COMMIT_SHA": "HEAD", "RINGTRUE_TOKEN": "none"}
    place = {"CI_API_V4_URL": "https://git.example.com/api/v4", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7"}
    done = gitlab(runner, job["script"], work, **given, **place)

    assert done.returncode == 0, done.stderr
    assert asked.read_text().splitlines()[-2:] == [
        "body@ringtrue-diff.md",
        "https://git.example.com/api/v4/projects/3/merge_requests/7/notes",
    ]
    written = (work / job["artifacts"]["paths"][0]).read_text()
    assert written.startswith(
        "### ringtrue: 6 connections broken, 1 new error\n\nfrom HEAD~1 to HEAD\n".replace("~", "&#126;")
    )
