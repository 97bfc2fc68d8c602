"""Values as sigs.k8s.io/yaml reads them; each row was held against it."""

from typing import Any

import pytest

from ringtrue.manifests.yaml_values import Document, read

VALUES = {
    "on": True,
    "yes": True,
    "off": False,
    "y": True,
    "N": False,
    "nO": "nO",
    "0644": 420,
    "0o644": 420,
    "0X1F": 31,
    "1e3": 1000,
    "1_000": 1000,
    "1:30": "1:30",
    "09": 9,
    "2024-01-01": "2024-01-01",
    "=": "=",
    "!foo bar": "bar",
    "~": None,
    "Null": None,
    "nUll": "nUll",
    "1.0": 1,
    "-0.0": 0,
    "2.50": 2.5,
    ".5": 0.5,
    "+.5": 0.5,
    ".1_5": 0.15,
    ".5e1_0": 5000000000,
    "._5": "._5",
    ".5_": ".5_",
    "0b101": 5,
    "0b-101": -5,
    "-0b101": -5,
    "0B-101": "0B-101",
    "0x": "0x",
    "0o8": "0o8",
    "+1": 1,
    "+": "+",
    "9223372036854775808": 9223372036854775808,
    "18446744073709551615": 18446744073709551615,
    "18446744073709551616": 18446744073709552000,
    "+9223372036854775808": 9223372036854776000,
    "1e20": 100000000000000000000,
    "1e21": 1e21,
    "1e400": "1e400",
    "1e-400": 0,
    "1Gi": "1Gi",
    "1.2.3": "1.2.3",
    "'1'": "1",
    '"on"': "on",
    "! '1'": "1",
    "!!str 1": "1",
    "!!str on": "on",
    "!!int '3'": 3,
    "!!float 3": 3,
    "!!bool yes": True,
    "!!null ''": None,
    "!!map x": "x",
    "!!timestamp 2001-12-14": "2001-12-14",
    "!!binary aGVsbG8=": "hello",
    "!!binary /+8=": "\ufffd\ufffd",
    "!!binary 4oI=": "\ufffd\ufffd",
    "<<": "<<",
    "|\n  x\n  y\n": "x\ny\n",
    ">-\n  x\n  y\n": "x y",
}
KEYS = {
    "on": "true",
    "n": "false",
    "1": "1",
    "0x10": "16",
    "1.50": "1.5",
    "1e5": "100000",
    "1e6": "1e+06",
    "0.0001": "0.0001",
    "0.00001": "1e-05",
    "16777217.0": "1.6777216e+07",
    "1e300": ".inf",
    ".nan": ".nan",
    "2024-01-01": "2024-01-01",
    "'on'": "on",
    "!!str on": "on",
    "!!int '7'": "7",
    "'~'": "~",
}
MERGES: dict[str, tuple[str, Any]] = {
    "what stands below wins": ("x: &a {p: 1, q: 2}\nz: {<<: *a, p: 3}", {"p": 3, "q": 2}),
    "what stands above loses": ("x: &a {p: 1}\nz: {p: 3, <<: *a}", {"p": 1}),
    "the first of a list wins": ("x: &a {p: 1}\nw: &b {p: 2, r: 3}\nz: {<<: [*a, *b]}", {"p": 1, "r": 3}),
    "a mapping in place": ("z: {<<: {p: 1}}", {"p": 1}),
    "a quoted key is a key": ("z: {'<<': 1}", {"<<": 1}),
    "a tag for merging": ("z: {!!merge <<: {p: 1}}", {"p": 1}),
    "the tag ! leaves it a merge": ("z: {! <<: {p: 1}}", {"p": 1}),
    "alias": ("x: &a [1, &b on]\nz: [*a, *b]", [[1, True], True]),
    "alias as key": ("x: &a 1.50\nz: {*a : 1}", {"1.5": 1}),
    "anchor named twice": ("x: &a 1\ny0: &a 2\nz: *a", 2),
}


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=VALUES)
def test_value(text: str, value: Any) -> None:
    found = read(f"key: {text}\n")

    assert [(type(d.value["key"]), d.value) for d in found] == [(type(value), {"key": value})]


@pytest.mark.parametrize(("text", "key"), KEYS.items(), ids=KEYS)
def test_key(text: str, key: str) -> None:
    assert read(f"{text}: here\n") == (Document({key: "here"}, 1),)


@pytest.mark.parametrize(("text", "value"), MERGES.values(), ids=MERGES)
def test_merge_and_alias(text: str, value: Any) -> None:
    assert read(text)[0].value["z"] == value


def test_documents_have_the_line_of_their_first_node_and_empty_ones_are_left_out() -> None:
    text = "# a comment\na: 1\n---\n---\n~\n---\n\n- b\n...\n%YAML 1.1\n---\nc: 2\n"

    assert read(text) == (Document({"a": 1}, 2), Document(["b"], 8), Document({"c": 2}, 12))


def test_byte_order_mark_and_carriage_returns() -> None:
    assert read("\ufeffa: 1\r\nb:\r\n- 2\r\n") == (Document({"a": 1, "b": [2]}, 1),)


def test_json_objects_follow_each_other() -> None:
    text = '\n{\n\t"a": 1.0, "b": "\\ud83d\\ude00"}\n{"c": [1e3, 0.5]}'

    assert read(text) == (Document({"a": 1, "b": "\U0001f600"}, 2), Document({"c": [1000, 0.5]}, 4))


def test_nesting_as_deep_as_allowed() -> None:
    value = read("[" * 256 + "]" * 256)[0].value
    depth = 0
    while value:
        value, depth = value[0], depth + 1

    assert (value, depth) == ([], 255)


def test_large_config_map_is_read_whole() -> None:
    lines = "".join(f"    line {number}\n" for number in range(100_000))

    value = read(f"data:\n  big: |\n{lines}")[0].value

    assert value["data"]["big"].count("\n") == 100_000
