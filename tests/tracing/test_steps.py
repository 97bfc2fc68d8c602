"""Steps by merge keys: which item of another document a rendered item is."""

from typing import Any

import pytest

from ringtrue.tracing.steps import Found, locate, steps

RENDERED: dict[str, Any] = {
    "containers": [{"name": "added"}, {"name": "web", "ports": [{"containerPort": 80}, {"containerPort": 53}]}],
    "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53}, {"name": "http", "port": 8080}],
    "args": ["-v", "--host", "web"],
    "egress": [{"ports": [{"port": 443}]}, {"ports": [{"port": 53}]}],
}
WEB_53 = {"name": "web", "ports": [{"containerPort": 53}]}
WEB = {"name": "web"}
OLD = {"name": "old"}


@pytest.mark.parametrize(
    ("route", "other", "expected"),
    [
        (("containers", 1, "image"), {"containers": [{"name": "web"}]}, ("containers", 0)),
        (("containers", 0), {"containers": [{"name": "web"}]}, ("containers",)),
        (("containers", 1, "ports", 1), {"containers": [WEB_53]}, ("containers", 0, "ports", 0)),
        (("ports", 0), {"ports": [{"port": 53}, {"port": 53, "protocol": "UDP"}]}, ("ports", 1)),
        (("ports", 1), {"ports": [{"port": 53, "protocol": "TCP"}]}, ("ports", 0)),
        (("ports", 2), {"ports": [{"name": "http", "port": 80}]}, ("ports",)),
        (("args", 2), {"args": ["-v", "web"]}, ("args", 1)),
        (("args", 1), {"args": ["-q", "--port", "1"]}, ("args", 1)),
        (("egress", 1), {"egress": [{"ports": [{"port": 53}]}]}, ("egress", 0)),
        (("egress", 1), {"egress": "all"}, ("egress",)),
        (("containers", 7, "image"), {"containers": [{"name": "web"}]}, ("containers",)),
    ],
    ids=[
        "by name", "item not there", "nested", "port and protocol", "default protocol", "other port, same name",
        "equal scalar", "same place", "equal mapping", "not a list", "beyond the rendered list",
    ],
)  # fmt: skip
def test_an_item_is_found_by_what_it_is(route: Any, other: Any, expected: Any) -> None:
    assert locate(other, steps(RENDERED, route)).route == expected


@pytest.mark.parametrize(
    ("route", "other", "expected"),
    [
        (("ports", 2, "port"), {"ports": [{"name": "http", "port": 80}]}, Found(("ports", 0, "port"), 80, True)),
        (("containers", 0, "name"), {"containers": [OLD, WEB]}, Found(("containers", 0, "name"), "old", True)),
        (("containers", 0, "name"), {"containers": [WEB]}, Found(("containers",), [WEB], False)),
    ],
    ids=["port changed, by name", "renamed in place", "added"],
)  # fmt: skip
def test_the_declaration_may_have_had_another_merge_key(route: Any, other: Any, expected: Found) -> None:
    assert locate(other, steps(RENDERED, route), loose=True) == expected
