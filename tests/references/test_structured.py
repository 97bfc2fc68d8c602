"""Fields of the API that name a Service themselves (PORT-03, DNS-12)."""

from typing import Any

import pytest

from ringtrue.references.structured.istio import short_names


def test_ingress_backends(search: Any, made: Any) -> None:
    def backend(service: str, **port: Any) -> dict[str, Any]:
        return {"service": {"name": service, "port": port}}

    rules = [
        {
            "host": "shop.example",
            "http": {"paths": [{"backend": backend("b", name="http")}, {"backend": {"resource": {}}}]},
        }
    ]
    ingress = made(
        "Ingress", "i", "networking.k8s.io/v1", spec={"defaultBackend": backend("a", number=80), "rules": rules}
    )
    path = ("spec", "rules", 0, "http", "paths", 0, "backend", "service")
    found = search(ingress)
    assert [
        (r.client, r.workload, r.container, r.via, r.host, r.port, r.port_name, r.named_service, r.spot.route)
        for r in found
    ] == [
        (
            ingress,
            None,
            None,
            "structured",
            "a",
            80,
            None,
            ("shop", "a"),
            ("spec", "defaultBackend", "service", "name"),
        ),
        (ingress, None, None, "structured", "b", None, "http", ("shop", "b"), (*path, "name")),
    ]
    assert [(r.field, r.port_spot.route) for r in found] == [
        ("spec.defaultBackend.service.name", ("spec", "defaultBackend", "service", "port", "number")),
        ("spec.rules[0].http.paths[0].backend.service.name", (*path, "port", "name")),
    ]


def test_stateful_set_service_name(search: Any, made: Any) -> None:
    database = made(
        "StatefulSet", "db", "apps/v1", spec={"serviceName": "db-peers", "template": {"spec": {"containers": []}}}
    )
    assert [(r.client, r.field, r.text, r.named_service, r.port, r.port_spot) for r in search(database)] == [
        (database, "spec.serviceName", "db-peers", ("shop", "db-peers"), None, None)
    ]


def test_stateful_set_without_service_name(search: Any, made: Any) -> None:
    assert search(made("StatefulSet", "db", "apps/v1", spec={"serviceName": "", "template": {}})) == ()


def test_kinds_of_other_groups_are_left_alone(search: Any, made: Any) -> None:
    spec = {"defaultBackend": {"service": {"name": "a", "port": {"number": 80}}}}
    assert search(made("Ingress", "i", "config.openshift.io/v1", spec=spec)) == ()


def test_ingress_of_the_old_form(search: Any, made: Any) -> None:
    path = {"backend": {"serviceName": "b", "servicePort": "http"}}
    spec = {"backend": {"serviceName": "a", "servicePort": 80}, "rules": [{"http": {"paths": [path]}}]}
    found = search(made("Ingress", "i", "extensions/v1beta1", spec=spec))
    assert [(r.named_service, r.port, r.port_name, r.field) for r in found] == [
        (("shop", "a"), 80, None, "spec.backend.serviceName"),
        (("shop", "b"), None, "http", "spec.rules[0].http.paths[0].backend.serviceName"),
    ]


GATEWAY = "gateway.networking.k8s.io/v1"
ROUTES = [
    ("same-namespace", {"name": "a", "port": 80}, ("shop", "a", 80)),
    ("other-namespace", {"name": "a", "namespace": "pay", "port": 80}, ("pay", "a", 80)),
    ("said-group-and-kind", {"group": "", "kind": "Service", "name": "a", "port": 80}, ("shop", "a", 80)),
    ("no-port", {"name": "a"}, ("shop", "a", None)),
    ("other-kind", {"group": "multicluster.x-k8s.io", "kind": "ServiceImport", "name": "a", "port": 80}, None),
    ("no-name", {"port": 80}, None),
]


@pytest.mark.parametrize(("ref", "expected"), [r[1:] for r in ROUTES], ids=[r[0] for r in ROUTES])
def test_route_backend(search: Any, made: Any, ref: dict[str, Any], expected: tuple[Any, ...] | None) -> None:
    found = search(made("HTTPRoute", "r", GATEWAY, spec={"rules": [{"backendRefs": [ref]}]}))
    assert [(*(r.named_service or ()), r.port) for r in found] == ([expected] if expected else [])
    assert all(r.needs_port for r in found)


def test_route_mirrors(search: Any, made: Any) -> None:
    mirror = {"type": "RequestMirror", "requestMirror": {"backendRef": {"name": "m", "port": 80}}}
    rule = {"filters": [mirror], "backendRefs": [{"name": "a", "port": 80, "filters": [mirror]}]}
    found = search(made("GRPCRoute", "r", GATEWAY, spec={"rules": [rule]}))
    assert [r.field for r in found] == [
        "spec.rules[0].filters[0].requestMirror.backendRef.name",
        "spec.rules[0].backendRefs[0].name",
        "spec.rules[0].backendRefs[0].filters[0].requestMirror.backendRef.name",
    ]


@pytest.mark.parametrize(("kind", "protocol"), [("UDPRoute", "UDP"), ("TCPRoute", "TCP"), ("TLSRoute", "TCP")])
def test_route_protocol(search: Any, made: Any, kind: str, protocol: str) -> None:
    spec = {"rules": [{"backendRefs": [{"name": "a", "port": 80}]}]}
    assert [r.protocol for r in search(made(kind, "r", "gateway.networking.k8s.io/v1alpha2", spec=spec))] == [protocol]


