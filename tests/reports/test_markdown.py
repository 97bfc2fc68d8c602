"""Text of other people in a comment, read as CommonMark with tables reads it."""

import re

import pytest
from markdown_it import MarkdownIt

from ringtrue.reports.markdown import code, fenced, folded, said, units

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NO_WIDTH = "\u200b"

HOSTILE = {
    "a pipe": "a | b |",
    "backticks": "`rm -rf` ``x",
    "a tag": "<img src=x onerror=alert(1)> <!-- x",
    "an end of the fold": "</details><h1>x",
    "an entity": "&lt;b&gt; &#64;",
    "emphasis": "*a* __b__ ~~c~~ _d_",
    "a link": "[x](y) ![x](y) [x]: y",
    "a backslash": "\\| \\",
    "a formula": "$(A):$(B)",
}


def shown(html: str) -> str:
    """What a reader sees of it."""
    text = re.sub("</?(?:p|li|ul|code|span)>", "", html).strip()
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text.replace(NO_WIDTH, "")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_is_read_as_it_is_written(text: str) -> None:
    for written in (f"- {said(text)}", f"so {code(text)}"):
        html = READER.render(written)
        assert set(re.findall(r"<(\w+)", html)) <= {"p", "ul", "li", "code", "span"}
        assert shown(html).removeprefix("so ") == text.strip()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_stays_in_its_cell(text: str) -> None:
    html = READER.render(f"| a | b |\n|---|---|\n| {said(text)} | {code(text)} |\n")

    assert [shown(cell) for cell in re.findall("<td>(.*?)</td>", html)] == [text.strip()] * 2
    assert set(re.findall(r"<(\w+)", html)) <= {"table", "thead", "tbody", "tr", "th", "td", "code", "span"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ask @all, a@b.example", f"ask @{NO_WIDTH}all, a@{NO_WIDTH}b.example"),
        ("see #12, !3", f"see #{NO_WIDTH}12, !{NO_WIDTH}3"),
        ("http://web/ and www.example.com", f"http:{NO_WIDTH}//web/ and www{NO_WIDTH}.example.com"),
        ("one\ntwo\r\x1b[31m\u202e\u200b", "one\\ntwo\\r\\x1b&#91;31m\\u202e\\u200b".replace("\\", "&#92;")),
    ],
    ids=["a mention", "an issue", "an address", "lines and control characters"],
)
def test_nobody_is_called_and_nothing_is_linked(text: str, written: str) -> None:
    assert said(text) == written


@pytest.mark.parametrize(
    ("text", "longest", "written"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abc..."),
        ("a|bcd", 9, "a..."),
        ("a|bcdef", 10, "a&#124;..."),
    ],
    ids=["it fits", "one letter too many", "never half an entity", "a whole one"],
)
def test_a_long_text_is_cut(text: str, longest: int, written: str) -> None:
    assert said(text, longest) == written


@pytest.mark.parametrize(
    "lines", [["+a"], [" ```", "+````x"], ["  ~~~", " `````"]], ids=["plain", "a fence", "a longer one"]
)
def test_no_line_ends_a_fence(lines: list[str]) -> None:
    (token,) = READER.parse(fenced(lines, "diff"))

    assert (token.type, token.info, token.content) == ("fence", "diff", "\n".join(lines) + "\n")


def test_a_fold_holds_markdown() -> None:
    html = READER.render(folded("more", "- a"))

    assert html == "<details><summary>more</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>"


def test_units_are_those_of_utf_16() -> None:
    assert [units(text) for text in ("abc", "äö", "😀")] == [3, 2, 2]
