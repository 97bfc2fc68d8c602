"""REF-02: the variables that kubelet sets for the Services of the pod's namespace."""

from typing import Any

import pytest

from ringtrue.references.service_variables import ServiceVariables

PORTS = [{"name": "http", "port": 80}, {"name": "dns-udp", "port": 53, "protocol": "UDP"}]
NAMES = [
    ("MY_API_SERVICE_HOST", "my-api.shop.svc"),
    ("MY_API_SERVICE_PORT", "80"),
    ("MY_API_SERVICE_PORT_HTTP", "80"),
    ("MY_API_SERVICE_PORT_DNS_UDP", "53"),
    ("MY_API_PORT", "tcp://my-api.shop.svc:80"),
    ("MY_API_PORT_80_TCP", "tcp://my-api.shop.svc:80"),
    ("MY_API_PORT_80_TCP_PROTO", "tcp"),
    ("MY_API_PORT_80_TCP_PORT", "80"),
    ("MY_API_PORT_80_TCP_ADDR", "my-api.shop.svc"),
    ("MY_API_PORT_53_UDP", "udp://my-api.shop.svc:53"),
    ("MY_API_PORT_81_TCP", None),
    ("MY_API_SERVICE_PORT_GRPC", None),
    ("PODS_SERVICE_HOST", None),
    ("ALIAS_SERVICE_HOST", None),
    ("ELSEWHERE_SERVICE_HOST", None),
    ("my_api_SERVICE_HOST", None),
    ("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc"),
    ("KUBERNETES_PORT_443_TCP_ADDR", "kubernetes.default.svc"),
]


@pytest.fixture(scope="module")
def services(made: Any) -> list[Any]:
    return [
        made("Service", "my-api", spec={"ports": PORTS}),
        made("Service", "pods", spec={"clusterIP": "None", "ports": PORTS}),
        made("Service", "alias", spec={"type": "ExternalName", "externalName": "example.com"}),
        made("Service", "elsewhere", namespace="pay", spec={"ports": PORTS}),
    ]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[name for name, _ in NAMES])
def test_value(world: Any, deployment: Any, services: list[Any], name: str, expected: str | None) -> None:
    cluster = world(deployment(), *services)
    found = ServiceVariables(cluster).value(name, cluster.workloads[0])
    assert (found.text if found else None) == expected


def test_links_may_be_off(world: Any, deployment: Any, services: list[Any]) -> None:
    cluster = world(deployment({"enableServiceLinks": False}), *services)
    found = [
        (variables.value(name, cluster.workloads[0]) is not None, variables.lacking(name, cluster.workloads[0]))
        for variables in [ServiceVariables(cluster)]
        for name in ("MY_API_SERVICE_HOST", "KUBERNETES_SERVICE_HOST", "OLD_SERVICE_HOST")
    ]
    assert found == [(False, None), (True, None), (False, None)]


USES = [
    ("env", {"env": [{"name": "U", "value": "http://$(MY_API_SERVICE_HOST):$(MY_API_SERVICE_PORT)/"}]}, "my-api", 80),
    ("args", {"args": ["--api=http://$(MY_API_SERVICE_HOST):80"]}, "my-api", 80),
    ("script", {"command": ["sh", "-c", "curl http://$MY_API_SERVICE_HOST:80"]}, "my-api", 80),
    ("operands", {"command": ["sh", "-c", "nc -z $MY_API_SERVICE_HOST $MY_API_SERVICE_PORT"]}, "my-api", 80),
    ("api-server", {"command": ["sh", "-c", "curl https://$KUBERNETES_SERVICE_HOST"]}, "kubernetes", 443),
    ("missing", {"args": ["http://$(OLD_API_SERVICE_HOST):80"]}, "old-api", 80),
    ("missing-in-a-script", {"command": ["sh", "-c", "curl $OLD_API_SERVICE_HOST:80"]}, "old-api", 80),
]


