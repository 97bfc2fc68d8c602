"""Random pods with DNS settings of every kind, and hosts that they might be given."""

from random import Random
from typing import Any

from frame.clusters import Document
from frame.worlds import NAMES, NAMESPACES

_SUFFIXES = (
    "prod.svc.cluster.local",
    "svc.cluster.local",
    "corp.example",
    "web",
    "example.com",
    "cluster.local",
    "local",
)
_LITERALS = (
    *("10.1.2.3", "127.0.0.1", "::1", "fd00::1", "10.1", "10", "0x7f.1", "010.1.2.3", "1.2.3.4.5", "256.1.1.1", "1."),
    *("08.1", "0x", "1.2.65535", "1.2.65536", "4294967295", "4294967296", "0XA.1", "1e3", "1.256", "1.2.3.256"),
)
_NDOTS = (*"0112223456", "20", "x", "", "-1", "3x", "07")
_ODD = ("localhost", "LOCALHOST", "localhost.", "api..", "a..b", ".api", "ip6-loopback", "api.localhost")


def pod(random: Random, namespace: str, zone: str) -> Document:
    """A Pod; two thirds of them have the settings that most pods have: none."""
    spec: dict[str, Any] = {"containers": [{"name": "c", "image": "x"}]}
    if random.random() < 0.25:
        spec["dnsPolicy"] = random.choice(("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"))
        if spec["dnsPolicy"] == "None":
            spec["dnsConfig"] = {"nameservers": ["10.96.0.10"]}
    if random.random() < 0.1:
        spec["hostNetwork"] = True
    if random.random() < 0.5:
        spec.setdefault("dnsConfig", {})
        spec["dnsConfig"] |= _config(random, namespace)
    if random.random() < 0.3:
        spec |= {"hostname": random.choice(NAMES), "subdomain": random.choice(NAMES)}
    if random.random() < 0.3:
        spec["hostAliases"] = [
            {"ip": f"10.7.7.{number}", "hostnames": [_alias(random, zone) for _ in range(random.choice((1, 2)))]}
            for number in range(random.choice((1, 1, 2)))
        ]
    metadata = {"name": random.choice((*NAMES, "caller", "caller")), "namespace": namespace}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def _alias(random: Random, zone: str) -> str:
    """A name that a Service, the pod itself, a longer name or another alias may have too."""
    name, space = random.choice(NAMES), random.choice(NAMESPACES)
    return random.choice((name, name, f"{name}.{space}", f"{name}.{space}.svc.{zone}", "caller", f"{name}.example.com"))


def _config(random: Random, namespace: str) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if random.random() < 0.7:
        config["options"] = [{"name": "ndots", "value": random.choice(_NDOTS)}]
        if random.random() < 0.2:
            config["options"].insert(0, {"name": "edns0"})
    if random.random() < 0.4:
        config["searches"] = random.sample(_SUFFIXES, random.randint(1, 3))
    if random.random() < 0.1:
        config["searches"] = [_long(random, namespace)]
    return config


def _long(random: Random, namespace: str) -> str:
    """A suffix that makes the usual list about as long as musl reads; above 256 characters glibc 2.36 aborts."""
    usual = f"{namespace}.svc.cluster.local svc.cluster.local cluster.local "
    length = 247 - len(usual) + random.choice((-40, -2, -1, 0, 1, 2, 8))
    return ".".join(["x" * 49] * 5)[-length:].strip(".").replace("..", ".")


def host(random: Random, documents: list[Document], caller: Document, zone: str) -> str:
    """A host as manifests write it: most often near a Service of the world, or of the caller's namespace."""
    namespace, spec = caller["metadata"]["namespace"], caller["spec"]
    aliases = [name for each in spec.get("hostAliases", ()) for name in each["hostnames"]]
    if aliases and random.random() < 0.1:
        return str(random.choice(aliases))
    if random.random() < 0.05:
        own, subdomain = spec.get("hostname") or caller["metadata"]["name"], spec.get("subdomain", "web")
        return random.choice((own, f"{own}.{subdomain}", f"{own}.{subdomain}.{namespace}.svc.{zone}"))
    if random.random() < 0.02:
        return ".".join(["y" * 49] * 6)[: random.randint(250, 255)].rstrip(".") + "."
    services = [each["metadata"] for each in documents if each["kind"] == "Service"]
    near = [each for each in services if each["namespace"] == namespace]
    chosen = random.choice(near if near and random.random() < 0.5 else services)
    name, space = chosen["name"], chosen["namespace"]
    if random.random() < 0.2:
        name, space = random.choice(NAMES), random.choice((*NAMESPACES, "default"))
    if random.random() < 0.04:
        return random.choice((*_LITERALS, *_ODD))
    written = random.choice(
        (
            *(name,) * 6,
            *(f"{name}.{space}",) * 5,
            f"{name}.{space}.svc",
            f"{name}.{space}.svc.{zone}",
            f"{name}.{space}.svc.{zone}",
            f"{name}.{space}.{zone}",
            f"{random.choice(NAMES)}.{name}",
            f"{random.choice(NAMES)}.{name}.{space}",
            f"{name}-0.{name}",
            space,
            f"{space}.svc",
            "svc",
            f"_http._tcp.{name}.{space}.svc",
            f"{name}.{space}.svc.{zone}.{space}",
            "example.com",
            "www.example.com",
            f"{name}.example.com",
            f"{random.choice(NAMES)}.{name}.{space}.svc.{zone}",
            f"{'x' * 63}.{name}",
            f"{'x' * 64}.{name}",
            ".".join(["y" * 63] * 4),
            f"{name}_x",
        )
    )
    if random.random() < 0.08:
        written = written.upper()
    return written + random.choice(("",) * 9 + (".",))
