"""Route to span: keys, values, list items, merges, and the nearest parent."""

import pytest

from ringtrue.findings import Route
from ringtrue.manifests.positions import Span, marked

TEXT = """\
# a comment
apiVersion: v1
metadata: &m
  name: x
  on: 012
spec:
  ports:
  - port: 80
    name: "a b"
  - {port: 81}
  empty:
other:
  z: 1
  <<: *m
again: *m
---
second: true
"""
VALUES: dict[Route, Span] = {
    (): Span(2, 1, 15, 10),
    ("metadata", "name"): Span(4, 9, 4, 10),
    ("metadata", "true"): Span(5, 7, 5, 10),
    ("spec", "ports", 0): Span(8, 5, 9, 16),
    ("spec", "ports", 0, "name"): Span(9, 11, 9, 16),
    ("spec", "ports", 1, "port"): Span(10, 12, 10, 14),
    ("spec", "empty"): Span(11, 3, 11, 8),
    ("other", "name"): Span(4, 9, 4, 10),
    ("again",): Span(15, 8, 15, 10),
    ("again", "name"): Span(4, 9, 4, 10),
}
NEAREST: dict[Route, Span] = {
    ("spec", "ports", 1, "targetPort"): Span(10, 5, 10, 15),
    ("spec", "ports", 7, "port"): Span(8, 3, 10, 15),
    ("spec", "ports", "name"): Span(8, 3, 10, 15),
    ("spec", "ports", 0, "name", 0): Span(9, 11, 9, 16),
    ("nowhere",): Span(2, 1, 15, 10),
}


@pytest.mark.parametrize(("route", "span"), VALUES.items(), ids=str)
def test_value(route: Route, span: Span) -> None:
    document = marked(TEXT)[0]

    assert (document.span(route), document.has(route)) == (span, True)


@pytest.mark.parametrize(("route", "span"), NEAREST.items(), ids=str)
def test_nearest_parent(route: Route, span: Span) -> None:
    document = marked(TEXT)[0]

    assert (document.span(route), document.span(route, key=True), document.has(route)) == (span, span, False)


def test_key() -> None:
    document = marked(TEXT)[0]

    assert document.span(("spec", "ports", 0, "name"), key=True) == Span(9, 5, 9, 9)
    assert document.span(("metadata", "true"), key=True) == Span(5, 3, 5, 5)


def test_scalar_is_the_text_as_written() -> None:
    document = marked(TEXT)[0]

    assert document.scalar(("metadata", "true")) == "012"
    assert document.scalar(("spec", "ports", 0, "name")) == "a b"
    assert document.scalar(("spec", "ports")) is None


def test_documents_have_values_and_lines_of_the_file() -> None:
    document = marked(TEXT)[1]

    assert (document.value, document.span(("second",))) == ({"second": True}, Span(17, 9, 17, 13))


def test_json_objects_one_after_the_other() -> None:
    first, second, third = marked('{\n "a": {"b": 1}}\n{"c": "\\ud83d\\ude00"} {"d": [1, 2]}')

    assert first.span(("a", "b")) == Span(2, 13, 2, 14)
    assert second.span(("c",)) == Span(3, 1, 3, 22)
    assert third.span(("d", 1)) == Span(3, 33, 3, 34)


def test_a_chain_of_merges() -> None:
    links = "".join(f"a{n}: &a{n} {{<<: *a{n - 1}}}\n" for n in range(1, 100))
    document = marked(f"a0: &a0 {{deep: 1}}\n{links}")[0]

    assert document.span(("a99", "deep")) == Span(1, 16, 1, 17)
    assert document.has(("a99", "missing")) is False
