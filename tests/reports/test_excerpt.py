"""The line of a file below its finding, to the letter."""

import pytest

from ringtrue.findings import Location
from ringtrue.reports.cells import cells, wrapped
from ringtrue.reports.excerpt import excerpt
from ringtrue.reports.lines import Line, plain

LONG = "a" * 100 + "HERE" + "b" * 100

SHOWN = {
    "a span": ("  name: web", Location("x", 7, 9, 7, 12), 80, "  7 |   name: web\n    |         ^^^\n"),
    "a place without an end": ("  name: web", Location("x", 7, 9), 80, "  7 |   name: web\n    |         ^\n"),
    "a span of several lines": (
        "- name: web",
        Location("x", 12, 3, 14, 5),
        80,
        "  12 | - name: web\n     |   ^^^^^^^^^\n",
    ),
    "a tab": ("\tx: y", Location("x", 1, 5, 1, 6), 80, "  1 |     x: y\n    |        ^\n"),
    "a tab behind letters": ("ab\tx", Location("x", 1, 4, 1, 5), 80, "  1 | ab  x\n    |     ^\n"),
    "wide characters": ("名: 値 x", Location("x", 1, 4, 1, 5), 80, "  1 | 名: 値 x\n    |     ^^\n"),
    "a combining character": ("e\u0301: x", Location("x", 1, 5, 1, 6), 80, "  1 | e\u0301: x\n    |    ^\n"),
    "a control character": ("\x1b[31m: x", Location("x", 1, 8, 1, 9), 80, "  1 | \\x1b[31m: x\n    |           ^\n"),
    "a column past the end": ("ab", Location("x", 1, 90, 1, 99), 80, "  1 | ab\n    |   ^\n"),
    "a long line": (
        LONG,
        Location("x", 1, 101, 1, 105),
        40,
        f"  1 | …{'a' * 10}HERE{'b' * 18}…\n    | {' ' * 11}^^^^\n",
    ),
    "a long span": ("x" * 200, Location("x", 1, 1, 1, 201), 40, f"  1 | {'x' * 32}…\n    | {'^' * 32}\n"),
}


@pytest.mark.parametrize(("row", "place", "width", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_row_with_its_marks(row: str, place: Location, width: int, shown: str) -> None:
    assert plain(excerpt(row, place, "error", width)) == shown
    assert max(map(cells, shown.splitlines())) <= width


LINE: Line = (("x.yaml:1:2", "place"), (": ", ""), ("error", "error"), (": call `kubectl get pods` again now ", ""))


def test_a_line_goes_on_below_hanging_and_no_command_is_torn() -> None:
    assert plain(wrapped([LINE], 34)) == "x.yaml:1:2: error: call\n    `kubectl get pods` again now\n"


def test_the_place_is_never_torn_from_what_follows() -> None:
    assert plain(wrapped([LINE], 8)).startswith("x.yaml:1:2:\n    error:\n")


def test_without_a_width_a_line_stays_whole() -> None:
    assert list(wrapped([LINE], None)) == [LINE]
