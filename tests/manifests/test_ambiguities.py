"""Unquoted scalars that mean something else than what is written."""

import pytest

from ringtrue.manifests.ambiguities import ambiguities

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"


def found(text):
    return [(each.route, each.text, each.value, each.key) for each in ambiguities("m.yaml", (HEAD + text).encode())]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("y", True),
        ("Yes", True),
        ("off", False),
        ("1.10", 1.1),
        ("1.0", 1),
        ("0644", 420),
        ("0x1F", 31),
        ("1e3", 1000),
        ("1_000", 1000),
    ],
)
def test_a_value_that_comes_out_otherwise(written, value):
    assert found(f"a: {written}\n") == [(("a",), written, value, False)]


@pytest.mark.parametrize(
    "written", ["true", "False", '"y"', "'0644'", "yet", "on time", "1.1", "10", "0", "2026-11-24", "1.2.0", "0.5", "~"]
)
def test_a_value_that_means_what_is_written(written):
    assert found(f"a: {written}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("data:\n  on: a\n", (("data", "true"), "on", "true", True), id="a key"),
        pytest.param("a: {b: 1, no: c}\n", (("a", "false"), "no", "false", True), id="a key in braces"),
        pytest.param("a: [x, y]\n", (("a", 1), "y", True, False), id="an item in brackets"),
        pytest.param("a:\n  - n # no\n", (("a", 0), "n", False, False), id="an item with a comment"),
        pytest.param("a: off", (("a",), "off", False, False), id="at the end of the file"),
    ],
)
def test_where_it_stands(text, expected):
    assert found(text) == [expected]


def test_an_anchored_scalar_is_told_where_it_stands():
    assert found("a: &x {b: y}\nc: *x\n") == [(("a", "b"), "y", True, False)]


def test_it_names_the_object_and_its_place_in_the_file():
    text = f"{HEAD}---\n{HEAD.replace('name: m', 'name: second')}a: y\n"
    (only,) = ambiguities("m.yaml", text.encode())

    assert (only.path, only.index, only.kind, only.name) == ("m.yaml", 1, "ConfigMap", "second")


@pytest.mark.parametrize("text", ["a: [y", "on: y\n", "- y\n"], ids=["broken", "no manifest", "a list"])
def test_what_is_no_manifest_is_left_alone(text):
    assert ambiguities("m.yaml", text.encode()) == ()
