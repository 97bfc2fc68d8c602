"""Which lines of files a report shows: never one of a Secret, whatever way it is written."""

from pathlib import Path

import pytest

from ringtrue.checking import Report
from ringtrue.checking.quoting import quotes
from ringtrue.findings import Finding, Location, Severity
from ringtrue.repository.checkout import working_tree

SECRETS = {
    "data": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  password: aHVudGVyMg==\n",
    "stringData": "kind: 'Secret'\napiVersion: v1\nstringData:\n  password: |\n    aHVudGVyMg==\n    more\n",
    "the kind at the end": "apiVersion: v1\nstringData:\n  password: aHVudGVyMg==\nkind: Secret\n",
    "one line": '{"apiVersion": "v1", "kind": "Secret", "data": {"password": "aHVudGVyMg=="}}\n',
    "JSON": '{\n "apiVersion": "v1",\n "kind": "Secret",\n "data": {\n  "password": "aHVudGVyMg=="\n }\n}\n',
    "an item of a List": (
        "apiVersion: v1\nkind: List\nitems:\n- kind: Secret\n  apiVersion: v1\n  data: {a: aHVudGVyMg==}\n"
    ),
    "the second document": (
        "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: Secret\ndata: {a: aHVudGVyMg==}\n"
    ),
    "an anchor": "apiVersion: v1\nkind: List\nx: &a\n  b: aHVudGVyMg==\nitems:\n- {kind: Secret, data: *a}\n",
    "an inline patch": (
        "kind: Kustomization\npatches:\n- patch: |\n    kind: Secret\n    stringData:\n      a: aHVudGVyMg==\n"
    ),
    "a patch with a target": (
        "kind: Kustomization\npatches:\n- target: {kind: Secret}\n"
        "  patch: |\n    - {op: add, path: /x, value: aHVudGVyMg==}\n"
    ),
    "a JSON patch": "- op: replace\n  path: /data/password\n  value: aHVudGVyMg==\n",
    "a generator": "kind: Kustomization\nsecretGenerator:\n- name: a\n  literals:\n  - password=aHVudGVyMg==\n",
    "no YAML": "apiVersion: v1\nkind: Secret\ndata: {a: aHVudGVyMg==}\n b: [\n",
    "no manifest": "password: aHVudGVyMg==\n",
    "a kind with escapes": 'apiVersion: v1\nkind: "\\x53ecret"\ndata: {a: aHVudGVyMg==}\n',
    "JSON with escapes": '{"apiVersion": "v1", "kind": "\\u0053ecret", "data": {"a": "aHVudGVyMg=="}}\n',
    "too large": "apiVersion: v1\nkind: Secret\ndata: {a: aHVudGVyMg==}\n" + "# secret\n" * 40_000,
}


def found(root: Path, path: str, *lines: int) -> dict[tuple[str, int], str]:
    findings = tuple(Finding("x", Severity.ERROR, Location(path, line), "x") for line in lines)
    return dict(quotes(Report((), findings), working_tree(root)))


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_no_line_of_a_secret_is_shown(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text)
    shown = found(tmp_path, "x.yaml", *range(1, text.count("\n") + 2))

    assert "aHVudGVyMg==" not in "".join(shown.values())


def test_the_other_documents_of_the_file_are_shown(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\n")

    assert found(tmp_path, "x.yaml", 2, 5) == {("x.yaml", 2): "kind: Service"}


def test_an_environment_file_is_not_shown(tmp_path: Path) -> None:
    """It may be what a Secret is generated from."""
    (tmp_path / "db.env").write_text("PASSWORD=hunter2\n")

    assert found(tmp_path, "db.env", 1) == {}


def test_user_and_password_of_a_url_are_starred(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("apiVersion: v1\nkind: Pod\nx: postgres://me:hunter2@db:5432/x\n")

    assert found(tmp_path, "x.yaml", 3) == {("x.yaml", 3): "x: postgres://**********@db:5432/x"}


UNREADABLE = {
    "gone": None,
    "UTF-16": "kind: Pod\n".encode("utf-16"),
    "Latin-1": "kind: Pod # ä\n".encode("latin-1"),
    "binary": b"kind: Pod\0\n",
    "a lone surrogate": b"kind: Secret \xed\xa0\x80\n",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_not_shown(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "x.yaml").write_bytes(content)

    assert found(tmp_path, "x.yaml", 1, 2) == {}


def test_a_line_past_the_end_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("apiVersion: v1\nkind: Pod\n")

    assert found(tmp_path, "x.yaml", 0, 99) == {}
