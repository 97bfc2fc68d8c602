"""Host positions: what counts, and what is read from it."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.manifests.resource import Resource

ENV = [
    ("X", "jdbc:oracle:thin:@ora.db:1521:ORCL", ["oracle ora.db:1521"]),
    ("X", "jdbc:oracle:thin:app/pw@//ora:1521/ORCL", ["oracle ora:1521"]),
    ("X", "jdbc:mysql:loadbalance://h1:3307,h2/app", ["mysql h1:3307", "mysql h2:3306"]),
    ("X", "jdbc:postgresql://h1:5432,h2:5433/app", ["postgresql h1:5432", "postgresql h2:5433"]),
    ("X", "jdbc:hive2://hive/default", ["hive2 hive:10000"]),
    ("X", "jdbc:h2:file:/data/x", []),
    ("X", "r2dbc:pool:postgresql://db/app", ["postgresql db:5432"]),
    ("X", "redis-sentinel://s1,s2:26380/0", ["redis-sentinel s1:26379", "redis-sentinel s2:26380"]),
    ("X", "dns:///api.shop.svc:50051", ["grpc api.shop.svc:50051"]),
    ("X", "dns://10.0.0.10/api.shop.svc:50051", ["grpc api.shop.svc:50051"]),
    ("X", "dns:api:50051", ["api:50051"]),
    ("X", "dns:53", ["dns:53"]),
    ("X", "kubernetes:///api:50051", ["grpc api:50051"]),
    ("X", "kubernetes:///api.shop:grpc", ["grpc api.shop:grpc"]),
    ("X", "kubernetes:///api.shop:50051/", ["grpc api.shop:50051"]),
    ("X", "Server=tcp:db,1433;Initial Catalog=shop;User Id=sa", ["db:1433"]),
    ("X", "Data Source=db\\SQLEXPRESS;Database=shop", ["db"]),
    ("CASSANDRA_CONTACT_POINTS", "n-0.n,n-1.n", ["n-0.n", "n-1.n"]),
    ("API_URL", "http://api", ["http api:80"]),
    ("X", "http://api.prod:8080/v1", ["http api.prod:8080"]),
    ("X", "https://api.prod.svc/", ["https api.prod.svc:443"]),
    ("X", "http://api.prod.svc.cluster.local.:80/", ["http api.prod.svc.cluster.local.:80"]),
    ("X", "HTTP://API.Prod.SVC.Cluster.Local", ["http API.Prod.SVC.Cluster.Local:80"]),
    ("X", "api.prod.svc.cluster.local", ["api.prod.svc.cluster.local"]),
    ("X", "api.prod.svc", ["api.prod.svc"]),
    ("X", "see api.prod.svc.cluster.local:8080 first", ["api.prod.svc.cluster.local:8080"]),
    ("X", "redis:6379", ["redis:6379"]),
    ("X", "redis.cache:6379", ["redis.cache:6379"]),
    ("X", "kafka-0.kafka:9092,kafka-1.kafka:9092", ["kafka-0.kafka:9092", "kafka-1.kafka:9092"]),
    ("X", "a:9092 b:9092", ["a:9092", "b:9092"]),
    ("REDIS_HOST", "redis", ["redis"]),
    ("DB_ADDR", "db.data", ["db.data"]),
    ("MY_SERVERS", "a,b", ["a", "b"]),
    ("AUTH_ENDPOINT", "auth", ["auth"]),
    ("DATABASE_HOSTNAME", "db", ["db"]),
    ("redisHost", "redis", ["redis"]),
    ("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", ["kafka:9092"]),
    ("PGHOST", "db", ["db"]),
    ("SMTP_SERVER", "mail", ["mail"]),
    ("BACKEND_HOST", "my_api:80", ["my_api:80"]),
    ("X", "http://my_api/", ["http my_api:80"]),
    ("DATABASE_URL", "postgres://app:s3cr:et@db:5433/app", ["postgres db:5433"]),
    ("DATABASE_URL", "postgresql://db/app", ["postgresql db:5432"]),
    ("DATABASE_URL", "mysql+pymysql://u:p@db/app", ["mysql db:3306"]),
    ("SPRING_DATASOURCE_URL", "jdbc:postgresql://ledger-db:5432/postgresdb", ["postgresql ledger-db:5432"]),
    ("SPRING_DATASOURCE_URL", "jdbc:mysql://db/app?useSSL=false", ["mysql db:3306"]),
    ("MONGO_URL", "mongodb://u:p@m-0.m:27017,m-1.m:27018/app", ["mongodb m-0.m:27017", "mongodb m-1.m:27018"]),
    (
        "MONGO_URL",
        "mongodb+srv://mongo.data.svc.cluster.local/app",
        ["mongodb+srv mongo.data.svc.cluster.local:mongodb"],
    ),
    ("AMQP", "amqp://guest:guest@rabbitmq", ["amqp rabbitmq:5672"]),
    ("AMQP", "amqps://rabbitmq", ["amqps rabbitmq:5671"]),
    ("NATS", "nats://a:4222,nats://b:4222", ["nats a:4222", "nats b:4222"]),
    ("CACHE", "rediss://cache/0", ["rediss cache:6379"]),
    ("LDAP", "ldap://ldap", ["ldap ldap:389"]),
    ("MAIL", "smtp://mail", ["smtp mail:25"]),
    ("FILES", "ftp://files/x", ["ftp files:21"]),
    ("SOCK", "ws://push/feed", ["ws push:80"]),
    ("SOCK", "wss://push", ["wss push:443"]),
    ("GRPC", "grpc://api", ["grpc api"]),
    ("GRPC", "grpc://api:50051", ["grpc api:50051"]),
    ("GRPC", "dns:///api.prod:50051", ["grpc api.prod:50051"]),
    ("KAFKA", "kafka://kafka", ["kafka kafka"]),
    ("TCP", "tcp://cache:6379", ["tcp cache:6379"]),
    ("UDP", "udp://syslog:514", ["udp syslog:514"]),
    ("EXTERNAL", "https://api.example.com/v1", ["https api.example.com:443"]),
    ("DSN", "user:pass@tcp(db:3306)/app", ["tcp db:3306"]),
    ("DSN", "host=db port=5432 user=app password=x", ["db:5432"]),
    ("JAVA_OPTS", "-Xmx1g -Dapi.url=http://api:8080 -Dredis.host=redis", ["http api:8080", "redis"]),
    ("STORES", "dnssrv+_grpc._tcp.store.thanos.svc.cluster.local", ["store.thanos.svc.cluster.local:grpc"]),
    ("JSON", '{"url":"http://api:8080","peers":["a:80"]}', ["http api:8080", "a:80"]),
    ("ETCD", "http://etcd-0.etcd:2379,http://etcd-1.etcd:2379", ["http etcd-0.etcd:2379", "http etcd-1.etcd:2379"]),
    ("EMOJISVC_HOST", "emoji-svc.emojivoto:8080", ["emoji-svc.emojivoto:8080"]),
    ("UPSTREAM", "api:80/path", ["api:80"]),
    ("KUBE", "https://kubernetes.default.svc", ["https kubernetes.default.svc:443"]),
    ("PODS", "db-0.db.data.svc.cluster.local:5432", ["db-0.db.data.svc.cluster.local:5432"]),
]
OPEN = [
    ("X", "http://$(CACHE)/", "$(CACHE) is not set in this container"),
    ("X", "http://api.<ns>.svc.cluster.local", "<ns> is a placeholder"),
    ("X", "http://{{ .Release.Name }}-api/", "{{ .Release.Name }} is a template"),
    ("X", "api.${NAMESPACE}.svc.cluster.local", "${NAMESPACE} is filled in by whatever reads the text"),
    ("X", "dnssrv+_client._tcp.<MEMCACHED_SERVICE>.<ns>.svc.cluster.local", "<MEMCACHED_SERVICE> is a placeholder"),
    ("REDIS_HOST", "$(CACHE)", "$(CACHE) is not set in this container"),
    ("X", "http://%s.prod.svc", "%s is a placeholder"),
    ("X", "http://api:$(PORT)/", "$(PORT) is not set in this container"),
]
FILES = [
    ("a.properties", "spring.redis.host=redis", ["redis"]),
    ("a.properties", "spring.redis.url = redis://redis", ["redis redis:6379"]),
    ("a.yaml", "redis:\n  addr: redis:6379 # the cache\n", ["redis:6379"]),
    ("a.yaml", "targets:\n- api:8080\n- 'b.data:80'\n", ["api:8080", "b.data:80"]),
    ("a.yaml", "targets: [api:8080, b:80]", ["api:8080", "b:80"]),
    ("a.yaml", "targets: ['api:8080']", ["api:8080"]),
    ("a.json", '{"api": "http://api/#x", "peer": "b:80"}', ["http api:80", "b:80"]),
    ("a.toml", 'url = "http://api:8080"', ["http api:8080"]),
    ("a.env", "API_URL=http://api\nDB_HOST=db\n", ["http api:80", "db"]),
    ("haproxy.cfg", "  server R0 redis-announce-0:6379 check inter 3s", ["redis-announce-0:6379"]),
    (
        "nginx.conf",
        "upstream u { \n  server api:8080;\n}\nproxy_pass http://api.prod.svc:80;",
        ["api:8080", "http api.prod.svc:80"],
    ),
    ("nginx.conf", "proxy_pass http://$svc.prod.svc.cluster.local;", ["http ?:80 open"]),
    ("hosts.txt", "api.prod.svc.cluster.local\n", ["api.prod.svc.cluster.local"]),
    ("a.yaml", "url: http://api # not http://gone", ["http api:80"]),
]
ARGS = [
    (["--upstream=http://x:80"], ["http x:80"]),
    (["--addr=host:8080"], ["host:8080"]),
    (["host:8080"], ["host:8080"]),
    (["http://x"], ["http x:80"]),
    (["--redis", "redis-haproxy:6379"], ["redis-haproxy:6379"]),
    (["--redis-host", "redis", "--port", "80"], ["redis"]),
    (["--query.endpoint=dnssrv+_grpc._tcp.store.thanos.svc.cluster.local"], ["store.thanos.svc.cluster.local:grpc"]),
    (["--query=dnssrv+_http._tcp.query.thanos"], ["query.thanos:http"]),
    (["--query=up{job='web'} offset 5m"], []),
    (["--store=_grpc._tcp.store.thanos"], ["store.thanos:grpc"]),
    (["-Dserver.url=http://api:8080"], ["http api:8080"]),
    (["sh", "-c", "curl http://x"], ["http x:80"]),
    (["curl", "-sS", "x:8080/path"], ["http x:8080"]),
    (["--backend", "redis", "--name", "web"], []),
]


@pytest.mark.parametrize(("name", "value", "expected"), ENV, ids=[f"{name}={value}" for name, value, _ in ENV])
def test_variable(name: str, value: str, expected: list[str], hosts: Callable[..., list[str]]) -> None:
    assert hosts(env=[{"name": name, "value": value}]) == expected


@pytest.mark.parametrize(("name", "value", "reason"), OPEN, ids=[value for _, value, _ in OPEN])
def test_open_host_keeps_its_reason(name: str, value: str, reason: str, search: Any, deployment: Any) -> None:
    assert [r.unresolved for r in search(deployment(env=[{"name": name, "value": value}]))] == [reason]


@pytest.mark.parametrize(("name", "text", "expected"), FILES, ids=[f"{name} {text}" for name, text, _ in FILES])
def test_file(
    name: str, text: str, expected: list[str], hosts: Callable[..., list[str]], made: Callable[..., Resource]
) -> None:
    spec: dict[str, Any] = {"volumes": [{"name": "v", "configMap": {"name": "app"}}]}
    config = made("ConfigMap", "app", data={name: text})
    assert hosts(config, spec=spec, volumeMounts=[{"name": "v", "mountPath": "/etc/app"}]) == expected


@pytest.mark.parametrize(("arguments", "expected"), ARGS, ids=[" ".join(arguments) for arguments, _ in ARGS])
def test_arguments(arguments: list[str], expected: list[str], hosts: Callable[..., list[str]]) -> None:
    assert hosts(args=arguments) == expected


def test_key_patterns_of_the_configuration(search: Any, deployment: Any) -> None:
    web = deployment(env=[{"name": "CACHE_PEER", "value": "cache"}])
    assert [r.host for r in search(web)] == []
    assert [r.host for r in search(web, host_keys=("*_peer",))] == ["cache"]
