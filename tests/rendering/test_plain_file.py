"""Plain YAML and JSON files: the documents kubectl decodes, where they start, and what is wrong with the others."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ringtrue.rendering.request import Origin, Rendered, Renderer, Request

Plant = Callable[[Mapping[str, str]], Path]
FILE = Request("f.yaml", "file")

DOCUMENTS: dict[str, tuple[str, list[tuple[int, Any]]]] = {
    "one": ("a: 1\n", [(1, {"a": 1})]),
    "empty": ("", []),
    "nothing but comments": ("# a\n---\n# b\n", []),
    "two": ("a: 1\n---\nb: 2\n", [(1, {"a": 1}), (3, {"b": 2})]),
    "comments before a document": ("# a\n\n---\n# b\n\na: 1\n", [(6, {"a": 1})]),
    "text on the marker's line": ("--- {a: 1}\n--- # b\nb: 2\n", [(1, {"a": 1}), (3, {"b": 2})]),
    "a directive": ("%YAML 1.1\n---\na: 1\n", [(3, {"a": 1})]),
    "an end marker": ("a: 1\n...\n---\nb: 2\n", [(1, {"a": 1}), (4, {"b": 2})]),
    "a marker inside a block scalar": ("a: |\n  ---\n  b\n", [(1, {"a": "---\nb\n"})]),
    "a certificate": ("a: |\n  -----BEGIN-----\n", [(1, {"a": "-----BEGIN-----\n"})]),
    "windows lines": ("a: 1\r\n---\r\nb: 2\r\n", [(1, {"a": 1}), (3, {"b": 2})]),
    "a byte order mark": ("\ufeffa: 1\n", [(1, {"a": 1})]),
    "no line end": ("a: 1\n---\nb: 2", [(1, {"a": 1}), (3, {"b": 2})]),
    "two JSON objects": ('{"a": 1}\n{"b":\n 2}\n', [(1, {"a": 1}), (2, {"b": 2})]),
    "JSON with tabs and surrogates": ('{\n\t"a": "\\ud83d\\ude00"\n}\n', [(1, {"a": "😀"})]),
    "a flow mapping": ("{a: 1}\n", [(1, {"a": 1})]),
    "kubectl's scalars": (
        "a: [on, y, 0644, 1e3, 2024-01-01, =]\n",
        [(1, {"a": [True, True, 420, 1000, "2024-01-01", "="]})],
    ),
    "a list and a text": ("- 1\n---\ntext\n", [(1, [1]), (3, "text")]),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_documents_and_where_they_start(plant: Plant, builtin: Renderer, case: str) -> None:
    text, documents = DOCUMENTS[case]
    assert builtin.render([FILE], plant({"f.yaml": text})) == [
        Rendered(
            FILE,
            values=tuple(value for _, value in documents),
            origins=tuple(Origin("f.yaml", line) for line, _ in documents),
        )
    ]


BROKEN: dict[str, tuple[str, str]] = {
    "tabs": ("a: 1\n---\nb:\n\t- c\n", "yaml: line 4: found character that cannot start any token"),
    "duplicate keys": ("b: 1\n---\na: 1\na: 2\n", 'yaml: unmarshal errors: line 4: key "a" already set in map'),
    "duplicate keys in JSON": ('{"b": 1}\n{"a": 1, "a": 2}\n', 'duplicate field "a"'),
    "not JSON": ("b: 1\n---\na: .inf\n", "json: unsupported value: +Inf"),
    "an alias bomb": (
        "b: 1\n---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
        "yaml: document contains excessive aliasing",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_document_leaves_the_others(plant: Plant, builtin: Renderer, case: str) -> None:
    text, message = BROKEN[case]
    answer = builtin.render([FILE], plant({"f.yaml": text}))[0]
    assert (len(answer.values or ()), answer.error) == (1, message)


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


UNREADABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (lambda path: None, "no such file"),
    "a directory": (lambda path: path.mkdir(), "it is a directory, not a file"),
    "a dangling link": (lambda path: path.symlink_to("nowhere"), "no such file"),
    "a link out of the root": (lambda path: path.symlink_to("/etc/passwd"), "the file leads out of the root"),
    "a pipe": (os.mkfifo, "it is neither a file nor a directory"),
    "binary": (lambda path: _put(path, b"\xff\xfe\x00a"), "the file is not UTF-8 text"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read(tmp_path: Path, renderer: Renderer, case: str) -> None:
    put, message = UNREADABLE[case]
    put(tmp_path / "f.yaml")
    assert renderer.render([FILE], tmp_path) == [Rendered(FILE, error=message)]


def test_without_the_built_in_renderer_a_file_is_given_as_text(plant: Plant, with_kustomize: Renderer) -> None:
    root = plant({"f.yaml": "a: 1\n---\nb: 2\n"})
    assert with_kustomize.render([FILE], root) == [Rendered(FILE, text="a: 1\n---\nb: 2\n")]


def test_one_broken_file_among_many(plant: Plant, builtin: Renderer) -> None:
    root = plant({f"{n}.yaml": "a: [" if n == 7 else f"a: {n}\n" for n in range(50)})
    answers = builtin.render([Request(f"{n}.yaml", "file") for n in range(50)], root)
    assert [n for n, answer in enumerate(answers) if answer.error] == [7]