FROM = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": "shop"}
GRANTS = [
    ("all-services", FROM, {"group": "", "kind": "Service"}, True),
    ("this-service", FROM, {"group": "", "kind": "Service", "name": "a"}, True),
    ("another-service", FROM, {"group": "", "kind": "Service", "name": "b"}, False),
    ("services-of-others", FROM, {"group": "serving.knative.dev", "kind": "Service"}, False),
    ("secrets-only", FROM, {"group": "", "kind": "Secret"}, False),
    ("another-kind-of-route", FROM | {"kind": "GRPCRoute"}, {"group": "", "kind": "Service"}, False),
    ("another-namespace", FROM | {"namespace": "blog"}, {"group": "", "kind": "Service"}, False),
]


@pytest.mark.parametrize(("from_", "to", "allowed"), [g[1:] for g in GRANTS], ids=[g[0] for g in GRANTS])
def test_reference_grant(search: Any, made: Any, from_: dict[str, str], to: dict[str, str], allowed: bool) -> None:
    ref = {"name": "a", "namespace": "pay", "port": 80}
    route = made("HTTPRoute", "r", GATEWAY, spec={"rules": [{"backendRefs": [ref]}]})
    grant = made("ReferenceGrant", "g", GATEWAY, "pay", spec={"from": [from_], "to": [to]})
    why = "" if allowed else "no ReferenceGrant in namespace 'pay' lets HTTPRoutes of namespace 'shop' name it"
    assert [r.refused for r in search(route, grant)] == [why]


SERVICE = {"name": "guard", "namespace": "system"}
CALLED = [
    (
        "MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/v1",
        {"webhooks": [{"clientConfig": {"service": SERVICE | {"port": 8443}}, "failurePolicy": "Ignore"}]},
        ("webhooks[0].clientConfig.service.name", 8443, True, True),
    ),
    (
        "ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io/v1",
        {"webhooks": [{"clientConfig": {"url": "https://elsewhere"}}, {"clientConfig": {"service": SERVICE}}]},
        ("webhooks[1].clientConfig.service.name", 443, False, False),
    ),
    (
        "APIService",
        "apiregistration.k8s.io/v1",
        {"spec": {"service": SERVICE}},
        ("spec.service.name", 443, False, False),
    ),
    (
        "CustomResourceDefinition",
        "apiextensions.k8s.io/v1",
        {"spec": {"conversion": {"strategy": "Webhook", "webhook": {"clientConfig": {"service": SERVICE}}}}},
        ("spec.conversion.webhook.clientConfig.service.name", 443, False, False),
    ),
    (
        "CustomResourceDefinition",
        "apiextensions.k8s.io/v1beta1",
        {"spec": {"conversion": {"strategy": "Webhook", "webhookClientConfig": {"service": SERVICE}}}},
        ("spec.conversion.webhookClientConfig.service.name", 443, False, False),
    ),
]


@pytest.mark.parametrize(("kind", "version", "data", "expected"), CALLED, ids=lambda v: v if isinstance(v, str) else "")
def test_what_the_api_server_calls(
    search: Any, made: Any, kind: str, version: str, data: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = search(made(kind, "x", version, "", **data))
    assert [(r.field, r.port, r.port_spot is not None, r.optional) for r in found] == [expected]
    assert [r.named_service for r in found] == [("system", "guard")]


@pytest.mark.parametrize(
    "data",
    [{"spec": {"service": None}}, {"spec": {}}, {"spec": {"service": {"name": "guard"}}}],
    ids=["local", "absent", "no-namespace"],
)
def test_what_the_api_server_does_not_call(search: Any, made: Any, data: dict[str, Any]) -> None:
    assert search(made("APIService", "x", "apiregistration.k8s.io/v1", "", **data)) == ()


HOSTS = [
    ("short", "cart", [("shop", "cart")]),
    ("full", "cart.pay.svc.cluster.local", [("pay", "cart")]),
    ("service-and-namespace", "cart.pay", []),
    ("outside", "api.example.com", []),
    ("wildcard", "*.example.com", []),
    ("declared", "legacy", []),
]


@pytest.mark.parametrize(("host", "expected"), [h[1:] for h in HOSTS], ids=[h[0] for h in HOSTS])
def test_istio_hosts(search: Any, made: Any, host: str, expected: list[tuple[str, str]]) -> None:
    entry = made("ServiceEntry", "e", "networking.istio.io/v1", spec={"hosts": ["legacy"]})
    rule = made("DestinationRule", "d", "networking.istio.io/v1", spec={"host": host})
    http = {"route": [{"destination": {"host": host, "port": {"number": 80}}}], "mirror": {"host": host}}
    virtual = made("VirtualService", "v", "networking.istio.io/v1beta1", spec={"http": [http]})
    assert [r.named_service for r in search(entry, rule)] == expected
    assert [(r.named_service, r.port) for r in search(entry, virtual)] == [
        (name, port) for name in expected for port in (80, None)
    ]


def test_istio_short_names(made: Any, world: Any) -> None:
    service = made("Service", "cart", namespace="pay", spec={"ports": [{"port": 80}]})
    rules = [
        made("DestinationRule", "d", "networking.istio.io/v1", spec={"host": host})
        for host in ("cart.pay", "cart.pay.svc", "cart.example", "cart", "cart.pay.svc.cluster.local")
    ]
    cluster = world(service, *rules)
    assert [found for rule in rules for found in short_names(rule, cluster)] == [
        (("spec", "host"), "cart.pay", "cart.pay.svc.cluster.local"),
        (("spec", "host"), "cart.pay.svc", "cart.pay.svc.cluster.local"),
    ]


def test_a_backend_that_stands_for_an_annotation_names_no_service(search: Any, made: Any) -> None:
    backend = {"service": {"name": "ssl-redirect", "port": {"name": "use-annotation"}}}
    assert search(made("Ingress", "i", "networking.k8s.io/v1", spec={"defaultBackend": backend})) == ()
