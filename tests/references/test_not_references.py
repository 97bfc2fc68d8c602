"""Strings that look like hosts and are called by nobody (REF-05): each in the place where it is met."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.manifests.resource import Resource

ENV = [
    ("IMAGE", "redis:7.2"),
    ("SIDECAR_IMAGE", "docker.io/library/redis:7"),
    ("RUNNER", "node:20"),
    ("BASE", "python:3"),
    ("APP_VERSION", "1.2.3"),
    ("RELEASE_TAG", "v1.2.3"),
    ("VERSION_HOST_IMAGE_TAG", "api"),
    ("START", "12:30"),
    ("RUN_AS", "1000:1000"),
    ("ADMIN_EMAIL", "admin@mail.prod.svc.cluster.local"),
    ("CONTACT", "ops@example.com"),
    ("CONFIG_FILE", "default.conf"),
    ("ENTRY", "run.sh"),
    ("TRACE", "Main.java:120"),
    ("SCRIPT", "server.py:80"),
    ("MAIN_CLASS", "com.acme.svc.Foo"),
    ("DRIVER", "com.acme.svc"),
    ("LISTEN_ADDR", "0.0.0.0:8080"),
    ("ADDR", ":8080"),
    ("BIND_ADDRESS", "web:8080"),
    ("SERVER_ADDRESS", "[::]:8080"),
    ("REDIS_HOST", "localhost"),
    ("REDIS_URL", "redis://127.0.0.1:6379/0"),
    ("CACHE_URL", "redis://[::1]:6379"),
    ("DB_HOST", "10.0.0.12"),
    ("HOST", "0.0.0.0"),
    ("HOST", "web"),
    ("HOSTNAME", "web"),
    ("NO_PROXY", "localhost,.svc,.cluster.local,api.prod.svc.cluster.local,10.0.0.0/8"),
    ("no_proxy", ".svc,kubernetes.default.svc"),
    ("CORS_ORIGINS", "http://web.prod.svc.cluster.local,https://shop"),
    ("ALLOWED_HOSTS", "web,api.prod.svc.cluster.local"),
    ("TOKEN_AUDIENCE", "https://kubernetes.default.svc"),
    ("USER_AGENT", "probe (http://probe.prod.svc)"),
    ("SPIFFE_ID", "spiffe://cluster.local/ns/prod/sa/api"),
    ("PRINCIPAL", "cluster.local/ns/prod/sa/api"),
    ("DNS_SUFFIX", ".svc.cluster.local"),
    ("CLUSTER_DOMAIN", "svc.cluster.local"),
    ("CERT_NAMES", "*.prod.svc.cluster.local"),
    ("MATCH", r".*\.prod\.svc\.cluster\.local"),
    ("LABEL", "app.kubernetes.io/name=api"),
    ("GROUP", "widgets.example.com"),
    ("RESOURCE", "deployments.apps"),
    ("SOCKET_URL", "unix:///var/run/docker.sock"),
    ("OWNER", "kubernetes://apis/apps/v1/namespaces/shop/deployments/web"),
    ("DATA_URL", "file:///srv/page/index.html"),
    ("BUCKET_URL", "s3://backups/daily"),
    ("DB_URL", "sqlite:///srv/app.db"),
    ("JDBC", "jdbc:h2:mem:test"),
    ("CALLBACK_PATH", "/api/v1:80"),
    ("DIGEST", "sha256:9f86d081884c7d659a2feaa0c55ad015"),
    ("BASIC_AUTH", "admin:12345"),
    ("RATE_LIMITS", "login:100,search:1000"),
    ("QUERY", 'up{job="api:9090"}'),
    ("CACHE_HOST", "true"),
    ("METRICS_URL", "/metrics"),
    ("STORAGE_BACKEND", "redis"),
    ("QUEUE", "orders"),
    ("GREETING", "hello world"),
    ("MEMORY", "512Mi"),
    ("FEATURE_SERVER", "enabled"),
    ("ADVERTISED_LISTENERS", "PLAINTEXT://web:9092"),
    ("PULL", "example.org/web:1"),
    ("ARN", "arn:aws:iam::123456789012:role/web"),
    ("LOG_FORMAT", '%h %l "%r" http://%h'),
    ("CRON_SCHEDULE", "0 3 * * *"),
    ("VOLUME", "data:8080"),
]
SCRIPTS = [
    "echo no page from http://gone.prod.svc.cluster.local >&2",
    "# curl http://gone.prod.svc.cluster.local/",
    "true # then curl http://gone",
    'curl -H "Host: gone.prod.svc.cluster.local" http://127.0.0.1/',
    "curl -A 'probe/1.0 (http://gone)' -e http://gone http://localhost:8080/",
    "curl -u admin:8080 -o out:80 http://localhost",
    "curl --noproxy gone --user-agent gone http://localhost",
    "curl --unix-socket /run/docker.sock http://gone/info",
    "grep -q http://gone /etc/hosts",
    "sed -i 's|http://gone:80|http://gone:81|' /etc/app.conf",
    "chown web:8080 /srv",
    '[ "$URL" = "http://gone" ] && exit 1',
    '[[ $x == a && $u == "http://gone" ]]',
    "case $1 in http://gone) exit 1;; esac",
    "nc -l -p 8080",
    "nc -lk 8080",
    "redis-cli ping",
    "psql -U postgres -h /var/run/postgresql -c 'select 1'",
    "mysqladmin ping -h localhost -psecret",
    "redis-cli -h $(hostname) ping",
    "wget -q -O /tmp/x.tgz -T 5 http://127.0.0.1:8080/x.tgz",
    "trap 'exit 0' TERM; sleep 10 & wait $!",
    "kill -TERM 1",
    "date +%H:%M",
    'for i in $(seq 1 5); do echo "try $i"; done',
    "exec httpd -D FOREGROUND -f /etc/httpd/httpd.conf",
    "getent passwd web",
    "curl http://$HOSTNAME:8080/",
    "cat <<EOF\nno host: here\nEOF",
    'http () { set -- -s "$@"; curl -k "$@" "http://127.0.0.1:9200$1"; }; http /',
    'args=(-s -f); curl "${args[@]}" http://localhost:8080',
    """curl http://localhost:8983/config -d {"key": set }""",
    """LOGIN="-u admin:not set"; curl http://localhost:9990/management $LOGIN""",
    "wget http://localhost:8080/a and",
]
FILES = [
    ("app.conf", "# upstream http://gone.prod.svc.cluster.local"),
    ("app.properties", "timeout:3000"),
    ("app.properties", "server.port=8080"),
    ("app.yaml", "image: redis:6379"),
    ("app.yaml", "listen: web:8080"),
    ("app.yaml", "time: 12:30"),
    ("app.js", "// fetch('http://gone')"),
    ("app.ini", "; url = http://gone"),
    ("index.html", '<a href="http://gone/">here</a>'),
    ("nginx.conf", "return 301 https://$host$request_uri;"),
    ("nginx.conf", "listen 8080;"),
    ("app.xml", '<beans xmlns="http://www.springframework.org/schema/beans">'),
    ("README.md", "See http://gone"),
    ("app.yaml", "allowed_origins: [http://gone]"),
    ("app.yaml", "no_proxy: gone.prod.svc.cluster.local"),
    ("app.toml", "level = 'info:80'"),
    ("httpd.conf", "Listen 8080\nServerName localhost"),
    ("tls.crt", "-----BEGIN CERTIFICATE-----\nhttp://gone"),
    ("app.yaml", "annotation: foo.bar/baz"),
    ("app.yaml", "port: 8080"),
    ("rules.yaml", 'expr: up{instance="api:9090"} == 0'),
    ("app.json", '{"level": "debug", "size": 10}'),
    ("board.json", '{\n"panels": [{\n"$$hashKey": "object:1058",\n"alias": "tcp:90"}],\n"schemaVersion": 16}'),
]
ARGS = [
    "--listen=0.0.0.0:8080",
    "--web.listen-address=:9090",
    "--bind-address=web:80",
    "--user=1000:1000",
    "--log-level=info",
    "--config=/etc/app/config.yaml:80",
    "-v=2",
    "--image=redis:7",
    "--cluster-domain=cluster.local",
    "--leader-elect",
    "--namespace=prod",
    "--cors-allowed-origins=http://gone",
]


