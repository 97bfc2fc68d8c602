"""Where in its field's text a host and its port stand: marked `<<` and `>>` by hand, and again by what was found."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.manifests.resource import Resource, Spot
from ringtrue.references.reference import Reference

SHELL = ["/bin/sh", "-c"]


def marked(spot: Spot, span: tuple[int, int] | None) -> str:
    text = spot.value
    return text if span is None else f"{text[: span[0]]}<<{text[slice(*span)]}>>{text[span[1] :]}"


def env(**values: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def script(text: str, **values: str) -> dict[str, Any]:
    return {"env": env(**values), "command": SHELL, "args": [text]}


HOSTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a value": ({"env": env(API_HOST="api")}, ["<<api>>"]),
    "a URL": ({"env": env(API="http://user@api:80/api")}, ["http://user@<<api>>:80/api"]),
    "a list": ({"env": env(BROKERS="a:9092,b:9092")}, ["<<a>>:9092,b:9092", "a:9092,<<b>>:9092"]),
    "the second flag": ({"args": ["--a=api --b=http://api/"]}, ["--a=api --b=http://<<api>>/"]),
    "the command, not its comment": (
        script("# api is ours\necho asking api\ncurl http://api/\n"),
        ["# api is ours\necho asking api\ncurl http://<<api>>/\n"],
    ),
    "a variable of the script": (
        script('# api\nNAME=api\ncurl "http://$NAME/"\n'),
        ['# api\nNAME=<<api>>\ncurl "http://$NAME/"\n'],
    ),
    "a here-document": (
        script("cat > f <<END\n# api\nurl: http://api:80\nEND\n"),
        ["cat > f <<END\n# api\nurl: http://<<api>>:80\nEND\n"],
    ),
    "a command in a command": (
        script('api=$(echo api)\nx="$(curl -s http://api/)"'),
        ['api=$(echo api)\nx="$(curl -s http://<<api>>/)"'],
    ),
    "a default": (script("curl http://${API:-api}/"), ["curl http://${API:-<<api>>}/"]),
    "a variable of the container": (script("curl http://$(A)/", A="api"), ["<<api>>"]),
    "around a variable": (
        {"env": env(NS="prod", URL="$$(x) http://api.$(NS).svc:80")},
        ["$$(x) http://<<api.>>$(NS).svc:80"],
    ),
    "after a variable": ({"env": env(NAME="api", URL="http://$(NAME).prod.svc/")}, ["http://$(NAME)<<.prod.svc>>/"]),
    "after an escaped dollar": ({"env": env(NS="x", URL="$(NS)$$a$$$$b http://api/")}, ["$(NS)$$a$$$$b http://<<api>>/"]),
    "in pieces": (script("H=api\ncurl http://$H.prod.svc/"), ["H=<<api>>\ncurl http://$H.prod.svc/"]),
    "in quotes": (script("curl 'http://'api'/x'"), ["curl 'http://'<<api>>'/x'"]),
    "nowhere": (
        {
            "env": [
                {"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}},
                {"name": "URL", "value": "http://$(NAME):80"},
            ]
        },
        ["metadata.labels['app']"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("container", "expected"), HOSTS.values(), ids=HOSTS)
def test_the_host_in_its_text(
    container: dict[str, Any],
    expected: list[str],
    search: Callable[..., tuple[Reference, ...]],
    deployment: Callable[..., Resource],
) -> None:
    found = search(deployment(labels={"app": "api"}, **container))
    assert [marked(each.spot, each.span) for each in found] == expected


PORTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "beside the host": ({"env": env(API="api:8080")}, ["api:<<8080>>"]),
    "implied": ({"env": env(API="http://api/")}, ["http://api/"]),
    "not said": ({"env": env(API_HOST="api")}, ["api"]),
    "in a variable of its own": ({"env": env(API_HOST="api", API_PORT="8080")}, ["<<8080>>"]),
    "in the script": (
        script("echo 81\ncurl http://$H:80/ http://$H:81/", H="api"),
        ["echo 81\ncurl http://$H:<<80>>/ http://$H:81/", "echo 81\ncurl http://$H:80/ http://$H:<<81>>/"],
    ),
    "implied in the script": (script("echo 80\ncurl http://$H/", H="api"), ["echo 80\ncurl <<http>>://$H/"]),
    "said by a later use": (script("A_URL=http://api\ncurl http://api:81/"), ["A_URL=http://api\ncurl http://api:<<81>>/"]),
    "of a client": (script("nc -z api 5432"), ["nc -z api <<5432>>"]),
}  # fmt: skip


@pytest.mark.parametrize(("container", "expected"), PORTS.values(), ids=PORTS)
def test_the_port_in_its_text(
    container: dict[str, Any],
    expected: list[str],
    search: Callable[..., tuple[Reference, ...]],
    deployment: Callable[..., Resource],
) -> None:
    found = search(deployment(**container))
    assert [marked(each.port_spot or each.spot, each.port_span) for each in found] == expected


def test_a_secret_is_measured_decoded(
    search: Callable[..., tuple[Reference, ...]], deployment: Callable[..., Resource], made: Callable[..., Resource]
) -> None:
    text = "# api\nurl = http://api:80\n"
    secret = made("Secret", "settings", data={"app.conf": base64.b64encode(text.encode()).decode()})
    pod = {"volumes": [{"name": "conf", "secret": {"secretName": "settings"}}]}
    found = search(deployment(pod, volumeMounts=[{"name": "conf", "mountPath": "/etc/app"}]), secret)
    assert [(text[slice(*each.span)], each.span) for each in found if each.span] == [("api", (19, 22))]
