"""UPD-05: data that say they are immutable; values are never told."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
FROZEN = "UPD-05 %s: Forbidden: field is immutable when `immutable` is set"


@pytest.mark.parametrize(
    ("kind", "old", "new", "messages"),
    [
        pytest.param(
            "ConfigMap",
            "immutable: true\ndata: {a: one, b: two}",
            "immutable: true\ndata: {a: other}",
            [f"{FROZEN % 'data'}; 'a', 'b' differ"],
            id="UPD-05-data",
        ),
        pytest.param(
            "ConfigMap", "immutable: true\ndata: {a: b}", "data: {a: b}", [FROZEN % "immutable"], id="UPD-05-immutable"
        ),
        pytest.param(
            "ConfigMap",
            "immutable: true\nbinaryData: {a: YQ==}",
            "immutable: true\nbinaryData: {a: Yg==}",
            [f"{FROZEN % 'binaryData'}; 'a' differs"],
            id="UPD-05-binary-data",
        ),
        pytest.param("ConfigMap", "data: {a: b}", "immutable: true\ndata: {a: c}", [], id="UPD-05-from-now-on"),
        pytest.param(
            "ConfigMap",
            "immutable: true\ndata: {a: b}",
            "immutable: true\ndata: {a: b}\nmetadata: {labels: {a: b}, name: web}",
            [],
            id="UPD-05-labels-of-immutable-data",
        ),
        pytest.param(
            "Secret",
            "immutable: true\nstringData: {a: one}",
            "immutable: true\nstringData: {a: two}",
            [f"{FROZEN % 'data'}; 'a' differs"],
            id="UPD-05-secret",
        ),
        pytest.param(
            "Secret",
            "immutable: true\nstringData: {a: a}",
            "immutable: true\ndata: {a: YQ==}",
            [],
            id="UPD-05-the-same-secret-encoded",
        ),
        pytest.param(
            "Secret",
            "immutable: true\nstringData: {a: a, b: b}",
            "immutable: true\nstringData: {a: a}",
            [],
            id="UPD-05-key-of-stringData-stays",
        ),
        pytest.param(
            "Secret",
            "type: Opaque",
            "type: example.com/a",
            ['UPD-05 type: Invalid value: "example.com/a": field is immutable; it is Opaque'],
            id="UPD-05-type",
        ),
        pytest.param("Secret", "type: Opaque", "data: {a: YQ==}", [], id="UPD-05-default-type"),
    ],
)
def test_data(said: Said, kind: str, old: str, new: str, messages: list[str]) -> None:
    assert said(kind, old, new) == messages
