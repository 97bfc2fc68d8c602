"""Every format of `ringtrue check`, to the letter, on a repository with something of everything."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ringtrue.cli.options import FORMATS

HERE = Path(__file__).parent / "formats"
COMMAND = [sys.executable, "-m", "ringtrue", "check", "--root", str(HERE / "shop"), "-v"]
MAP = [*COMMAND[:3], "map", "--root", str(HERE / "shop")]

Done = subprocess.CompletedProcess[bytes]
Environ = Mapping[str, str]


@pytest.fixture
def called(tmp_path: Path, clean_environment: Environ) -> Callable[..., Done]:
    """The command in a process of its own."""

    def run(*words: str, **environ: str) -> Done:
        return subprocess.run(
            [*COMMAND, *words], cwd=tmp_path, env={**clean_environment, **environ}, capture_output=True, check=False
        )

    return run


@pytest.mark.parametrize("name", FORMATS["check"])
def test_the_same_bytes_whatever_the_order_of_hashes_and_the_locale(
    name: str, called: Callable[..., Done], request: pytest.FixtureRequest, valid: Callable[[str, str], Any]
) -> None:
    first = called("--format", name, PYTHONHASHSEED="1", LC_ALL="C")
    second = called("--format", name, PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo", COLUMNS="40")
    expected = HERE / "expected" / name
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.write_bytes(first.stdout)

    assert (first.returncode, second.returncode) == (1, 1)
    assert first.stdout == second.stdout == expected.read_bytes()
    if name not in ("text", "concise", "github", "markdown"):
        valid("check" if name == "json" else name, first.stdout.decode())


@pytest.mark.parametrize("name", FORMATS["map"])
def test_a_map_has_the_same_bytes(name: str, clean_environment: Environ, request: pytest.FixtureRequest) -> None:
    """The page without its style and script, which tests/browser looks at."""
    runs = [
        subprocess.run([*MAP, "--format", name], env={**clean_environment, **environ}, capture_output=True, check=True)
        for environ in ({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    ]
    page = re.sub(rb"(<(style|script)>).*?(?=</)", rb"\1", runs[0].stdout, flags=re.DOTALL)
    page = re.sub(rb"'sha256-[^']+'", b"'sha256-...'", page)
    expected = HERE / "expected" / f"map.{name}"
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.write_bytes(page)

    assert runs[0].stdout == runs[1].stdout
    assert page == expected.read_bytes()


def test_all_of_them_in_one_run(tmp_path: Path, called: Callable[..., Done]) -> None:
    pairs = [word for name in FORMATS["check"][1:] for word in ("--format", name, "--output", f"report.{name}")]
    done = called("--format", "text", *pairs)

    assert done.stdout == (HERE / "expected" / "text").read_bytes()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"report.{name}": (HERE / "expected" / name).read_bytes() for name in FORMATS["check"][1:]
    }


def test_no_report_is_written_where_one_of_them_cannot_be(tmp_path: Path, called: Callable[..., Done]) -> None:
    done = called("--format", "json", "--output", "r.json", "--format", "junit", "--output", "missing/r.xml")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "ringtrue: --output 'missing/r.xml' is in a folder that does not exist\n"
    assert list(tmp_path.iterdir()) == []
