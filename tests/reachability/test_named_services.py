"""Services that fields of the API name themselves, and names that others than the pod look up."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.prove import prove
from ringtrue.reachability.scope import Scope
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns

SHOP = """
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: web, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: pods, namespace: shop}
spec: {clusterIP: None, selector: {app: api}, ports: [{name: web, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: api.example.com}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
spec: {containers: [{name: api, image: api}]}
"""


def proofs(
    text: str, scope: Mapping[str, Any] | None = None, shop: str = SHOP, profile: Profile | None = None
) -> list[Proof]:
    """What is made of the references of the objects in `text`, beside those of namespace shop."""
    theirs, own = (
        [Resource(each, each["metadata"].get("namespace", "")) for each in yaml.safe_load_all(part) if each]
        for part in (shop, text)
    )
    cluster = build("here", [*theirs, *own], profile or Profile())
    filled = frozenset(each.namespace for each in (*theirs, *own) if each.namespace)
    made = Scope(cluster, "", named=False, **{"own": filled, "filled": filled, **(scope or {})})
    return [prove(each, Facts(made)) for each in find(cluster, own, key_patterns())]


def ingress(service: str, port: str = "number: 80") -> str:
    return f"""
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: shop, namespace: shop}}
spec: {{defaultBackend: {{service: {{name: {service}, port: {{{port}}}}}}}}}
"""


def webhook(service: str, namespace: str, policy: str = "Fail") -> str:
    return f"""
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {{name: guard}}
webhooks:
- failurePolicy: {policy}
  clientConfig: {{service: {{name: {service}, namespace: {namespace}, port: 80}}}}
"""


def verdicts(text: str, **scope: Any) -> list[tuple[str, str | None]]:
    return [(each.reason.value, each.severity.value if each.severity else None) for each in proofs(text, scope)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ingress("api"), ("ok", None)),
        (ingress("api", "name: web"), ("ok", None)),
        (ingress("api", "number: 8080"), ("port-undeclared", None)),
        (ingress("pods"), ("ok", None)),
        (ingress("alias"), ("external", None)),
        (ingress("gone"), ("nxdomain", None)),
        (webhook("api", "shop"), ("ok", None)),
        (webhook("gone", "shop"), ("nxdomain", None)),
        (webhook("gone", "shop", "Ignore"), ("nxdomain", "warning")),
        (webhook("api", "shpo"), ("wrong-namespace", None)),
        (webhook("gone", "elsewhere"), ("foreign-namespace", None)),
    ],
    ids=[
        "PORT-03-number", "PORT-03-name", "PORT-03-target-port", "headless-by-service-port", "alias", "missing",
        "called-by-the-api-server", "webhook-missing", "webhook-ignored", "webhook-stale", "webhook-foreign",
    ],
)  # fmt: skip
def test_a_named_service(text: str, expected: tuple[str, str | None]) -> None:
    assert verdicts(text) == [expected]


def test_external_is_asked_first() -> None:
    declared = {("elsewhere", "guard"): frozenset({80})}
    assert verdicts(webhook("guard", "elsewhere"), external=declared) == [("external", None)]


def test_a_leaf_of_routes_alone_is_not_judged() -> None:
    found = proofs(ingress("gone"), {"leaf": True}, shop="")
    said = "Ingress 'shop' calls 'gone': nothing seen here brings a Service into namespace 'shop', "
    said += "so whether it has that Service is not known"
    assert [(each.reason.value, each.message) for each in found] == [("foreign-namespace", said)]


def test_a_leaf_of_routes_alone_is_judged_where_the_cluster_is_complete() -> None:
    found = proofs(ingress("gone"), {"leaf": True}, shop="", profile=Profile(complete=True))
    assert [each.reason.value for each in found] == ["nxdomain"]


def test_a_leaf_whose_sibling_has_the_service_warns() -> None:
    found = proofs(ingress("zebra"), {"leaf": True, "siblings": {"zebra": ("other",)}})
    assert [(each.reason.value, each.severity, each.hint) for each in found] == [
        ("nxdomain", "warning", "'other' has a Service of that name")
    ]


def pod(container: str, spec: str = "") -> str:
    return f"""
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: shop}}
spec: {{{spec}containers: [{{name: web, image: web, {container}}}]}}
"""


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("api", "nxdomain"),
        ("api.shop.svc.cluster.local", "nxdomain"),
        ("gone.shop.svc", "nxdomain"),
        ("www.example.com", "external"),
        ("node-1", "external"),
    ],
)
def test_the_kubelet_asks_the_nodes_dns(host: str, reason: str) -> None:
    text = pod(f"readinessProbe: {{httpGet: {{host: {host}, port: 80}}}}")
    assert [each.reason.value for each in proofs(text)] == [reason]


@pytest.mark.parametrize(
    ("host", "reason"),
    [("api", "nxdomain"), ("api.shop", "nxdomain"), ("api.shop.svc", "nxdomain"), ("api.shop.svc.cluster.local", "ok")],
)
def test_dns_13_nginx_does_not_search(host: str, reason: str) -> None:
    conf = f"""
apiVersion: v1
kind: ConfigMap
metadata: {{name: conf, namespace: shop}}
data: {{default.conf: "set $u http://{host}; proxy_pass $u;"}}
---
"""
    text = pod("volumeMounts: [{name: c, mountPath: /c}]", "volumes: [{name: c, configMap: {name: conf}}], ")
    assert [each.reason.value for each in proofs(conf + text)] == [reason]


@pytest.mark.parametrize(
    ("variable", "spec", "expected"),
    [
        ("API_SERVICE_HOST", "", ("ok", None)),
        ("API_SERVICE_HOST", "dnsPolicy: Default, ", ("ok", None)),
        ("APIS_SERVICE_HOST", "", ("nxdomain", None)),
        ("SOMETHING_ELSE_SERVICE_HOST", "", ("nxdomain", "warning")),
        ("PODS_SERVICE_HOST", "", ("unresolved-text", None)),
        ("API_SERVICE_HOST", "enableServiceLinks: false, ", ("unresolved-text", None)),
    ],
    ids=["set", "set-without-dns", "misspelt", "missing", "headless", "links-off"],
)
def test_ref_02_service_variables(variable: str, spec: str, expected: tuple[str, str | None]) -> None:
    text = pod(f"args: ['http://$({variable}):80']", spec)
    assert [(each.reason.value, each.severity) for each in proofs(text)] == [expected]
