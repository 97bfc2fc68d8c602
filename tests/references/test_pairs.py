"""Host and port under two keys: variables, ConfigMap keys, lines of a file."""

from typing import Any

import pytest

VARIABLES = [
    ("host-and-port", {"REDIS_HOST": "redis", "REDIS_PORT": "6379"}, ["redis:6379"]),
    ("address-and-port", {"DB_ADDR": "db", "DB_PORT": "5432"}, ["db:5432"]),
    ("libpq", {"PGHOST": "db", "PGPORT": "5432"}, ["db:5432"]),
    ("of-another", {"REDIS_HOST": "redis", "DB_PORT": "5432"}, ["redis"]),
    ("no-number", {"REDIS_HOST": "redis", "REDIS_PORT": "tcp://10.0.0.1:6379"}, ["redis"]),
]


@pytest.mark.parametrize(("values", "expected"), [v[1:] for v in VARIABLES], ids=[v[0] for v in VARIABLES])
@pytest.mark.parametrize("source", ["env", "envFrom", "configMapKeyRef"])
def test_two_variables(hosts: Any, made: Any, source: str, values: dict[str, str], expected: list[str]) -> None:
    data = made("ConfigMap", "c", data=values)
    env = {
        "env": [{"name": name, "value": value} for name, value in values.items()],
        "configMapKeyRef": [
            {"name": name, "valueFrom": {"configMapKeyRef": {"name": "c", "key": name}}} for name in values
        ],
    }
    container = {"envFrom": [{"configMapRef": {"name": "c"}}]} if source == "envFrom" else {"env": env[source]}
    assert hosts(data, **container) == expected


FILES = [
    ("app.properties", "redis.host=redis\nredis.port=6379\n", ["redis:6379"]),
    ("app.properties", "redis.port=6379\ndb.port=5432\nredis.host=redis\n", ["redis:6379"]),
    ("app.properties", "a.redis.host=r\na.redis.port=1001\nb.redis.host=s\nb.redis.port=1002\n", ["r:1001", "s:1002"]),
    (".env", "REDIS_HOST=redis\nREDIS_PORT=6379\n", ["redis:6379"]),
    ("app.yaml", "redis:\n  host: redis\n  port: 6379\n", ["redis:6379"]),
    ("app.yaml", "redis:\n  port: 6379\n  host: redis\n", ["redis:6379"]),
    ("app.yaml", "port: 8080\nredis:\n  host: redis\n", ["redis"]),
    ("app.yaml", "redis:\n  host: redis\nport: 8080\n", ["redis"]),
    ("app.toml", '[db]\nhost = "db"\nport = 5432\n', ["db:5432"]),
    ("app.toml", '[web]\nport = 8080\n[db]\nhost = "db"\n', ["db"]),
    ("app.json", '{\n  "db": {\n    "host": "db",\n    "port": 5432\n  }\n}\n', ["db:5432"]),
    ("envoy.yaml", "socket_address:\n  address: api\n  port_value: 80\n", ["api:80"]),
    ("app.ini", "host = db:5433\nport = 5432\n", ["db:5433"]),
]


@pytest.mark.parametrize(
    ("name", "text", "expected"), FILES, ids=[f"{name}-{at}" for at, (name, *_) in enumerate(FILES)]
)
def test_two_lines(hosts: Any, made: Any, name: str, text: str, expected: list[str]) -> None:
    data = made("ConfigMap", "c", data={name: text})
    spec = {"volumes": [{"name": "c", "configMap": {"name": "c"}}]}
    assert hosts(data, spec=spec, volumeMounts=[{"name": "c", "mountPath": "/etc/app"}]) == expected
