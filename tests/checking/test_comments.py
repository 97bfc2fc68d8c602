"""Ignore comments in a file's text."""

import pytest

from ringtrue.checking.comments import Comment, comments

TEXTS = {
    "on the line": ("a: 1\nport: 80  # ringtrue: ignore[x] -- legacy\n", [Comment(("x",), "legacy", 2, 11, (2,))]),
    "above the line": ("# ringtrue: ignore[x] -- legacy\nport: 80\n", [Comment(("x",), "legacy", 1, 1, (2,))]),
    "above, with another comment between": (
        "  # ringtrue: ignore[x] -- legacy\n  # see the wiki\n  port: 80\n",
        [Comment(("x",), "legacy", 1, 3, (3,))],
    ),
    "above a key whose value starts below": (
        "# ringtrue: ignore[x] -- legacy\nselector:\n  app: web\n",
        [Comment(("x",), "legacy", 1, 1, (2, 3))],
    ),
    "on a key whose value starts below": (
        "selector:  # ringtrue: ignore[x] -- legacy\n  app: web\n",
        [Comment(("x",), "legacy", 1, 12, (1, 2))],
    ),
    "two rules": ("a: 1  # ringtrue: ignore[x, y] -- both\n", [Comment(("x", "y"), "both", 1, 7, (1,))]),
    "no reason": ("a: 1  # ringtrue: ignore[x]\n", [Comment(("x",), "", 1, 7, (1,))]),
    "an empty reason": ("a: 1  # ringtrue: ignore[x] -- \n", [Comment(("x",), "", 1, 7, (1,))]),
    "no comment": ("text: 'ringtrue: ignore[x]'\n", []),
    "at the end of the file": ("a: 1\n# ringtrue: ignore[x] -- legacy", [Comment(("x",), "legacy", 2, 1, (2,))]),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_comments(text: str, expected: list[Comment]) -> None:
    assert list(comments(text.encode())) == expected
