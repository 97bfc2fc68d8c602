"""Fields of the API that name a Service themselves (PORT-03, DNS-12)."""

from typing import Any


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
