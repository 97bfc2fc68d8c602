"""Where a word of a scalar stands in the file, for every style of YAML: the word is TARGET, the scalar is at `v`."""

import pytest

from ringtrue.findings import Location
from ringtrue.manifests.positions import marked
from ringtrue.tracing.spelling import placed, spelt

STYLES = {
    "plain": "v: http://TARGET:80/",
    "plain, a comment behind": "v: http://TARGET # not TARGET",
    "plain, on lines": "v: one\n  two\n\n  three TARGET\n  four # five\nw: x",
    "plain, in a flow mapping": "{w: x, v: a TARGET b}",
    "plain, on lines of a flow sequence": "w: [x,\n  y]\nv: a\n  TARGET",
    "single quotes": "v: 'it''s http://TARGET'",
    "single quotes, on lines": "v: 'it''s \n\n    one '' TARGET   \n    two'",
    "double quotes": 'v: "say \\"TARGET\\""',
    "double quotes, escapes": 'v: "\\ta\\x41\\u00e9\\U0001F600\\/\\\\ TARGET"',
    "double quotes, lines escaped": 'v: "one \\\n   two \\n TARGET"',
    "double quotes, on lines": 'v: "one   \n\n\n   two TARGET  \n   three"',
    "JSON": '{"w": 1,\n "v": "line one\\nline two TARGET\\n"}',
    "literal": "v: |\n  # one\n\n  two TARGET\nw: x",
    "literal, stripped": "v: |-\n    one\n      two TARGET",
    "literal, kept": "v: |+\n  TARGET\n\n\nw: x",
    "literal, blank lines first": "v: |\n\n\n  TARGET\n",
    "literal, indentation said": "v: |2\n    one\n  TARGET\n",
    "literal, a comment in its head": "v: |- # TARGET\n  TARGET\n",
    "literal, a property before it": "v: !!str &a |\n  one\n  TARGET\n",
    "literal, in a list": "v: |\n  - a: b\n    TARGET: c\n",
    "literal, Windows": "v: |\r\n  one\r\n  TARGET\r\n",
    "literal, wide letters": "v: |\n  äöü € TARGET\n",
    "folded": "v: >\n  one\n  two TARGET\n  three\n",
    "folded, blank lines": "v: >-\n\n  one\n\n\n  two\n  TARGET",
    "folded, lines further in": "v: >\n  one\n    two\n    TARGET\n  three\n",
    "folded, indentation said": "v: >1\n    one\n   TARGET\n",
    "a property": "v: &anchor !!str 'TARGET'",
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_a_word_of_a_scalar(text: str) -> None:
    document = marked(text)[0]
    value, mark = document.value["v"], document.span(("v",))
    place = Location("a.yaml", mark.line, mark.column, mark.end_line, mark.end_column)
    rows = [row.removesuffix("\r") for row in text.split("\n")]
    start = value.index("TARGET")

    found = placed(spelt(rows, place, value), "a.yaml", start, start + 6)

    line = next(number for number, row in enumerate(rows) if "TARGET" in row and "|- #" not in row)
    column = rows[line].index("TARGET") + 1
    assert found == Location("a.yaml", line + 1, column, line + 1, column + 6)


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_another_text_is_not_there(text: str) -> None:
    document = marked(text)[0]
    mark = document.span(("v",))
    place = Location("a.yaml", mark.line, mark.column, mark.end_line, mark.end_column)
    assert spelt(text.split("\n"), place, document.value["v"].replace("T", "U")) == ()


def test_a_word_with_an_escape_in_it() -> None:
    runs = spelt([r'v: "a\x2db"'], Location("a.yaml", 1, 4, 1, 12), "a-b")
    assert placed(runs, "a.yaml", 0, 3) == Location("a.yaml", 1, 5, 1, 11)


@pytest.mark.parametrize("place", [(9, 1), (1, 40), (1, 1)], ids=["line", "column", "key"])
def test_a_place_that_is_no_scalar(place: tuple[int, int]) -> None:
    assert spelt(["v: text"], Location("a.yaml", *place, 9, 9), "text") == ()
