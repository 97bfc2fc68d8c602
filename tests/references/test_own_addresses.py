"""A server that takes its clients' ConfigMap whole does not call itself."""

from typing import Any

import pytest

TAKEN = {"envFrom": [{"configMapRef": {"name": "db"}}]}


def pod(made: Any, kind: str, name: str, **container: Any) -> Any:
    containers = [{"name": name, "image": "example.org/x:1", **container}]
    template = {"metadata": {"labels": {"app": name}}, "spec": {"containers": containers}}
    return made(kind, name, "apps/v1", spec={"template": template})


@pytest.fixture
def world_of(made: Any, search: Any) -> Any:
    """Who calls what, where `db` serves Service `db` and ConfigMap `db` holds a URL."""

    def run(url: str, db: dict[str, Any], *others: Any) -> list[str]:
        service = made("Service", "db", spec={"selector": {"app": "db"}, "ports": [{"port": 5432}]})
        data = made("ConfigMap", "db", data={"DB_URL": url})
        found = search(service, data, pod(made, "StatefulSet", "db", **db), *others)
        return [f"{r.client.name} {r.host}" for r in found]

    return run


def test_an_address_shared_with_clients_is_theirs(world_of: Any, made: Any) -> None:
    client = pod(made, "Deployment", "web", **TAKEN)
    assert world_of("postgresql://db:5432/shop", TAKEN, client) == ["web db"]


def test_an_address_that_nobody_else_takes_is_called(world_of: Any) -> None:
    assert world_of("postgresql://db:5432/shop", TAKEN) == ["db db"]


def test_a_peer_is_called(world_of: Any, made: Any) -> None:
    client = pod(made, "Deployment", "web", **TAKEN)
    assert world_of("postgresql://db-0.db.shop.svc:5432/shop", TAKEN, client) == [
        "db db-0.db.shop.svc",
        "web db-0.db.shop.svc",
    ]


def test_an_address_taken_by_its_key_is_called(world_of: Any, made: Any) -> None:
    env = [{"name": "URL", "valueFrom": {"configMapKeyRef": {"name": "db", "key": "DB_URL"}}}]
    client = pod(made, "Deployment", "web", **TAKEN)
    assert world_of("postgresql://db:5432/shop", {"env": env}, client) == ["db db", "web db"]