@pytest.mark.parametrize(("name", "value"), ENV, ids=[f"{name}={value}" for name, value in ENV])
def test_variable_is_none(name: str, value: str, hosts: Callable[..., list[str]]) -> None:
    assert hosts(env=[{"name": name, "value": value}]) == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_shell_text_is_none(script: str, hosts: Callable[..., list[str]]) -> None:
    assert hosts(command=["/bin/sh", "-c", script]) == []


@pytest.mark.parametrize(("name", "text"), FILES, ids=[f"{name} {text}" for name, text in FILES])
def test_file_is_none(name: str, text: str, hosts: Callable[..., list[str]], made: Callable[..., Resource]) -> None:
    spec: dict[str, Any] = {"volumes": [{"name": "v", "configMap": {"name": "app"}}]}
    config = made("ConfigMap", "app", data={name: text})
    assert hosts(config, spec=spec, volumeMounts=[{"name": "v", "mountPath": "/etc/app"}]) == []


@pytest.mark.parametrize("argument", ARGS)
def test_argument_is_none(argument: str, hosts: Callable[..., list[str]]) -> None:
    assert hosts(args=[argument]) == []


def test_words_of_a_header_are_none(hosts: Callable[..., list[str]]) -> None:
    assert hosts(command=["curl"], args=["-H", "Host: gone.prod.svc.cluster.local", "http://127.0.0.1/"]) == []


def test_image_of_the_environment_is_none(hosts: Callable[..., list[str]]) -> None:
    assert hosts(image="registry:5000/web:80", env=[{"name": "SELF", "value": "registry:5000/web:80"}]) == []


def test_data_that_nobody_consumes_is_none(hosts: Callable[..., list[str]], made: Callable[..., Resource]) -> None:
    assert hosts(made("ConfigMap", "app", data={"url": "http://gone.prod.svc"})) == []
