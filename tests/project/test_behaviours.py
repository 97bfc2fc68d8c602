"""The table of behaviours against the code and the tests: no id without a row, no row without code and a vector."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scripts" / "ringtrue"
TESTED = ("cluster", "references", "reachability")
FAMILIES = "SEL|EP|PORT|DNS|ADM|UPD|REF|NET"
ID = re.compile(rf"\b(?:{FAMILIES})-\d\d\b")
SPAN = re.compile(rf"\b({FAMILIES})-(\d\d) to (?:\1-)?(\d\d)\b")


def rows() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "docs" / "behaviours.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if ID.fullmatch(cells[0]):
            yield cells[0], cells[-1]


def named(text: str) -> set[str]:
    """The ids that a text names, those within "DNS-10 to DNS-12" too."""
    spans = {f"{family}-{n:02}" for family, low, high in SPAN.findall(text) for n in range(int(low), int(high) + 1)}
    return spans | set(ID.findall(text))


@cache
def named_in(folder: Path) -> frozenset[str]:
    return frozenset(name for path in folder.rglob("*.py") for name in named(path.read_text(encoding="utf-8")))


def functions() -> Iterator[tuple[str, set[str]]]:
    """The public functions of the room cluster, with the ids that their docstrings name."""
    for path in sorted((PACKAGE / "cluster").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.stem}.{node.name}", named(ast.get_docstring(node) or "")


TABLE = list(rows())
ROOM = dict(TABLE)
IN_A_ROOM = {name: room for name, room in TABLE if not room.startswith("-")}
VECTORS = {name for room in TESTED for name in named_in(ROOT / "tests" / room)}


def test_each_id_has_one_row() -> None:
    assert [name for name, _ in TABLE] == list(ROOM)


def test_no_id_is_without_a_row() -> None:
    assert named_in(PACKAGE) - set(ROOM) == set()


@pytest.mark.parametrize(("name", "room"), IN_A_ROOM.items())
def test_the_room_of_a_row_names_it(name: str, room: str) -> None:
    assert name in named_in(PACKAGE / room)


@pytest.mark.parametrize("name", [name for name, room in IN_A_ROOM.items() if room in TESTED])
def test_a_row_has_a_vector(name: str) -> None:
    assert name in VECTORS


@pytest.mark.parametrize(("function", "ids"), list(functions()))
def test_a_function_of_the_cluster_has_a_vector(function: str, ids: set[str]) -> None:
    assert {name for name in ids if name in IN_A_ROOM and ROOM[name] in TESTED} - VECTORS == set()
