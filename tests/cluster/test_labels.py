"""SEL-01, SEL-03: selectors against labels."""

import pytest

from ringtrue.cluster.labels import describe, equal, join, judge, matches

NOT_DB = {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["db"]}]}
IN_AB = {"matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}]}
EXISTS = {"matchExpressions": [{"key": "tier", "operator": "Exists"}]}
ABSENT = {"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}


@pytest.mark.parametrize(
    ("selector", "labels", "expected"),
    [
        pytest.param({"app": "httpd"}, {"app": "httpd", "env": "dev"}, True, id="SEL-01-more-labels"),
        pytest.param({"app": "httpd", "env": "dev"}, {"app": "httpd"}, False, id="SEL-01-label-missing"),
        pytest.param({"app": "Httpd"}, {"app": "httpd"}, False, id="SEL-01-case"),
        pytest.param({}, {"app": "httpd"}, False, id="SEL-02-empty-selects-nothing"),
    ],
)
def test_service_selector(selector: dict[str, str], labels: dict[str, str], expected: bool) -> None:
    assert equal(selector, labels) is expected


@pytest.mark.parametrize(
    ("selector", "labels", "expected"),
    [
        pytest.param(None, {"a": "b"}, False, id="SEL-03-nil-selects-nothing"),
        pytest.param({}, {}, True, id="SEL-03-empty-selects-everything"),
        pytest.param({"matchLabels": {"a": "b"}}, {"a": "b", "c": "d"}, True, id="SEL-03-matchLabels"),
        pytest.param(NOT_DB, {}, True, id="SEL-03-NotIn-absent"),
        pytest.param(NOT_DB, {"tier": "db"}, False, id="SEL-03-NotIn-listed"),
        pytest.param(IN_AB, {"tier": "b"}, True, id="SEL-03-In-listed"),
        pytest.param(IN_AB, {}, False, id="SEL-03-In-absent"),
        pytest.param(EXISTS, {"tier": ""}, True, id="SEL-03-Exists-empty-value"),
        pytest.param(EXISTS, {}, False, id="SEL-03-Exists-absent"),
        pytest.param(ABSENT, {}, True, id="SEL-03-DoesNotExist"),
        pytest.param(ABSENT, {"tier": "a"}, False, id="SEL-03-DoesNotExist-present"),
        pytest.param(IN_AB | {"matchLabels": {"a": "b"}}, {"tier": "a"}, False, id="SEL-03-both-must-hold"),
        pytest.param(
            {"matchExpressions": [{"key": "tier", "operator": "In", "values": []}]},
            {"tier": "a"},
            False,
            id="SEL-03-no-values",
        ),
        pytest.param(
            {"matchExpressions": [{"key": "tier", "operator": "Exists", "values": ["a"]}]},
            {"tier": "a"},
            False,
            id="SEL-03-Exists-with-values",
        ),
    ],
)
def test_label_selector(selector: dict[str, object] | None, labels: dict[str, str], expected: bool) -> None:
    assert matches(selector, labels) is expected


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        pytest.param({"matchLabels": {"team": "a"}}, None, id="NET-07-unknown-label"),
        pytest.param({"matchLabels": {"name": "x"}}, True, id="NET-07-known-label"),
        pytest.param({"matchLabels": {"name": "y", "team": "a"}}, False, id="NET-07-known-label-settles-it"),
        pytest.param(ABSENT, None, id="NET-07-absence-is-not-known"),
    ],
)
def test_labels_known_in_part(selector: dict[str, object], expected: bool | None) -> None:
    assert judge(selector, {"name": "x"}, lambda _: True) is expected


def test_words_for_people() -> None:
    assert join({"b": "2", "a": "1"}) == "a=1,b=2"
    assert describe({"matchLabels": {"app": "web"}} | IN_AB) == "app=web,tier in (a,b)"
    assert describe(ABSENT) == "!tier"
    assert describe({"matchExpressions": [{"key": "cores", "operator": "Gt", "values": ["2"]}]}) == "cores Gt (2)"
    assert describe({}) == "everything"
