"""The README's output blocks are what the commands above them print."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"<!-- output of: ringtrue (.*?) -->\n```\n(.*?)```\n", re.S)
README = (ROOT / "README.md").read_text()
BLOCKS = BLOCK.findall(README)


def test_the_readme_shows_output() -> None:
    assert [words for words, _ in BLOCKS] == [
        "check --root tests/scenarios/selector-matches-nothing",
        "check -v --env prod",
    ]


@pytest.mark.parametrize(("words", "shown"), BLOCKS, ids=[words for words, _ in BLOCKS])
def test_output_is_what_the_command_prints(words: str, shown: str, request: pytest.FixtureRequest) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ringtrue", *shlex.split(words)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    if request.config.getoption("update_expected"):
        block = f"<!-- output of: ringtrue {words} -->\n```\n"
        text = (ROOT / "README.md").read_text()
        (ROOT / "README.md").write_text(text.replace(f"{block}{shown}```", f"{block}{done.stdout}```"))
    assert done.stdout == shown


def test_the_words_of_the_readme_exist() -> None:
    words = set(re.findall(r"^make (\w+)", README, re.M))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M))

    assert words == {"check", "test", "golden", "help"}
    assert words <= targets


def test_every_page_is_linked_from_the_index() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    linked = set(re.findall(r"\]\((\w+\.md)\)", (ROOT / "docs" / "index.md").read_text()))

    assert linked == pages


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
