"""What make says when it cannot set up: one sentence, and what to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from render_environments import ROOT

# Each stands in for a Python: `-c PROGRAM` is all that make asks before it makes the environment.
TOO_OLD = '#!/bin/sh\ncase "$2" in *version_info*) exit 1 ;; esac\n'
NO_ENSUREPIP = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n'


def setup(root: Path, python: str) -> tuple[int, str]:
    shutil.copy(ROOT / "Makefile", root)
    shutil.copytree(ROOT / "requirements", root / "requirements")
    shutil.copy(ROOT / "pyproject.toml", root)
    command = ["make", "--no-print-directory", "setup", f"PYTHON={python}"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.partition("\nmake: ***")[0]


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (TOO_OLD, "make: ./python is older than Python 3.11; set PYTHON to a newer one"),
        (
            NO_ENSUREPIP,
            "make: ./python cannot make a virtual environment; on Debian and Ubuntu install python3-venv",
        ),
    ],
    ids=["too-old", "no-ensurepip"],
)
def test_an_unfit_python_is_named(tmp_path: Path, program: str, sentence: str) -> None:
    python = tmp_path / "python"
    python.write_text(program, encoding="utf-8")
    python.chmod(0o755)

    assert setup(tmp_path, "./python") == (2, sentence)
    assert not (tmp_path / ".venv").exists()


def test_no_python_at_all_is_said(tmp_path: Path) -> None:
    assert setup(tmp_path, "") == (2, "make: no python3.11 or python3 on PATH; install Python 3.11 or set PYTHON")
