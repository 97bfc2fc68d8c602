"""`ringtrue check --baseline`, from one report to the next."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Write = Callable[[Mapping[str, str | bytes]], Path]

WITH = ("--baseline", "b.json")
NXDOMAIN = "Pod 'client' calls 'wob.shop.svc.cluster.local', but namespace 'shop' has no Service 'wob'"


@pytest.fixture
def broken(write: Write, web: str, run: Run) -> Path:
    """A caller of a Service that does not exist, and the report that says so."""
    folder = write({"web.yaml": web.replace("web.shop.svc", "wob.shop.svc")})
    assert run("--format", "json", "--output", "b.json").returncode == 1
    return folder


def test_nothing_is_new(broken: Path, run: Run) -> None:
    done = run(*WITH)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == [
        "known from the baseline, not shown: 1 finding",
        "1 environment; 1 reference: 0 proved, 1 refuted, 0 unknown, 0 external; 0 errors, 0 warnings",
    ]


def test_a_new_fault_is_shown_alone(broken: Path, run: Run, web: str) -> None:
    (broken / "more.yaml").write_text(web.replace("shop", "kitchen").replace("web.kitchen.svc", "wib.kitchen.svc"))
    done = run(*WITH)

    assert done.returncode == 1
    assert [line.partition(": ")[0] for line in done.stdout.splitlines() if line.endswith("]") and line[0] != " "] == [
        "more.yaml:20:82"
    ]


def test_lines_that_move_change_nothing(broken: Path, run: Run) -> None:
    path = broken / "web.yaml"
    path.write_text("# one line more\n" + path.read_text())

    assert run(*WITH).returncode == 0


def test_a_fault_that_is_mended_is_said(broken: Path, run: Run, web: str) -> None:
    (broken / "web.yaml").write_text(web)
    done = run(*WITH)

    assert done.returncode == 0
    assert done.stdout.splitlines()[1:4] == [
        "known from the baseline, not shown: 0 findings",
        "no longer found, but in the baseline: 1 finding; write it anew: ringtrue check --format json --output FILE",
        f"  web.yaml: {NXDOMAIN} [reference-nxdomain]",
    ]


def test_json_says_it_too(broken: Path, run: Run, web: str) -> None:
    assert "baseline" not in json.loads((broken / "b.json").read_text())
    known = json.loads(run(*WITH, "--format", "json").stdout)
    (broken / "web.yaml").write_text(web)
    gone = json.loads(run(*WITH, "--format", "json").stdout)

    fingerprint = json.loads((broken / "b.json").read_text())["findings"][0]["fingerprint"]
    entry = {"rule": "reference-nxdomain", "path": "web.yaml", "message": NXDOMAIN, "fingerprint": fingerprint}
    assert (known["findings"], known["baseline"]) == ([], {"known": 1, "gone": []})
    assert gone["baseline"] == {"known": 0, "gone": [entry]}


def test_a_baseline_that_is_not_there(broken: Path, run: Run) -> None:
    done = run("--baseline", "missing.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ringtrue: --baseline 'missing.json' cannot be read: No such file or directory\n"
