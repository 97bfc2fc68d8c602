"""Random small worlds about endpoints: a namespace each, with pods whose labels and ports collide, and Services."""

from dataclasses import dataclass
from random import Random
from typing import Any

from standing import Document

_NAMES = ("api", "web", "db")
_LABELS = {"app": ("api", "web"), "tier": ("a", "b")}
_PORT_NAMES = ("http", "admin", "grpc")
_NUMBERS = (8080, 9090, 53)
_PROTOCOLS = ("TCP", "TCP", "TCP", "UDP")


@dataclass(frozen=True, slots=True)
class EndpointWorld:
    seed: int
    namespace: str
    documents: tuple[Document, ...]


def endpoint_world(seed: int) -> EndpointWorld:
    random, space = Random(f"endpoints {seed}"), f"e{seed}"
    documents: list[Document] = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": space}}]
    documents += [_workload(random, space, name) for name in random.sample(_NAMES, random.choice((1, 2, 2)))]
    documents += [_service(random, space, name) for name in random.sample(_NAMES, 3)]
    return EndpointWorld(seed, space, tuple(documents))


def _workload(random: Random, namespace: str, name: str) -> Document:
    labels = {key: random.choice(values) for key, values in _LABELS.items()}
    kind = random.choice(("Pod", "Pod", "Deployment", "StatefulSet"))
    metadata: Document = {"name": name, "namespace": namespace}
    if kind == "Pod":
        return {"apiVersion": "v1", "kind": kind, "metadata": metadata | {"labels": labels}, "spec": _pods(random)}
    wanted: Document = {"replicas": random.choice((0, 1, 1, 2)), "selector": {"matchLabels": {"own": name}}}
    wanted["template"] = {"metadata": {"labels": labels | {"own": name}}, "spec": _pods(random)}
    if kind == "StatefulSet":
        wanted |= {"serviceName": random.choice(_NAMES), "podManagementPolicy": "Parallel"}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata, "spec": wanted}


def _pods(random: Random) -> Document:
    container: Document = {"name": "main", "image": "main", "ports": _ports(random, random.choice((0, 1, 2)))}
    if random.random() < 0.15:
        container["readinessProbe"] = {"tcpSocket": {"port": "missing"}, "periodSeconds": 1}
    spec: Document = {"containers": [container]}
    if random.random() < 0.15:
        spec["initContainers"] = [
            {"name": "side", "image": "side", "restartPolicy": "Always", "ports": _ports(random, 1)}
        ]
    return spec


def _ports(random: Random, many: int) -> list[Document]:
    names = random.sample(_PORT_NAMES, many)
    return [
        {"name": name, "containerPort": random.choice(_NUMBERS), "protocol": random.choice(_PROTOCOLS)}
        for name in names
    ]


def _service(random: Random, namespace: str, name: str) -> Document:
    names = random.sample(_PORT_NAMES, random.choice((1, 1, 2)))
    spec: Document = {"ports": [_service_port(random, each, number) for number, each in enumerate(names)]}
    if random.random() < 0.9:
        chosen = random.choice((("app",), ("app",), ("tier",), ("app", "tier")))
        spec["selector"] = {key: random.choice(_LABELS[key]) for key in chosen}
    if random.random() < 0.3:
        spec["clusterIP"] = "None"
    if random.random() < 0.15:
        spec["publishNotReadyAddresses"] = True
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}


def _service_port(random: Random, name: str, number: int) -> Document:
    port: dict[str, Any] = {"name": name, "port": 80 + number, "protocol": random.choice(_PROTOCOLS)}
    target = random.choice((*_PORT_NAMES, name, name, *_NUMBERS, None))
    return port if target is None else port | {"targetPort": target}
