"""Everything that make and CI install is held by hashes, and named without saying where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

from render_environments import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def wanted(name: str) -> set[str]:
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_which_locks_there_are() -> None:
    assert [path.name for path in LOCKS] == ["browser.txt", "build.txt", "dev.txt", "docs.txt", "mutation.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_has_a_version_and_a_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=[A-Za-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))

    assert [r for r in requirements if "==" not in r or "--hash=sha256:" not in r] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert re.findall(r"https?:|--index-url|--extra-index-url|--find-links|--trusted-host", text) == []


def test_what_the_package_needs_is_locked() -> None:
    assert set(PROJECT["project"]["dependencies"]) <= wanted("dev.in")
    assert set(PROJECT["project"]["optional-dependencies"]["map"]) <= wanted("dev.in")
    assert set(PROJECT["build-system"]["requires"]) <= wanted("build.in")
