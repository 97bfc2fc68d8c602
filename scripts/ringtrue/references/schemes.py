"""URL schemes: which name a host on the network, and the port each stands for when none is written."""

DEFAULT_PORTS = {
    "http": 80, "https": 443, "ws": 80, "wss": 443, "h2c": 80,
    "redis": 6379, "rediss": 6379, "valkey": 6379, "memcached": 11211,
    "postgres": 5432, "postgresql": 5432, "mysql": 3306, "mariadb": 3306, "sqlserver": 1433, "mssql": 1433,
    "mongodb": 27017, "neo4j": 7687, "bolt": 7687,
    "amqp": 5672, "amqps": 5671, "nats": 4222, "mqtt": 1883, "mqtts": 8883, "zk": 2181, "zookeeper": 2181,
    "ldap": 389, "ldaps": 636, "smtp": 25, "smtps": 465, "imap": 143, "imaps": 993, "pop3": 110,
    "ftp": 21, "ftps": 990, "sftp": 22, "ssh": 22, "telnet": 23, "git": 9418, "rtsp": 554,
    "hive2": 10000, "redis-sentinel": 26379, "redis-cluster": 6379,
}  # fmt: skip
"""What clients assume; grpc, kafka, tcp and udp stand for none."""

NAMING_A_HOST = frozenset(DEFAULT_PORTS) | {
    "tcp", "udp", "tls", "ssl", "grpc", "grpcs", "kafka", "dns", "passthrough", "xds", "mongodb+srv",
    "plaintext", "sasl_plaintext", "sasl_ssl", "hdfs", "thrift", "etcd", "etcds", "cassandra", "clickhouse",
    "influxdb", "elasticsearch", "opensearch", "vault", "consul", "syslog", "statsd", "tcp4", "tcp6", "udp4", "udp6",
    "pulsar", "stomp", "coap", "zipkin", "otlp", "jaeger", "rabbitmq", "cockroachdb", "couchbase", "ntp", "nfs", "smb",
}  # fmt: skip
"""Schemes whose authority is a host; of any other scheme only a full in-cluster name counts."""

MANY_HOSTS = frozenset(
    {
        "mongodb",
        "postgres",
        "postgresql",
        "mysql",
        "mariadb",
        "amqp",
        "amqps",
        "redis",
        "rediss",
        "redis-sentinel",
        "redis-cluster",
        "nats",
        "zk",
        "kafka",
        "pulsar",
    }
)
"""Schemes whose authority may list several hosts."""

IN_PATH = frozenset({"dns", "passthrough", "xds", "kubernetes"})
"""gRPC's name syntax: `dns:///host:port`, the authority left empty; the scheme is then grpc."""


MODES = frozenset({"loadbalance", "replication", "sequential", "failover", "aurora"})
"""How a MySQL driver uses several hosts: `jdbc:mysql:loadbalance://a,b/`."""


def base(scheme: str) -> str:
    """The scheme that decides: `git+https` is https, `mysql+pymysql` mysql; `mongodb+srv` is itself."""
    lower = scheme.lower()
    if lower == "mongodb+srv" or "+" not in lower:
        return lower
    first, last = lower.partition("+")[0], lower.rpartition("+")[2]
    return first if first in NAMING_A_HOST and last not in NAMING_A_HOST else last


def protocol(scheme: str) -> str:
    return "UDP" if scheme in ("udp", "udp4", "udp6", "statsd", "syslog", "coap", "ntp") else "TCP"
