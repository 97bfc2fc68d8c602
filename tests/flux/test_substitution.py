"""Objects as Flux applies them."""

from typing import Any

import pytest

from ringtrue.flux.substitution import Finish, finished

VARIABLES = (("HOST", "db"), ("PORT", "5432"))


def service(port: Any, **metadata: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", **metadata}, "spec": {"port": port}}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${PORT}", 5432),
        ("port ${PORT}", "port 5432"),
        ("1: ${PORT}", "1: 5432"),
        ("${PORT}\n${PORT}", "5432\n5432"),
        (["${PORT}"], [5432]),
        ("8080", "8080"),
    ],
    ids=["number", "text", "quoted by YAML", "two lines", "in a list", "no variable"],
)
def test_what_yaml_writes_without_quotes_is_read_again(written: Any, expected: Any) -> None:
    found = finished(service(written), Finish(substitutes=True, variables=VARIABLES))
    assert (found.value["spec"]["port"], found.open) == (expected, "")


@pytest.mark.parametrize("key", ["labels", "annotations"])
def test_an_object_may_be_left_alone(key: str) -> None:
    value = service("${PORT}", **{key: {"kustomize.toolkit.fluxcd.io/substitute": "disabled"}})
    assert finished(value, Finish(substitutes=True, variables=VARIABLES)).value == value


def test_an_unknown_variable_matters_where_not_any_text_will_do() -> None:
    finish = Finish(substitutes=True, variables=VARIABLES, whole=False)
    variable = {"name": "A", "value": "${OTHER}"}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"env": [variable]}]}}
    assert finished(pod, finish).open == ""
    assert finished(service("${OTHER}"), finish).open == "${OTHER}"


def test_common_metadata_is_the_objects_own() -> None:
    finish = Finish(labels=(("a", "new"),), annotations=(("b", "2"),))
    found = finished(service(80, labels={"a": "old", "c": "3"}), finish).value
    assert found["metadata"] == {"name": "a", "labels": {"a": "new", "c": "3"}, "annotations": {"b": "2"}}


@pytest.mark.parametrize(
    ("kind", "version", "expected"),
    [
        ("Service", "v1", {"name": "a", "namespace": "shop"}),
        ("Namespace", "v1", {"name": "shop"}),
        ("ClusterRole", "rbac.authorization.k8s.io/v1", {"name": "a"}),
    ],
)
def test_a_target_namespace_on_plain_files(kind: str, version: str, expected: dict[str, str]) -> None:
    value = {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}
    assert finished(value, Finish(namespace="shop")).value["metadata"] == expected
