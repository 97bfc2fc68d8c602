"""The Go program's own tests, run with the Go that builds it."""

import os
import subprocess
import sys
from pathlib import Path

RENDERER = Path(__file__).parents[2] / "scripts/renderer"
GO = Path(sys.executable).with_name("go")
OWN = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local", "GOWORK": "off"}


def go(*arguments: str) -> tuple[int, str]:
    given = {name: value for name, value in os.environ.items() if name != "GOROOT" and not name.startswith("GIT_")}
    done = subprocess.run([GO, *arguments], cwd=RENDERER, env=given | OWN, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_go_tests_pass() -> None:
    status, output = go("test", "-count=1", "./...")
    assert (status, output.partition("\t")[0]) == (0, "ok  "), output


def test_go_vet_finds_nothing() -> None:
    assert go("vet", "./...") == (0, "")


def test_the_go_files_are_formatted() -> None:
    program = Path(go("env", "GOROOT")[1].strip()) / "bin/gofmt"
    files = sorted(str(path) for path in RENDERER.glob("*.go"))
    done = subprocess.run([program, "-l", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
