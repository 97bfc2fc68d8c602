"""From a bare repository to the page: git, ringtrue and the bars for real, on a small repository of our own."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.accuracy import trees
from benchmarks.accuracy.answers import ask, init
from benchmarks.accuracy.bars import broken
from benchmarks.accuracy.judging import Card
from benchmarks.accuracy.labels import Corpus, Replay, Spec, Unit
from benchmarks.accuracy.replaying import Outcome, replay
from benchmarks.accuracy.table import misses, page

ROOT = Path(__file__).parents[2]
WEB = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: LABEL}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: server, namespace: shop, labels: {app: web}}
spec:
  containers:
  - {name: web, image: "registry.example/web:1", env: [{name: SELF_URL, value: "http://web"}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of bare repositories with one in it: a broken selector, then its fix."""
    work = tmp_path / "work"
    (work / "app").mkdir(parents=True)
    (work / "other.txt").write_text("not below app")
    (work / "app" / "link.yaml").symlink_to("../../outside.yaml")
    git(work, "init", "--quiet")
    for label in ("wbe", "web"):
        (work / "app" / "web.yaml").write_text(WEB.replace("LABEL", label))
        git(work, "add", ".")
        git(work, "commit", "--quiet", "--message", label)
    git(tmp_path, "clone", "--quiet", "--bare", str(work), "mirror/example+shop")
    return tmp_path / "mirror"


def git(at: Path, *words: str) -> str:
    author = {f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | author
    return subprocess.run(
        ["git", *words], cwd=at, env=environ, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_commit_becomes_a_tree_with_its_public_address(folder: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    trees.write(trees.bare(folder, "example/shop"), "HEAD", ("app",), tree, "example/shop")

    assert sorted(path.name for path in tree.iterdir()) == [".git", "app"]
    assert [path.name for path in (tree / "app").iterdir()] == ["web.yaml"]
    assert git(tree, "remote", "get-url", "origin") == "https://github.com/example/shop.git"


def test_what_is_not_there_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(trees.Missing, match=r"clone https://github\.com/example/bank as a bare one"):
        trees.bare(folder, "example/bank")
    with pytest.raises(trees.Missing, match="example/shop has no commit 0000000"):
        trees.write(trees.bare(folder, "example/shop"), "0000000", (), tmp_path / "tree", "example/shop")


def test_a_unit_of_patterns_is_a_copy(tmp_path: Path) -> None:
    for name in ("a/one.yaml", "a/two.json", "a/notes.md", "a/expected.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    unit = Unit("a", "plain", paths=("a/*",), exclude=("*expected*",))
    root, paths = trees.placed(tmp_path, unit, tmp_path / "copy")

    assert (root, paths) == (tmp_path / "copy", (".",))
    assert sorted(path.name for path in (root / "a").iterdir()) == ["one.yaml", "two.json"]


def test_ringtrue_is_asked(tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(WEB.replace("LABEL", "web"))
    answer = ask(tmp_path, ("web.yaml",))

    assert (answer.status, answer.findings, answer.sources) == (0, (), ("web.yaml",))
    assert [(call.client, call.service, call.verdict, sorted(call.ports)) for call in answer.calls] == [
        ("server", "web", "proved", ["80"])
    ]


def test_a_first_configuration_is_written(tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(WEB.replace("LABEL", "web"))
    init(tmp_path)

    assert (tmp_path / "ringtrue.toml").read_text().startswith("# How ringtrue judges this repository")
    assert ask(tmp_path, ()).status == 0


def test_a_run_that_cannot_be_is_kept(tmp_path: Path) -> None:
    answer = ask(tmp_path, ())

    assert (answer.status, answer.findings) == (2, ())
    assert answer.stderr.startswith("ringtrue: nothing to check")


def fix(folder: Path, commit: str, *words: str) -> Outcome:
    unit = Unit("app", "plain", "app")
    whole = git(folder / "example+shop", "rev-parse", commit)
    return replay(Replay("H1", "example/shop", whole, ("app",), unit, "error", Spec(words)), folder)


def test_a_fix_is_seen(folder: Path) -> None:
    outcome = fix(folder, "HEAD", "web", "app=wbe")

    assert (outcome.holds, outcome.why.partition(":")[0]) == (True, "error app/web.yaml")


def test_a_fix_that_is_not_seen(folder: Path) -> None:
    assert fix(folder, "HEAD", "something else").why == "nothing before the fix"


CORPUS = Corpus("shop", "example/shop", "0123456789abcdef", (), (Unit("app"),))


def good() -> Card:
    verdicts = Counter(proved=19, unknown=1, external=7)
    return Card("shop", 1, 0.1, 20, [], 20, [], 1, verdicts=verdicts, reasons=Counter({"open-namespace": 1}))


def test_the_page() -> None:
    outcome = Outcome(Replay("H1", "example/shop", "0123456789abcdef", (), Unit("app"), "error", Spec()), True, "found")
    text = page([CORPUS], [good()], [outcome], [])

    assert "| example/shop | 0123456789 | 1 | 20/20 | 20/20 | 1/1 | 0 | 0 | 1/20 |\n" in text
    assert "| [open-namespace](rules/reference-open-namespace.md) | 1 |\n" in text
    assert "| H1 | example/shop | 0123456789 | error | yes |\n" in text
    assert text.endswith("## The bar\n\nIt holds.\n")


def test_the_bar_holds() -> None:
    assert list(broken([good()], [])) == []


def test_every_bar_can_break() -> None:
    bad = good()
    bad.missed, bad.silent, bad.traps, bad.broken, bad.open = ["e"], ["d"], ["t"], ["b"], ["u"]
    bad.wrong, bad.false, bad.verdicts = ["w"], {"f": "app"}, Counter(proved=9, unknown=1)
    failed = Outcome(Replay("H1", "", "", (), Unit("app"), "error", Spec()), False, "nothing before the fix")

    assert list(broken([bad], [failed])) == [
        "- 1 connections missed",
        "- 1 defects missed",
        "- 1 traps sprung",
        "- 1 false errors",
        "- precision 95.0%, the bar is 98%",
        "- 10.0% of the references into a cluster are unknown, the bar is 5%",
        "- fixes of the past that do not hold: H1",
        "- runs without a report",
    ]
    assert [each.partition(": ")[2] for each in misses([bad])] == [
        "missed connection: e",
        "wrong connection: w",
        "missed defect: d",
        "false error: app: f",
        "trap: t",
        "broken run: b",
        "unknown: u",
    ]


def accuracy(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.accuracy", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_repositories_are_listed() -> None:
    listed = accuracy("--list").stdout.splitlines()

    assert len(listed) == 12
    assert listed == sorted(set(listed))


def test_an_empty_folder_says_what_to_clone(tmp_path: Path) -> None:
    done = accuracy(str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"accuracy: {tmp_path} has no git directory 'GoogleCloudPlatform+bank-of-anthos': "
        "clone https://github.com/GoogleCloudPlatform/bank-of-anthos as a bare one\n"
    )
