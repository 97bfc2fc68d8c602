"""What is refused: the sentence and the place, from the texts that people really write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringtrue.manifests.positions import marked
from ringtrue.manifests.yaml_values import Document, YamlFault, decode, read, read_leniently

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
)
FAULTS = {
    "tab indentation": ("a:\n\tb: 1\n", "2:1: a tab stands in the indentation: YAML allows only spaces there"),
    "tab behind spaces": (
        "a:\n  b: 1\n \t c: 2\n",
        "3:2: a tab stands in the indentation: YAML allows only spaces there",
    ),
    "key twice": ("a: 1\nb:\n  c: {x: 1}\n  c: 2\n", "4:3: key 'c' stands twice in one mapping, at lines 3 and 4"),
    "key twice at the top": (
        "x: [1, {a: 1}]\ny: 1\nx: 2",
        "3:1: key 'x' stands twice in one mapping, at lines 1 and 3",
    ),
    "key twice in another spelling": (
        "yes: 1\n'true': 2",
        "2:1: key 'true' stands twice in one mapping, at lines 1 and 2",
    ),
    "key twice in JSON": ('{\n"a": 1,\n"a": 2}', "3:1: key 'a' stands twice in one mapping, at lines 2 and 3"),
    "infinity": ("a: .inf", "1:4: '.inf' is not a number that JSON has: put it in quotes"),
    "not a number": ("- 1\n- .NaN", "2:3: '.NaN' is not a number that JSON has: put it in quotes"),
    "null key": ("~: 1", "1:1: null cannot be a key: put it in quotes"),
    "key beyond int64": ("9223372036854775808: 1", "1:1: 9223372036854775808 cannot be a key: put it in quotes"),
    "list as key": ("? [a]\n: 1", "1:3: a mapping or a list cannot be a key"),
    "template of a chart": (
        "a: {{ .Values.a }}\n",
        "1:5: a mapping cannot be a key: a template, '{{ ... }}', must stand in quotes",
    ),
    "tag that does not fit": ("a: !!int x", "1:4: 'x' does not fit its tag !!int"),
    "broken base64": ("a: !!binary '!'", "1:4: the value of !!binary is not base64"),
    "merge of a scalar": ("a: 1\nb:\n  <<: 3\n", "3:3: '<<' merges only a mapping or a list of mappings"),
    "unknown alias": ("a: *b", "1:4: alias *b has no anchor &b before it in this document"),
    "alias within itself": ("a: &a [*a]", "1:8: alias *a stands inside its own anchor"),
    "alias bomb": (BOMB, "4:40: alias *a2 makes the document grow out of bounds (an alias bomb)"),
    "deep flow nesting": ("[" * 100_000, "1:257: the document is nested deeper than 256 levels"),
    "deep block nesting": ("- " * 5_000 + "x", "1:513: the document is nested deeper than 256 levels"),
    "deep JSON": ('{"a":' * 100_000, "1:1281: the document is nested deeper than 256 levels"),
    "two colons": ("a: b: c", "1:5: a second ': ' stands here, or the line is indented wrongly"),
    "reserved character": ("a: @x", "1:4: a value cannot start with '@': put it in quotes"),
    "open quote": (
        "a: 'x",
        "1:6: a quote is not closed before the end of the file (while scanning a quoted scalar that starts at line 1)",
    ),
    "key without colon": (
        "a: 1\nb\nc: 2\n",
        "3:1: this key has no ':' after it (while scanning a simple key that starts at line 2)",
    ),
    "open bracket": (
        "a: [1, 2\nb: 1\n",
        (
            "2:2: the list opened with '[' is not closed, or a ',' is missing"
            " (while parsing a flow sequence that starts at line 1)"
        ),
    ),
    "text after the document": (
        "a: 1\n...\nfoo: 2\n",
        "3:1: a '---' is missing before this text, or it is indented wrongly",
    ),
    "NUL": ("a: 1\nb: \0", "2:4: control character U+0000 is not allowed in YAML"),
    "bell": ("a: \x07", "1:4: control character U+0007 is not allowed in YAML"),
    "half of a surrogate pair": ("a: \ud800", "1:4: half of a surrogate pair U+D800 is not allowed in YAML"),
}
# libyaml is stricter than goyaml here: refused, where kubectl reads 'x:' and ''.
STRICTER_THAN_KUBECTL = ["{a: x:, b: 1}", "a: ![]"]


@pytest.mark.parametrize(("text", "fault"), FAULTS.values(), ids=FAULTS)
def test_fault(text: str, fault: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read(text)

    assert str(caught.value) == fault


@pytest.mark.parametrize("text", STRICTER_THAN_KUBECTL)
def test_libyaml_refuses_what_goyaml_reads(text: str) -> None:
    with pytest.raises(YamlFault):
        read(text)


CONTENTS = {
    "utf-16": (b"\xff\xfea\0", "1:1: the file is UTF-16: save it as UTF-8"),
    "image": (b"\x89PNG\r\n\x1a\n\0\0", "3:1: the file is binary: a NUL byte stands on this line"),
    "latin-1": (b"a: 1\nb: \xe9t\xe9\n", "2:4: the file is not UTF-8: byte 0xe9 stands here"),
}


@pytest.mark.parametrize(("content", "fault"), CONTENTS.values(), ids=CONTENTS)
def test_content_that_is_no_text(content: bytes, fault: str) -> None:
    with pytest.raises(YamlFault) as caught:
        decode(content)

    assert str(caught.value) == fault


def test_text_is_decoded_without_its_byte_order_mark() -> None:
    assert decode(b"\xef\xbb\xbfa: \xc3\xa9") == "a: \u00e9"


def test_documents_around_a_broken_one_are_read() -> None:
    documents, faults = read_leniently("a: 1\n---\nb: 1\nb: 2\n---\n\nc: 3\n---\nd:\n  e: f: g\n")

    assert documents == (Document({"a": 1}, 1), Document({"c": 3}, 7))
    assert [str(fault) for fault in faults] == [
        "4:1: key 'b' stands twice in one mapping, at lines 3 and 4",
        "10:7: a second ': ' stands here, or the line is indented wrongly",
    ]


def test_a_directive_stays_with_its_document() -> None:
    documents, faults = read_leniently("a: [\n...\n%YAML 1.1\n---\nb: 1\n")

    assert documents == (Document({"b": 1}, 5),)
    assert [(fault.line, fault.column) for fault in faults] == [(2, 1)]


PIECES = [
    "a",
    ": ",
    "\n",
    "- ",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "<<: ",
    "'",
    '"',
    "|\n",
    ">\n",
    "? ",
    "!!int ",
]
PIECES += [
    "!!binary ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "#",
    "\t",
    "~",
    ".inf",
    "0b1",
    "1e999",
    "\\",
    "\r",
    "\ud800",
    "\0",
]
SNIPPETS = st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(SNIPPETS, st.text(), SNIPPETS.map(lambda text: "{" + text)))
def test_reading_raises_nothing_but_a_fault(text: str) -> None:
    _, faults = read_leniently(text)

    assert all(1 <= fault.line <= len(text.splitlines()) + 1 and fault.column >= 1 for fault in faults)
    try:
        assert tuple(found.value for found in marked(text)) == tuple(found.value for found in read(text))
    except YamlFault:
        assert faults


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_decoding_raises_nothing_but_a_fault(content: bytes) -> None:
    try:
        text = decode(content)
    except YamlFault:
        return
    assert text.encode() == content.removeprefix(b"\xef\xbb\xbf")
