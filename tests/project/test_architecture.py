"""The rooms that the page lists are those of the import contract, in its order, and each is there."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scripts" / "ringtrue"
BELOW = {"findings", "config", "errors"}


def contract() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (layers,) = [each for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    named = [name for line in layers["layers"] for name in re.findall(r"\w+", line)]
    return [name for name in named if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()]


def page() -> list[str]:
    text = (ROOT / "docs" / "architecture.md").read_text()
    listed = text.partition("<!-- rooms -->")[2].partition("<!-- /rooms -->")[0]
    return re.findall(r"^- `(\w+)`", listed, re.M)


def test_the_page_lists_the_rooms_in_the_order_of_the_contract() -> None:
    rooms = [name for name in contract() if name not in BELOW and (PACKAGE / name).is_dir()]

    assert page() == rooms


def test_every_folder_of_the_package_is_a_room() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert folders - BELOW == set(page())
