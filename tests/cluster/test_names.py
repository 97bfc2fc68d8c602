"""DNS-01, DNS-04, DNS-21: what a written host means, and the nearest names that exist."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.names import Form, MeantName, nearest, nearest_namespace, nearest_service, parse, spell

MakeCluster = Callable[..., Cluster]
W0 = (Path(__file__).with_name("worlds") / "w0.yaml").read_text()
MORE = """
---
apiVersion: v1
kind: Service
metadata: {name: svc-clusterip-httpd, namespace: httpd-prod}
spec: {selector: {component: httpd_webserver}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: dep-httpd, namespace: httpd-prod}
spec: {template: {metadata: {labels: {component: httpd_webserver}}, spec: {containers: [{name: httpd}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: d-orders, namespace: httpd-prod}
spec: {ports: [{port: 80}]}
"""


@pytest.fixture(scope="module")
def w0(make_cluster: MakeCluster) -> Cluster:
    return make_cluster(W0, MORE)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("api", MeantName("api", None, "svc")),
        ("API.", MeantName("api", None, "svc")),
        ("api.prod", MeantName("api", "prod", "svc.ns", None, True)),
        ("api.argocd", MeantName("api", "argocd", "svc.ns")),
        ("svc-clusterip-httpd.httpd-prd", MeantName("svc-clusterip-httpd", "httpd-prd", "svc.ns")),
        ("emtpy.prod", MeantName("emtpy", "prod", "svc.ns", None, True)),
        ("example.prod", MeantName("example.prod", None, "outside", None, True)),
        ("api.example", MeantName("api.example", None, "outside")),
        ("www.example.com", MeantName("www.example.com", None, "outside")),
        ("api.v1.prod", MeantName("api.v1.prod", None, "outside", None, True)),
        ("redis.shadow", MeantName("redis", "shadow", "svc.ns")),
        ("pod-0.hl.prod", MeantName("hl", "prod", "svc.ns", "pod-0", True)),
        ("pod-0.shadow-x", MeantName("pod-0.shadow-x", None, "outside")),
        ("a.b.hl.prod", MeantName("hl", "prod", "svc.ns", "a.b", True)),
        ("api.prod.svc", MeantName("api", "prod", "svc.ns.svc")),
        ("pod-0.hl.prod.svc", MeantName("hl", "prod", "svc.ns.svc", "pod-0")),
        ("api.nowhere.svc", MeantName("api", "nowhere", "svc.ns.svc")),
        ("api.prod.svc.cluster.local", MeantName("api", "prod", "fqdn")),
        ("api.prod.svc.cluster.local.", MeantName("api", "prod", "fqdn")),
        ("pod-0.hl.prod.svc.cluster.local", MeantName("hl", "prod", "fqdn", "pod-0")),
        ("_http._tcp.api.prod.svc.cluster.local", MeantName("api", "prod", "fqdn", "_http._tcp")),
        ("api.svc.cluster.local", MeantName("api", None, "fqdn")),
        ("api.prod.cluster.local", MeantName("api", "prod", "wrong-domain")),
        ("api.prod.svc.corp.local", MeantName("api", "prod", "wrong-domain")),
        ("api.prod.svc.cluster.loca", MeantName("api", "prod", "wrong-domain")),
        ("gone.prod.svc.cluster.locl", MeantName("gone", "prod", "wrong-domain")),
        ("nosuch.team.svc.example.com", MeantName("nosuch.team.svc.example.com", None, "outside")),
        ("foo.svc.example.com", MeantName("foo.svc.example.com", None, "outside")),
    ],
    ids=lambda value: f"DNS-21-{value}" if isinstance(value, str) else "",
)
def test_parse(host: str, expected: MeantName, w0: Cluster) -> None:
    assert parse(host, w0) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("api.prod.svc.cluster.local", MeantName("api", "prod", "wrong-domain")),
        ("gone.nowhere.svc.cluster.local", MeantName("gone", "nowhere", "wrong-domain")),
        ("pod-0.hl.prod.svc.cluster.local", MeantName("hl", "prod", "wrong-domain", "pod-0")),
        ("api.prod.cluster.local", MeantName("api", "prod", "wrong-domain")),
        ("api.prod.svc.corp.example", MeantName("api", "prod", "fqdn")),
        ("cluster.local", MeantName("cluster.local", None, "outside")),
    ],
    ids=lambda value: f"DNS-04-{value}" if isinstance(value, str) else "",
)
def test_parse_under_the_default_domain_where_another_is_declared(host: str, expected: MeantName, w0: Cluster) -> None:
    corp = replace(w0, profile=replace(w0.profile, domain="corp.example"))
    assert parse(host, corp) == expected


def test_parse_knows_the_endpoints_of_the_callers_services(w0: Cluster) -> None:
    assert parse("pod-0.api", w0, "web") == MeantName("api", None, "svc", "pod-0")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("svc", "api"),
        ("svc.ns", "api.prod"),
        ("svc.ns.svc", "api.prod.svc"),
        ("fqdn", "api.prod.svc.cluster.local"),
        ("wrong-domain", "api.prod.svc.cluster.local"),
    ],
    ids=lambda value: f"DNS-01-{value}",
)
def test_spell(form: Form, expected: str, w0: Cluster) -> None:
    assert spell("api", "prod", form, w0) == expected


@pytest.mark.parametrize(
    ("name", "namespace", "expected"),
    [
        pytest.param("svc-clusterip-htpd", "httpd-prod", "svc-clusterip-httpd", id="DNS-01-typo"),
        pytest.param("dep-httpd", "httpd-prod", "svc-clusterip-httpd", id="DNS-01-name-of-the-Deployment"),
        pytest.param("orders", "httpd-prod", "d-orders", id="KUS-03-namePrefix"),
        pytest.param("unrelated", "httpd-prod", None, id="DNS-01-nothing-near"),
        pytest.param("api", "argocd", None, id="DNS-01-empty-namespace"),
    ],
)
def test_nearest_service(name: str, namespace: str, expected: str | None, w0: Cluster) -> None:
    found = nearest_service(name, namespace, w0)
    assert (found.name if found else None) == expected


def test_nearest_namespace(w0: Cluster) -> None:
    assert nearest_namespace("httpd-prd", w0) == "httpd-prod"
    assert nearest_namespace("zzz", w0) == ""


def test_nearest_does_not_depend_on_the_order() -> None:
    assert nearest("ap", ["apb", "apa"]) == nearest("ap", ["apa", "apb"]) == "apb"
