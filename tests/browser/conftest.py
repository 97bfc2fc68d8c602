"""One browser for all tests; maps are made by the real command, once each."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import Opened, chromium
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
Draw = Callable[[Path], Path]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    known: dict[Path, Path] = {}

    def made(root: Path) -> Path:
        if root not in known:
            known[root] = tmp_path_factory.mktemp("map") / "map.html"
            command = [sys.executable, "-m", "ringtrue", "map", "-q", "--root", str(root), "-o", str(known[root])]
            environ = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
            subprocess.run(command, check=True, env=environ)
        return known[root]

    return made


@pytest.fixture
def own(browser: Browser, draw: Draw) -> Iterator[Opened]:
    """The map of this repository."""
    yield from closed(Opened(browser, draw(ROOT)))


@pytest.fixture
def broken(browser: Browser, draw: Draw) -> Iterator[Opened]:
    """This repository, where no policy lets the clients in."""
    yield from closed(Opened(browser, draw(ROOT / "tests/scenarios/nobody-let-in")))


def closed(opened: Opened) -> Iterator[Opened]:
    """Whatever a test does, the page must not complain."""
    yield opened
    opened.context.close()
    assert opened.complaints == []
