"""Maps of public repositories, by `make maps CORPORA=DIR`: not among the tests that everybody runs."""

import os
import subprocess
from pathlib import Path

import pytest
from chromium import Opened, drawn, shown
from playwright.sync_api import Browser, expect

from conftest import Draw, closed

REPOSITORIES = (
    "GoogleCloudPlatform+bank-of-anthos",
    "ContainerSolutions+kubernetes-examples",
    "stefanprodan+podinfo",
)


@pytest.mark.parametrize("name", REPOSITORIES)
def test_the_map_of_a_public_repository(browser: Browser, draw: Draw, tmp_path: Path, name: str) -> None:
    mirror = Path(os.environ["CORPORA"]) / name
    assert mirror.is_dir(), f"{name} is not in {mirror.parent}"
    root = tmp_path / "tree"
    root.mkdir()
    archive = subprocess.run(["git", "-C", mirror, "archive", "HEAD"], capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", root], input=archive.stdout, check=True)
    opened = Opened(browser, draw(root))
    page = opened.at()
    data = opened.data()

    assert data["edges"]
    assert sorted(drawn(page, "edge")) == sorted(each["id"] for each in data["edges"])
    edge = next(each for each in data["edges"] if each["references"] and each["references"][0]["steps"])
    page.goto(f"{opened.path.as_uri()}#env={edge['environment']}")
    page.evaluate("id => { location.hash = link({ sel: id }); }", edge["id"])
    expect(page.locator("#panel ol li").first).to_contain_text(edge["references"][0]["steps"][0]["evidence"])
    assert edge["id"] in shown(page, "edge")
    list(closed(opened))