@pytest.mark.parametrize(("container", "service", "port"), [u[1:] for u in USES], ids=[u[0] for u in USES])
def test_a_use_names_the_service(
    search: Any, deployment: Any, services: list[Any], container: dict[str, Any], service: str, port: int
) -> None:
    web = deployment(**container)
    namespace = "default" if service == "kubernetes" else "shop"
    found = [r for r in search(web, *services) if r.client is web]
    assert [(r.named_service, r.host, r.port, r.unresolved) for r in found] == [
        ((namespace, service), service, port, "")
    ]


def test_a_use_shows_the_variable(search: Any, deployment: Any, services: list[Any]) -> None:
    found = search(deployment(args=["--api", "http://$(MY_API_SERVICE_HOST):80/v1"]), *services)
    assert [(r.text, r.field) for r in found] == [("http://$(MY_API_SERVICE_HOST):80/v1", "args[1]")]


def test_the_default_stands_where_nothing_is_set(hosts: Any) -> None:
    assert hosts(command=["sh", "-c", "nc -z ${OLD_API_SERVICE_HOST:-api} 80"]) == ["tcp api:80"]


def test_a_variable_of_the_container_wins(hosts: Any, services: list[Any]) -> None:
    env = [{"name": "MY_API_SERVICE_HOST", "value": "other"}]
    assert hosts(*services, env=env, command=["sh", "-c", "nc -z $MY_API_SERVICE_HOST 80"]) == ["tcp other:80"]


def test_an_absent_source_may_set_it(search: Any, deployment: Any) -> None:
    source = [{"configMapRef": {"name": "gone"}}]
    found = search(deployment(envFrom=source, args=["http://$(OLD_API_SERVICE_HOST):80"]))
    assert [(r.named_service, r.unresolved) for r in found] == [
        (None, "$(OLD_API_SERVICE_HOST) is not set in this container")
    ]


def test_a_url_in_place_of_a_port(search: Any, deployment: Any, made: Any) -> None:
    redis = made("Service", "redis", spec={"ports": [{"port": 6379}]})
    found = search(deployment(args=["--redis=redis:$(REDIS_PORT)"]), redis)
    why = "$(REDIS_PORT), which kubelet sets for Service 'redis', is a URL, no port number"
    assert [(r.host, r.unresolved, r.wrong_port) for r in found] == [("redis", "", why)]


def test_redis_port_is_no_number(search: Any, deployment: Any, made: Any) -> None:
    redis = made("Service", "redis", spec={"ports": [{"port": 6379}]})
    script = "redis-cli -h redis -p $REDIS_PORT ping"
    found = search(deployment(command=["sh", "-c", script]), redis)
    why = "$REDIS_PORT, which kubelet sets for Service 'redis', is a URL, no port number"
    assert [(r.host, r.port, r.unresolved, r.wrong_port) for r in found] == [("redis", None, "", why)]


def test_a_word_in_place_of_a_port_is_open(search: Any, deployment: Any) -> None:
    found = search(deployment(command=["sh", "-c", "redis-cli -h redis -p redis ping"]))
    assert [(r.host, r.unresolved, r.wrong_port) for r in found] == [("redis", "redis is no port number", "")]


PUT_RIGHT = {
    "set by the container": "redis-cli -h redis -p $MY_PORT",
    "set by the script": "REDIS_PORT=6379; redis-cli -h redis -p $REDIS_PORT",
    "set in a branch": "P=$REDIS_PORT; case $P in tcp:*) P=6379;; esac; redis-cli -h redis -p $P",
    "the last part of it": "redis-cli -h redis -p ${REDIS_PORT##*:}",
    "another call says the port": "redis-cli -h redis -p $REDIS_PORT ping || redis-cli -h redis ping",
}


@pytest.mark.parametrize("script", PUT_RIGHT.values(), ids=PUT_RIGHT)
def test_a_port_that_is_put_right(search: Any, deployment: Any, made: Any, script: str) -> None:
    redis = made("Service", "redis", spec={"ports": [{"port": 6379}]})
    web = deployment(env=[{"name": "MY_PORT", "value": "6379"}], command=["sh", "-c", script])
    assert {(r.host, r.port, r.unresolved, r.wrong_port) for r in search(web, redis)} == {("redis", 6379, "", "")}
