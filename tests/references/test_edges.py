"""Small differences that mutation testing showed to be untested: options of clients, quoting, where a host stands."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.references.reference import Via


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("curl --proxy proxy:3128 http://api", ["http proxy:3128"], id="curl --proxy"),
        pytest.param("curl --proxy proxy http://api", ["http proxy:1080"], id="curl's proxy port"),
        pytest.param("nc -l 80", [], id="nc that listens"),
        pytest.param("telnet -l me api 23", ["telnet api:23"], id="telnet's -l is a user"),
        pytest.param("psql -h -p 5432", [], id="an option is no host"),
        pytest.param("drill api.shop.svc", ["dns api.shop.svc"], id="drill"),
        pytest.param('A=api; curl "http://$A:80/"', ["http api:80"], id="a variable in double quotes"),
        pytest.param("curl 'http://$A:80/'", ["http ?:80 open"], id="a variable in single quotes"),
        pytest.param("for h in api db; do nc $h 80; done", ["tcp api:80", "tcp db:80"], id="for with a list"),
        pytest.param("echo `curl api` `curl db`", ["http api:80", "http db:80"], id="two backquotes"),
        pytest.param("echo $((1 + (2))) && curl api", ["http api:80"], id="arithmetic with brackets"),
        pytest.param("curl api && curl db || curl web", ["http api:80", "http db:80", "http web:80"], id="and, or"),
    ],
)
def test_script(script: str, expected: list[str], hosts: Callable[..., list[str]]) -> None:
    assert hosts(command=["sh", "-c", script]) == expected


def test_command_and_arguments_are_told_apart(search: Any, deployment: Any) -> None:
    found = search(deployment(command=["curl", "api"], args=["db"]))
    assert [(each.via, each.spot.route[-2:], each.host) for each in found] == [
        (Via.COMMAND, ("command", 1), "api"),
        (Via.ARGS, ("args", 0), "db"),
    ]


def test_a_mounted_secret_is_told_apart_and_hidden(search: Any, deployment: Any, made: Any) -> None:
    secret = made("Secret", "keys", data={"url.txt": base64.b64encode(b"url=http://api:80/x").decode()})
    spec = {"volumes": [{"name": "v", "secret": {"secretName": "keys"}}]}
    (found,) = search(secret, deployment(spec, volumeMounts=[{"name": "v", "mountPath": "/v"}]))
    assert (found.via, found.field, found.host, found.text, found.secret) == (
        Via.SECRET,
        "secret keys key url.txt",
        "api",
        "",
        True,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(f"http://{'.'.join(['a' * 60] * 5)}:80", [], id="longer than a name can be"),
        pytest.param("http://api.:80", ["http api.:80"], id="a final dot"),
        pytest.param("http://api:65535", ["http api:65535"], id="the last port"),
        pytest.param("http://api:65536", ["http api"], id="beyond the last port"),
        pytest.param("['http://a:80', \"http://b:81\"]", ["http a:80", "http b:81"], id="a list in a value"),
    ],
)
def test_value(value: str, expected: list[str], hosts: Callable[..., list[str]]) -> None:
    assert hosts(env=[{"name": "A_URL", "value": value}]) == expected


def test_a_file_with_a_list_on_one_line(hosts: Callable[..., list[str]], made: Any) -> None:
    settings = made("ConfigMap", "settings", data={"app.yaml": "peers: [\"http://a:80\", 'b.shop.svc:81']\n"})
    spec = {"volumes": [{"name": "v", "configMap": {"name": "settings"}}]}
    assert hosts(settings, spec=spec, volumeMounts=[{"name": "v", "mountPath": "/v"}]) == ["http a:80", "b.shop.svc:81"]


@pytest.mark.parametrize("sub_path", ["app.txt", None], ids=["the file", "all"])
def test_sub_path_mounts_one_file(sub_path: str | None, hosts: Callable[..., list[str]], made: Any) -> None:
    settings = made("ConfigMap", "settings", data={"app.txt": "url=http://a:80", "other.txt": "url=http://b:80"})
    spec = {"volumes": [{"name": "v", "configMap": {"name": "settings"}}]}
    mount = {"name": "v", "mountPath": "/v"} | ({"subPath": sub_path} if sub_path else {})
    assert hosts(settings, spec=spec, volumeMounts=[mount]) == (
        ["http a:80"] if sub_path else ["http a:80", "http b:80"]
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("redis", ["redis"], id="plain"),
        pytest.param("Redis", [], id="a capital"),
        pytest.param("my_redis", [], id="an underscore"),
        pytest.param("redis.", ["redis."], id="a final dot"),
    ],
)
def test_bare_name(value: str, expected: list[str], hosts: Callable[..., list[str]]) -> None:
    """DNS-17: only what looks like the name of a Service counts without a scheme or port."""
    assert hosts(env=[{"name": "REDIS_HOST", "value": value}]) == expected


def test_a_field_of_the_pod_is_where_its_value_stands(search: Any, deployment: Any) -> None:
    source = {"fieldRef": {"fieldPath": "metadata.namespace"}}
    env = [{"name": "NS", "valueFrom": source}, {"name": "A_URL", "value": "http://api.$(NS):80"}]
    (found,) = search(deployment(env=env))
    assert (found.host, found.spot.route[-3:]) == ("api.shop", ("env", 1, "value"))


@pytest.mark.parametrize(
    ("value", "unread"),
    [
        pytest.param("$(NOWHERE)", True, id="all from another place"),
        pytest.param("http://$BACKEND_IP:8080", True, id="all but scheme and port"),
        pytest.param("<endpoint>", True, id="a placeholder"),
        pytest.param("http://$(A).$(B)/", True, id="two places and a dot"),
        pytest.param("http://$NAMESPACE.svc.cluster.local", False, id="the suffix is known"),
        pytest.param("http://api.$NAMESPACE:80", False, id="the Service is known"),
        pytest.param("http://api:80", False, id="all of it"),
    ],
)
def test_a_host_of_which_nothing_is_written_is_unread(value: str, unread: bool, search: Any, deployment: Any) -> None:
    assert [each.unread for each in search(deployment(env=[{"name": "A_URL", "value": value}]))] == [unread]
