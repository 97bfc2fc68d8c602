"""The fieldPaths of replacements."""

from typing import Any

import pytest

from ringtrue.tracing.field_paths import leads_to, split, value_at
from ringtrue.tracing.steps import steps

POD: dict[str, Any] = {
    "metadata": {"annotations": {"example.com/host": "web"}},
    "spec": {"containers": [{"name": "web", "args": ["-v"]}, {"name": "a.b", "args": ["-q"]}]},
}


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("metadata.name", ["metadata", "name"]),
        ("spec.containers.[name=web].image", ["spec", "containers", "[name=web]", "image"]),
        ("spec.containers.[name=a.b].image", ["spec", "containers", "[name=a.b]", "image"]),
        ("metadata.annotations.[example.com/host]", ["metadata", "annotations", "example.com/host"]),
        (r"metadata.annotations.example\.com/host", ["metadata", "annotations", "example.com/host"]),
        ("spec.containers.0.args.[=-v]", ["spec", "containers", "0", "args", "[=-v]"]),
    ],
    ids=["plain", "by name", "dot in brackets", "key in brackets", "escaped dot", "index and value"],
)
def test_a_path_in_parts(path: str, parts: list[str]) -> None:
    assert split(path) == parts


@pytest.mark.parametrize(
    ("path", "route", "expected"),
    [
        ("spec.containers.[name=web].args", ("spec", "containers", 0, "args"), True),
        ("spec.containers.[name=web].args", ("spec", "containers", 1, "args"), False),
        ("spec.containers.*.args", ("spec", "containers", 1, "args"), True),
        ("spec.containers.1.args", ("spec", "containers", 1, "args"), True),
        ("spec.containers.1.args", ("spec", "containers", 0, "args"), False),
        ("spec.containers.[name=a.b].args.[=-q]", ("spec", "containers", 1, "args", 0), True),
        ("spec.containers", ("spec", "containers", 0, "args"), True),
        ("spec.volumes", ("spec", "containers"), False),
    ],
)
def test_a_path_leads_to_a_field(path: str, route: Any, expected: bool) -> None:
    assert leads_to(split(path), steps(POD, route)) is expected


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("spec.containers.[name=a.b].args.0", "-q"),
        ("metadata.annotations.[example.com/host]", "web"),
        ("spec.containers.[name=none].args", None),
    ],
)
def test_the_value_of_a_source(path: str, value: Any) -> None:
    assert value_at(POD, path) == value
