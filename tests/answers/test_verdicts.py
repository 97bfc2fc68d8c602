"""The verdicts of other tools beside a real run of ours, and the page that is made of them."""

import os
import subprocess
from pathlib import Path

import pytest
from benchmarks.accuracy.answers import Answer, Found
from benchmarks.answers import sources
from benchmarks.answers.__main__ import checked, compared, main
from benchmarks.answers.comparing import Difference, Tally
from benchmarks.answers.page import page, unexplained
from benchmarks.answers.sources import NOTHING, Apart, Check, Connections, Tool
from benchmarks.answers.verdicts import Outcome, judged, reported, usable

FILES = {
    "checks/web.yaml": """\
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: "registry.example/web:1"}]}
""",
    "checks/empty.yaml": "# nothing\n",
    "worlds/pair/pods.yaml": """\
{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: [{name: b}]}}
""",
    "told/pair_connlist_output.txt": (
        "default/a[Pod] => default/b[Pod] : All Connections\ndefault/b[Pod] => default/a[Pod] : All Connections\n"
    ),
    "told/gone_connlist_output.txt": "",
}


def check(bad: tuple[str, ...] = (), good: tuple[str, ...] = (), **reasons: str) -> Check:
    return Check("dangling", ("service-selects-nothing",), bad, good, (), reasons)


