"""Hosts that the kubelet calls: probes and hooks by HTTP or TCP."""

from typing import Any

import pytest

CALLS = [
    ("http", {"readinessProbe": {"httpGet": {"host": "web", "port": 8080}}}, ("probe", "web", 8080, "http")),
    (
        "https",
        {"livenessProbe": {"httpGet": {"host": "api.pay.svc", "port": 8443, "scheme": "HTTPS"}}},
        ("probe", "api.pay.svc", 8443, "https"),
    ),
    ("tcp-by-name", {"startupProbe": {"tcpSocket": {"host": "web", "port": "http"}}}, ("probe", "web", 8080, "")),
    (
        "hook",
        {"lifecycle": {"preStop": {"httpGet": {"host": "api", "port": 80, "path": "/bye"}}}},
        ("lifecycle", "api", 80, "http"),
    ),
]


@pytest.mark.parametrize(("container", "expected"), [c[1:] for c in CALLS], ids=[c[0] for c in CALLS])
def test_host_of_a_probe(search: Any, deployment: Any, container: dict[str, Any], expected: tuple[Any, ...]) -> None:
    found = search(deployment(ports=[{"name": "http", "containerPort": 8080}], **container))
    assert [(r.via, r.host, r.port, r.scheme) for r in found] == [expected]
    assert all(r.by_node and r.spot.value == r.host for r in found)


@pytest.mark.parametrize(
    "handler",
    [{"httpGet": {"port": 80}}, {"tcpSocket": {"host": "127.0.0.1", "port": 80}}, {"httpGet": {"host": "localhost"}}],
    ids=["the-pod", "address", "localhost"],
)
def test_no_host(search: Any, deployment: Any, handler: dict[str, Any]) -> None:
    assert search(deployment(readinessProbe=handler)) == ()
