"""Which run of a host is wrong: the Service's label, the namespace's, or what comes after both."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.cluster.cluster import build
from ringtrue.cluster.names import MeantName, parse
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.parts import span
from ringtrue.reachability.proof import Part, Proof
from ringtrue.reachability.reasons import Reason

OTHER = """
apiVersion: v1
kind: Service
metadata: {name: api, namespace: staging}
spec: {ports: [{port: 80}]}
"""
CLUSTER = build(
    "here", [Resource({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}, "")], Profile()
)
ROWS: list[tuple[str, dict[str, Any], Reason, str]] = [
    ("apii.shop.svc", {}, Reason.NXDOMAIN, "apii"),
    ("shop.shop.svc", {}, Reason.NXDOMAIN, "shop"),
    ("api.shp.svc", {}, Reason.WRONG_NAMESPACE, "shp"),
    ("Api.Shp.SVC.", {}, Reason.WRONG_NAMESPACE, "Shp"),
    ("api", {"client": "tools"}, Reason.WRONG_NAMESPACE, "api"),
    ("cart.nowhere.svc", {"profile": {"complete": True}}, Reason.NXDOMAIN, "nowhere"),
    ("cart.nowhere.svc", {}, Reason.FOREIGN_NAMESPACE, "nowhere"),
    ("api.shop.svc.cluster.locl", {}, Reason.NXDOMAIN, "svc.cluster.locl"),
    ("web-0.pods.shop.svc", {}, Reason.NXDOMAIN, "pods"),
    ("api.shop.svc", {"port": 81}, Reason.PORT_UNDECLARED, "api"),
    (
        "api.staging.svc",
        {"add": OTHER, "scope": {"own": frozenset({"shop"}), "environment_of": {"staging": "staging"}}},
        Reason.LEAVES_ENVIRONMENT,
        "staging",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("host", "world", "reason", "wrong"), ROWS, ids=[f"{row[2]}: {row[0]}" for row in ROWS])
def test_the_wrong_part(
    ask: Callable[..., Proof], host: str, world: dict[str, Any], reason: Reason, wrong: str
) -> None:
    proof = ask(host, **{"port": 80, **world})
    start, end = span(host, parse(host, CLUSTER, "shop"), proof.part)
    assert (proof.reason, host[start:end]) == (reason, wrong)


def test_a_bare_name_has_no_other_part() -> None:
    assert [span("api", MeantName("api", None, "svc"), part) for part in Part] == [(0, 3)] * 3


@pytest.mark.parametrize(
    ("host", "near"),
    [("apii.shop.svc", "api"), ("client", None), ("api.shp.svc", None)],
    ids=["slip", "none", "namespace"],
)
def test_the_name_that_was_meant(ask: Callable[..., Proof], host: str, near: str | None) -> None:
    spot = ask(host, port=80).near
    assert (spot and (spot.resource.name, spot.route)) == (near and (near, ("metadata", "name")))
