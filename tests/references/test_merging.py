"""A host written once is one reference, in the field that writes it, with the port its uses say."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference

SHELL = ["/bin/sh", "-c"]
CONTAINER = ("spec", "template", "spec", "containers", 0)
FQDN = "api.prod.svc.cluster.local"


def summary(reference: Reference) -> tuple[str, str, int | None, str, tuple[str | int, ...] | None]:
    port_spot = reference.port_spot.route if reference.port_spot else None
    return reference.field, reference.host, reference.port, reference.scheme, port_spot


def env(**values: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


CASES: dict[str, tuple[dict[str, Any], list[tuple[str, str, int | None, str, tuple[str | int, ...] | None]]]] = {
    "host in env, scheme in args": (
        {"env": env(API_HOST=FQDN), "command": SHELL, "args": ["curl http://$API_HOST/"]},
        [("env API_HOST", FQDN, 80, "http", (*CONTAINER, "args", 0))],
    ),
    "host in env, port in args": (
        {"env": env(API_HOST="api"), "command": [*SHELL, "curl http://$API_HOST:8080/"]},
        [("env API_HOST", "api", 8080, "http", (*CONTAINER, "command", 2))],
    ),
    "host in env, port in another env": (
        {"env": env(API_HOST="api", X="8080"), "command": SHELL, "args": ["curl http://$API_HOST:$X/"]},
        [("env API_HOST", "api", 8080, "http", (*CONTAINER, "env", 1, "value"))],
    ),
    "host and port in env": (
        {"env": env(API="api:8080"), "command": SHELL, "args": ["wget http://$API"]},
        [("env API", "api", 8080, "http", None)],
    ),
    "used with two ports": (
        {"env": env(API_HOST="api"), "command": SHELL, "args": ["curl http://$API_HOST; curl http://$API_HOST:81"]},
        [
            ("env API_HOST", "api", 80, "http", (*CONTAINER, "args", 0)),
            ("env API_HOST", "api", 81, "http", (*CONTAINER, "args", 0)),
        ],
    ),
    "used twice alike": (
        {"env": env(API_HOST="api"), "command": SHELL, "args": ["curl http://$API_HOST/a; curl http://$API_HOST/b"]},
        [("env API_HOST", "api", 80, "http", (*CONTAINER, "args", 0))],
    ),
    "used nowhere": ({"env": env(API_HOST="api")}, [("env API_HOST", "api", None, "", None)]),
    "used nowhere, with a port beside it": (
        {"env": env(API_HOST="api", API_PORT="8080")},
        [("env API_HOST", "api", 8080, "", (*CONTAINER, "env", 1, "value"))],
    ),
    "the use outdoes the port beside it": (
        {"env": env(API_HOST="api", API_PORT="9090"), "command": SHELL, "args": ["curl http://$API_HOST"]},
        [("env API_HOST", "api", 80, "http", (*CONTAINER, "args", 0))],
    ),
    "composed by env": (
        {"env": env(H="api", API_URL="http://$(H):8080")},
        [("env H", "api", 8080, "http", (*CONTAINER, "env", 1, "value"))],
    ),
    "host composed of parts": (
        {"env": env(API_HOST="api", NS="prod", API_URL="http://$(API_HOST).$(NS).svc:81")},
        [("env API_URL", "api.prod.svc", 81, "http", None)],
    ),
    "host composed of parts in the shell": (
        {"env": env(API_HOST="api", NS="prod"), "command": SHELL, "args": ["curl http://$API_HOST.$NS.svc"]},
        [("args[0]", "api.prod.svc", 80, "http", None)],
    ),
    "part of one host, whole of another": (
        {"env": env(API_HOST="api"), "command": SHELL, "args": ["curl http://$API_HOST.prod; curl http://$API_HOST"]},
        [
            ("env API_HOST", "api", 80, "http", (*CONTAINER, "args", 0)),
            ("args[0]", "api.prod", 80, "http", None),
        ],
    ),
    "URL with its scheme's port, used with another": (
        {"env": env(API_URL="http://api"), "command": SHELL, "args": ["curl $API_URL:8080/x"]},
        [("env API_URL", "api", 8080, "http", (*CONTAINER, "args", 0))],
    ),
    "URL used as it is": (
        {"env": env(API_URL="http://api/v1"), "command": SHELL, "args": ["curl $API_URL/x"]},
        [("env API_URL", "api", 80, "http", None)],
    ),
    "only looked up": (
        {"env": env(API_HOST="api"), "command": SHELL, "args": ["nslookup $API_HOST"]},
        [("env API_HOST", "api", None, "", None)],
    ),
    "printed and called": (
        {
            "env": env(API_HOST=FQDN),
            "command": SHELL,
            "args": ['curl http://$API_HOST || echo "no page from $API_HOST"'],
        },
        [("env API_HOST", FQDN, 80, "http", (*CONTAINER, "args", 0))],
    ),
    "named twice in one field": (
        {"command": SHELL, "args": ["curl http://api/a; curl http://api/b"]},
        [("args[0]", "api", 80, "http", None)],
    ),
    "written in two fields": (
        {"env": env(A_URL="http://api", B_URL="http://api")},
        [("env A_URL", "api", 80, "http", None), ("env B_URL", "api", 80, "http", None)],
    ),
    "probe uses it too": (
        {"env": env(API_HOST="api"), "readinessProbe": {"exec": {"command": [*SHELL, "curl $API_HOST:81"]}}},
        [("env API_HOST", "api", 81, "http", (*CONTAINER, "readinessProbe", "exec", "command", 2))],
    ),
}


@pytest.mark.parametrize(("container", "expected"), CASES.values(), ids=CASES.keys())
def test_host_is_one_reference(container: dict[str, Any], expected: list[Any], search: Any, deployment: Any) -> None:
    assert [summary(reference) for reference in search(deployment(**container))] == expected


@pytest.fixture
def config(made: Callable[..., Resource]) -> Resource:
    return made("ConfigMap", "app", data={"API_HOST": "api", "page.conf": "peer = http://peer:81\n"})


def test_config_map_value_belongs_to_its_key(search: Any, deployment: Any, config: Resource) -> None:
    web = deployment(
        env=[{"name": "TARGET", "valueFrom": {"configMapKeyRef": {"name": "app", "key": "API_HOST"}}}],
        command=SHELL,
        args=["curl http://$TARGET:8080"],
    )
    (found,) = search(web, config)
    assert (found.client, found.spot.resource, found.spot.route) == (web, config, ("data", "API_HOST"))
    assert (found.via, found.field) == ("env", "env TARGET (ConfigMap app key API_HOST)")
    assert (found.host, found.port, found.port_spot.resource, found.port_spot.route) == (
        "api",
        8080,
        web,
        (*CONTAINER, "args", 0),
    )


def test_key_taken_in_twice_is_one_reference(search: Any, deployment: Any, config: Resource) -> None:
    web = deployment(
        {"volumes": [{"name": "v", "configMap": {"name": "app"}}]},
        envFrom=[{"configMapRef": {"name": "app"}}],
        volumeMounts=[{"name": "v", "mountPath": "/etc/app"}],
        command=SHELL,
        args=["curl http://$API_HOST"],
    )
    assert [(r.via, r.field, r.host, r.port) for r in search(web, config)] == [
        ("envFrom", "envFrom API_HOST (ConfigMap app)", "api", 80),
        ("envFrom", "envFrom page.conf (ConfigMap app)", "peer", 81),
    ]


def test_each_container_has_its_own(search: Any, made: Any) -> None:
    containers = [{"name": name, "env": env(API_URL="http://api")} for name in ("a", "b")]
    pod = made("Pod", "p", spec={"initContainers": containers[:1], "containers": containers[1:]})
    assert [(r.container, r.host) for r in search(pod)] == [("a", "api"), ("b", "api")]


def test_text_is_what_stands_in_the_field(search: Any, deployment: Any) -> None:
    web = deployment(
        env=env(API_HOST="api"), command=SHELL, args=["set -e\ncurl -s http://$API_HOST http://b:81/x?y=z\n"]
    )
    assert [(r.field, r.text) for r in search(web)] == [("env API_HOST", "api"), ("args[0]", "http://b:81/x")]


def test_others_are_no_clients(world: Any, deployment: Any, made: Any) -> None:
    from ringtrue.references.find import find
    from ringtrue.references.keys import key_patterns

    web = deployment(env=env(API_URL="http://api"))
    template = made(
        "PodTemplate", "t", template={"spec": {"containers": [{"name": "x", "env": env(A_URL="http://b")}]}}
    )
    assert find(world(web, template), [template], key_patterns()) == ()