CHECK = check(bad=("web.yaml: Service shop/api",), good=("web.yaml: Service shop/web",))
TOOL = Tool("example/linter", "c0ffee", "checks", "its tests", (CHECK,), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def bare(folder: Path) -> tuple[Path, str]:
    """A folder of bare repositories with one in it, and its commit."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words: str) -> str:
        command = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words)
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "-q")
    git("add", *FILES)
    git("commit", "-q", "-m", "all")
    git("clone", "-q", "--bare", ".", "mirrors/example+tool")
    return folder / "mirrors", git("rev-parse", "HEAD")


def test_a_run_of_ours_beside_the_verdicts(folder: Path) -> None:
    assert judged(TOOL, folder / "checks") == [
        Outcome(CHECK, "web.yaml: Service shop/api", theirs=True, ours=True),
        Outcome(CHECK, "web.yaml: Service shop/web", theirs=False, ours=False),
    ]


def test_files_beside_are_checked_too(folder: Path) -> None:
    (folder / "checks" / "pod.yaml").write_text(FILES["checks/web.yaml"].rpartition("---\n")[2].replace("web", "api"))
    beside = Check("dangling", ("service-selects-nothing",), (), ("web.yaml",), ("pod.yaml",), {})

    [outcome] = judged(Tool("example/linter", "c0ffee", "checks", "its tests", (beside,), ()), folder / "checks")

    assert outcome.agreed


@pytest.mark.parametrize(("rules", "expected"), [((NOTHING,), True), (("schema-invalid",), False)])
def test_nothing_to_check_is_a_verdict_where_it_is_asked_for(
    rules: tuple[str, ...], expected: bool, folder: Path
) -> None:
    empty = Check("empty", rules, ("empty.yaml",), (), (), {})
    [outcome] = judged(Tool("example/linter", "c0ffee", "checks", "its tests", (empty,), ()), folder / "checks")

    assert outcome.ours is expected


SHOWN = "error web.yaml:4: Service shop/api: Service 'api' selects app=api [service-selects-nothing]"
WORDS = {
    "the file": ("web.yaml", True),
    "an object": ("web.yaml: Service shop/api", True),
    "the beginning of a name": ("web.yaml: Service shop/ap", False),
    "the end of a word": ("web.yaml: selects nothing", False),
    "another file": ("api.yaml", False),
}


@pytest.mark.parametrize(("verdict", "expected"), WORDS.values(), ids=WORDS)
def test_what_a_verdict_names(verdict: str, expected: bool) -> None:
    answer = Answer(1, 0.1, "", (Found("error", "api", SHOWN, SHOWN),))

    assert reported(answer, CHECK, verdict) is expected


def test_findings_of_other_rules_do_not_count() -> None:
    shown = SHOWN.replace("service-selects-nothing", "schema-invalid")
    answer = Answer(1, 0.1, "", (Found("error", "api", shown, shown),))

    assert not reported(answer, CHECK, "web.yaml")


def test_a_run_that_breaks_is_no_verdict() -> None:
    with pytest.raises(RuntimeError, match="no report about 'api': a bug"):
        usable(Answer(3, 0.1, "a bug"), "api")


def test_trees_come_from_bare_repositories(bare: tuple[Path, str]) -> None:
    mirrors, commit = bare
    tool = Tool("example/tool", commit, "checks", "its tests", (CHECK,), ())

    assert [each.agreed for each in checked(tool, mirrors)] == [True, True]


def test_answers_without_manifests_are_left_out(bare: tuple[Path, str]) -> None:
    mirrors, commit = bare
    [tally] = compared(Connections("example/tool", commit, "worlds", "told"), mirrors)

    assert (tally.folder, tally.pairs) == ("pair", {"agreed": 2})


def test_a_disagreement_needs_a_reason_and_a_reason_a_disagreement() -> None:
    silent = check(bad=("a.yaml",))
    stale = check(bad=("b.yaml",), **{"b.yaml": "Why."})
    told = check(bad=("c.yaml",), **{"c.yaml": "Why."})
    outcomes = {
        TOOL: [
            Outcome(silent, "a.yaml", theirs=True, ours=False),
            Outcome(stale, "b.yaml", theirs=True, ours=True),
            Outcome(told, "c.yaml", theirs=False, ours=True),
        ]
    }
    tally = Tally("pair", differences=[Difference("pair", "a", "b", "TCP", 80, theirs=True)])

    assert unexplained([tally], outcomes) == [
        "pair: a => b : TCP 80: forbidden, not allowed",
        "example/linter, dangling, `a.yaml`: reported there, not here, and sources.toml has no reason",
        "example/linter, dangling, `b.yaml`: we agree, but sources.toml has a reason why not",
    ]


def test_the_page_counts_and_gives_reasons() -> None:
    told = check(bad=("a.yaml", "b.yaml"), good=("c.yaml",), **{"a.yaml": "Why.", "b.yaml": "Why."})
    apart = (Apart(("limits", "tls"), "Wishes."),)
    tool = Tool("example/linter", "c0ffee", "checks", "its tests", (told,), apart)
    outcomes = [
        Outcome(told, "a.yaml", theirs=True, ours=False),
        Outcome(told, "b.yaml", theirs=True, ours=False),
        Outcome(told, "c.yaml", theirs=False, ours=False),
    ]
    tally = Tally("pair")
    tally.pairs.update(agreed=5, undecided=1)
    tally.questions.update(agreed=15, undecided=3)
    tally.reasons.update({"because": 3})
    lines = page(Connections("example/tool", "c0ffee", "worlds", "told"), [tally], {tool: outcomes}).splitlines()

    assert [line for line in lines if line.startswith(("| all", "| because", "| example", "- "))] == [
        "| all | 1 | 6 | 5 | 0 | 1 | 18 | 15 | 3 |",
        "| because | 3 |",
        "| example/linter | dangling | [service-selects-nothing](rules/service-selects-nothing.md) | 3 | 1 |",
        "| all |  |  | 3 | 1 |",
        "- example/linter, dangling, reported there, not here: `a.yaml`, `b.yaml`. Why.",
        "- example/linter, `limits`, `tls`: Wishes.",
    ]


def test_a_missing_repository_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"answers: {tmp_path} has no git directory 'np-guard+netpol-analyzer': "
        "clone https://github.com/np-guard/netpol-analyzer as a bare one\n"
    )


def test_the_repositories_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "kubernetes-sigs/kubectl-validate",
        "kubescape/regolibrary",
        "np-guard/netpol-analyzer",
        "stackrox/kube-linter",
        "yannh/kubeconform",
        "zegl/kube-score",
    ]


def test_every_reason_is_about_a_verdict() -> None:
    stray = [
        (check.name, verdict)
        for tool in sources.tools()
        for check in tool.checks
        if check.cases is None
        for verdict in check.reasons
        if verdict not in (*check.bad, *check.good)
    ]
    assert stray == []
