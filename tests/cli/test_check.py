"""`ringtrue check` from its words to its reports."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Write = Callable[[Mapping[str, str | bytes]], Path]

SUMMARY = "; 1 reference: 1 proved, 0 refuted, 0 unknown, 0 external; 0 errors, 0 warnings\n"
KUSTOMIZATION = "resources: [web.yaml]\n"


@pytest.fixture
def two(write: Write, web: str) -> Path:
    """Two environments, of which prod calls a Service that does not exist."""
    typo = web.replace("web.shop.svc", "wob.shop.svc")
    return write(
        {
            "overlays/dev/kustomization.yaml": KUSTOMIZATION,
            "overlays/dev/web.yaml": web,
            "overlays/prod/kustomization.yaml": KUSTOMIZATION,
            "overlays/prod/web.yaml": typo,
        }
    )


def rules(done: Done) -> list[str]:
    return [line.rpartition(" ")[2] for line in done.stdout.splitlines() if line.endswith("]") and line[0] != " "]


def test_the_whole_tree(two: Path, run: Run) -> None:
    done = run()

    assert (done.returncode, rules(done), done.stderr) == (1, ["[reference-nxdomain]"], "")
    assert "2 environments (overlays/dev, overlays/prod); 2 references: 1 proved, 1 refuted" in done.stdout


@pytest.mark.parametrize("word", ["overlays/dev", "./overlays/dev/", "overlays/dev/kustomization.yaml"])
def test_a_path_is_one_environment(two: Path, run: Run, word: str) -> None:
    assert run(word).stdout.splitlines()[-1] == f"1 environment (overlays/dev){SUMMARY}".rstrip()


def test_a_path_from_below_the_root(two: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (two / "ringtrue.toml").write_text("")
    monkeypatch.chdir(two / "overlays")

    assert run("prod").stdout.startswith("overlays/prod/web.yaml:")


def test_a_root_elsewhere(two: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")

    assert run("--root", str(two)).returncode == 1


def test_a_path_in_another_repository(two: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    (two / "ringtrue.toml").write_text("")
    other = tmp_path_factory.mktemp("other")
    (other / "x.yaml").write_text("a: b\n")
    done = run("overlays/dev", str(other))

    assert (done.returncode, done.stderr) == (2, f"ringtrue: {str(other)!r} is not below the root {str(two)!r}\n")


def test_one_environment_by_name(two: Path, run: Run) -> None:
    names = json.loads(run("--format", "json").stdout)["environments"]
    dev, prod = (each["name"] for each in names)

    assert (run("--env", dev).returncode, run("--env", prod).returncode) == (0, 1)


def test_an_environment_that_does_not_exist(two: Path, run: Run) -> None:
    done = run("--env", "overlays/prodd")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ringtrue: no environment is called 'overlays/prodd'; did you mean 'overlays/prod'?\n"


def test_another_kubernetes_version(two: Path, run: Run) -> None:
    assert "assumed: Kubernetes 1.31, " in run("--kubernetes-version", "1.31").stdout


def test_quiet_is_findings_only(two: Path, run: Run) -> None:
    loud, quiet = run().stdout.splitlines(), run("-q").stdout.splitlines()

    assert quiet == loud[: len(quiet)]
    assert not any("references:" in line for line in quiet)


def test_verbose_shows_every_proof(two: Path, run: Run) -> None:
    done = run("-v")

    assert done.stdout.startswith("environment ")
    assert done.stdout.count("\n  proved\n") == 1
    assert done.stderr.startswith("ringtrue: checked in ")


def test_reports_go_to_files(two: Path, run: Run) -> None:
    done = run(
        "--format", "text", "--format", "json", "--output", "report.json", "--format", "text", "--output", "report.txt"
    )

    assert (two / "report.txt").read_text() == done.stdout
    assert json.loads((two / "report.json").read_text())["version"] == 1
    assert sorted(path.name for path in two.iterdir()) == ["overlays", "report.json", "report.txt"]


def test_the_same_input_gives_the_same_bytes(two: Path, run: Run) -> None:
    assert [run("-v").stdout for _ in range(3)] == [run("-v").stdout] * 3
    assert run("--format", "json", "-v").stdout == run("--format", "json", "-v").stdout


def test_colour_only_where_it_is_wanted(two: Path, run: Run) -> None:
    assert "\x1b[" in run("--color", "always").stdout
    assert "\x1b[" not in run().stdout


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_the_index_decides_under_pre_commit(two: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    git(two, "init", "-q")
    git(two, "add", "overlays/dev")
    monkeypatch.setenv("PRE_COMMIT", "1")

    assert run().stdout.splitlines()[-1] == f"1 environment (overlays/dev){SUMMARY}".rstrip()


def test_the_index_holds_what_will_be_committed(two: Path, run: Run) -> None:
    git(two, "init", "-q")
    git(two, "add", ".")
    (two / "overlays/prod/web.yaml").write_text((two / "overlays/dev/web.yaml").read_text())

    assert (run().returncode, run("--index").returncode) == (0, 1)


def test_an_untracked_file(two: Path, run: Run) -> None:
    git(two, "init", "-q")
    git(two, "add", "overlays/dev/kustomization.yaml")
    done = run("--index")

    assert (done.returncode, rules(done)) == (1, ["[file-untracked]"])


def test_the_index_without_git(two: Path, run: Run) -> None:
    done = run("--index")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
