"""REF-01: the vectors that the live kubelet confirmed."""

import pytest

from ringtrue.cluster.expansion import Expanded, expand

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
