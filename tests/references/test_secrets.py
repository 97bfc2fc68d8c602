"""Of a Secret nothing is shown but host and port; of a URL, no password."""

import base64
from dataclasses import fields
from typing import Any

import pytest

from ringtrue.references.reference import Reference

PASSWORD = "hunter2"
URL = f"postgres://app:{PASSWORD}@db.data:5433/app?token={PASSWORD}"


def printable(reference: Reference) -> str:
    """Every text of a reference that a report may print."""
    return " ".join(str(value) for f in fields(reference) if isinstance(value := getattr(reference, f.name), str))


@pytest.fixture
def secret(made: Any) -> Any:
    return made(
        "Secret", "db", data={"URL": base64.b64encode(URL.encode()).decode()}, stringData={"HOST": "db", "PW": PASSWORD}
    )


def test_a_port_that_is_none_is_not_told(secret: Any, search: Any, deployment: Any) -> None:
    container = {"envFrom": [{"secretRef": {"name": "db"}}], "command": ["sh", "-c", "redis-cli -h redis -p $PW"]}
    found = [r for r in search(deployment(**container), secret) if r.host == "redis"]
    assert [r.unresolved for r in found] == ["the port is no port number"]
    assert all(PASSWORD not in printable(r) for r in found)


@pytest.mark.parametrize(
    "container",
    [
        {"envFrom": [{"secretRef": {"name": "db"}}]},
        {"env": [{"name": "DATABASE_URL", "valueFrom": {"secretKeyRef": {"name": "db", "key": "URL"}}}]},
        {"volumeMounts": [{"name": "v", "mountPath": "/etc/db"}]},
        {"envFrom": [{"secretRef": {"name": "db"}}], "command": ["sh", "-c"], "args": ["psql $URL"]},
    ],
    ids=["envFrom", "env", "volume", "used"],
)
def test_secret_gives_host_and_port_only(container: dict[str, Any], secret: Any, search: Any, deployment: Any) -> None:
    spec = {"volumes": [{"name": "v", "secret": {"secretName": "db"}}]}
    found = [r for r in search(deployment(spec, **container), secret) if r.host == "db.data"]
    assert [(r.host, r.port, r.scheme, r.text, r.secret, r.spot.route) for r in found] == [
        ("db.data", 5433, "postgres", "", True, ("data", "URL"))
    ]
    assert PASSWORD not in printable(found[0])


SHOWN = [
    (f"http://{PASSWORD}@api/", "http://***@api/"),
    (f"http://app:{PASSWORD}@api:8080/x", "http://app:***@api:8080/x"),
    (f"redis://:{PASSWORD}@cache", "redis://:***@cache"),
    (f"http://api/x?token={PASSWORD}", "http://api/x"),
    (f"app:{PASSWORD}@tcp(db:3306)/app", "tcp(db:3306)"),
    (f"host=db password={PASSWORD}", "db"),
]


@pytest.mark.parametrize(("value", "shown"), SHOWN, ids=[shown for _, shown in SHOWN])
def test_password_in_plain_text_is_masked(value: str, shown: str, search: Any, deployment: Any) -> None:
    assert [r.text for r in search(deployment(env=[{"name": "X", "value": value}]))] == [shown]


COMPOSED = [
    ([{"name": "X_URL", "value": "http://app:$(PW)@api:80/"}], []),
    ([{"name": "X_URL", "value": "http://api:80/$(PW)"}], []),
    ([{"name": "X_URL", "value": "http://api.$(PW).svc:80/"}], []),
    ([], ["curl http://api/$PW -u app:$PW http://app:$PW@api2/"]),
]


@pytest.mark.parametrize(("env", "args"), COMPOSED, ids=["user info", "path", "part of the host", "shell"])
def test_secret_within_another_text_is_left_out(env: Any, args: Any, secret: Any, search: Any, deployment: Any) -> None:
    pw = {"name": "PW", "valueFrom": {"secretKeyRef": {"name": "db", "key": "PW"}}}
    found = search(deployment(env=[pw, *env], command=["sh", "-c"], args=args), secret)
    assert found
    assert [r.text for r in found if PASSWORD in r.text] == []


def test_bytes_that_are_no_text_are_passed_over(made: Any, search: Any, deployment: Any) -> None:
    secret = made("Secret", "db", data={"URL": base64.b64encode(b"\xff\xfehttp://api").decode(), "BAD": "%%%", "N": 5})
    assert search(deployment(envFrom=[{"secretRef": {"name": "db"}}]), secret) == ()
