"""REF-01: the vectors that the live kubelet confirmed."""

from typing import Any

import pytest

from ringtrue.cluster.expansion import Expanded, expand, named

VARIABLES = {"A": "bar", "B": "bar-1", "EMPTY": "", "DOLLAR": "$(A)", "SPACE NAME": "s"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$(A)-1", Expanded("bar-1")),
        ("$(B)-2", Expanded("bar-1-2")),
        ("$$(A)", Expanded("$(A)")),
        ("${A}", Expanded("${A}")),
        ("$A", Expanded("$A")),
        ("$(DNE)", Expanded("$(DNE)", ("DNE",))),
        ("$(DNE)/$(A)/$(DNE)", Expanded("$(DNE)/bar/$(DNE)", ("DNE",))),
        ("$$$$$$$(A)", Expanded("$$$bar")),
        ("$$$$$$(A)", Expanded("$$$(A)")),
        ("$(EMPTY)x", Expanded("x")),
        ("$(DOLLAR)", Expanded("$(A)")),
        ("$(A", Expanded("$(A")),
        ("$", Expanded("$")),
        ("a$", Expanded("a$")),
        ("$($(A))", Expanded("$($(A))", ("$(A",))),
        ("$(SPACE NAME)", Expanded("s")),
        ("http://$(A).$(B).svc/", Expanded("http://bar.bar-1.svc/")),
        ("$(A)$(B)", Expanded("barbar-1")),
        ("line\n$(A)", Expanded("line\nbar")),
    ],
    ids=lambda value: f"REF-01-{value!r}" if isinstance(value, str) else "",
)
def test_expand(text: str, expected: Expanded) -> None:
    assert expand(text, VARIABLES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("$(A)/$(B) $(A)", ("A", "B")), ("$$(A) $(B", ()), ("$(X$(A)", ("X$(A",))],
    ids=["REF-01-once-each", "REF-01-escaped-and-unclosed", "REF-01-to-the-first-parenthesis"],
)
def test_named(text: str, expected: tuple[str, ...]) -> None:
    assert named(text) == expected


class Counted(str):
    """A text that counts the characters that searches in it pass over."""

    passed = 0

    def find(self, *args: Any) -> int:
        found = super().find(*args)
        self.passed += (len(self) if found < 0 else found + 1) - (args[1] if len(args) > 1 else 0)
        return found

    def rfind(self, *args: Any) -> int:
        found = super().rfind(*args)
        self.passed += len(self) - max(found, 0)
        return found


@pytest.mark.parametrize("text", ["$(" * 1000, ")" + "$(" * 1000, "$(" * 1000 + ")", "$$(" * 1000, "$(A)" * 1000])
def test_no_text_is_searched_more_than_three_times(text: str) -> None:
    counted = Counted(text)
    expand(counted, VARIABLES)
    assert len(text) <= counted.passed <= 3 * len(text)
