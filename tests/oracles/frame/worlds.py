"""Random small clusters in which names collide: few namespaces, few names, few labels."""

from random import Random
from typing import Any

from frame.clusters import Document

NAMESPACES = ("web", "prod", "dev", "svc", "api")
NAMES = ("api", "web", "db", "svc", "prod", "redis", "a")
LABELS = {"app": ("api", "web", "db"), "tier": ("a", "b")}
PORT_NAMES = ("http", "dns", "grpc", "a")
PROTOCOLS = ("TCP", "TCP", "TCP", "UDP", "SCTP")
NUMBERS = (53, 80, 81, 8080, 9090)
_KINDS = ("Deployment", "Deployment", "Deployment", "StatefulSet", "StatefulSet", "Pod", "Pod", "DaemonSet")
_RARE = ("ReplicaSet", "ReplicationController", "Job", "CronJob", "PodTemplate")
_API = {
    "Deployment": "apps/v1",
    "StatefulSet": "apps/v1",
    "DaemonSet": "apps/v1",
    "ReplicaSet": "apps/v1",
    "Job": "batch/v1",
    "CronJob": "batch/v1",
}

Place = tuple[str, str]
"""A namespace, and a name in it."""


def world(random: Random, zone: str = "cluster.local") -> list[Document]:
    """Namespaces, Services, workloads and hand-written EndpointSlices; no two of a kind share a name."""
    spaces = random.sample(NAMESPACES, random.randint(2, 4))
    documents: list[Document] = [_object("v1", "Namespace", "", space) for space in spaces]
    served = _places(random, spaces, 3, 8)
    documents += [_service(random, place, zone, served) for place in served]
    documents += [_workload(random, space, name) for space, name in _places(random, spaces, 4, 12)]
    for number in range(random.choice((0, 0, 1, 2))):
        place = random.choice(served) if random.random() < 0.8 else (random.choice(spaces), random.choice(NAMES))
        documents.append(_slice(random, place, number))
    return documents


def _places(random: Random, spaces: list[str], least: int, most: int) -> list[Place]:
    every = [(space, name) for space in spaces for name in NAMES]
    return random.sample(every, random.randint(least, min(most, len(every))))


def _object(api: str, kind: str, namespace: str, name: str, **fields: Any) -> Document:
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **fields}


def _service(random: Random, place: Place, zone: str, served: list[Place]) -> Document:
    kind = random.choices(("ClusterIP", "None", "ExternalName", "NodePort"), (45, 30, 20, 5))[0]
    spec: dict[str, Any] = {"None": {"clusterIP": "None"}, "ClusterIP": {}}.get(kind, {"type": kind})
    if kind == "ExternalName":
        target = random.choice(served) if random.random() < 0.7 else (random.choice(NAMESPACES), random.choice(NAMES))
        spec["externalName"] = _external(random, target, zone)
    spec |= {"ports": _service_ports(random, least=0 if kind in ("None", "ExternalName") else 1)}
    if random.random() < 0.85:
        spec["selector"] = _selector(random)
    if random.random() < 0.1:
        spec["publishNotReadyAddresses"] = True
    return _object("v1", "Service", *place, spec=spec)


def _external(random: Random, target: Place, zone: str) -> str:
    space, name = target
    full = f"{name}.{space}.svc.{zone}"
    return random.choice(
        (
            full,
            full,
            full,
            full + ".",
            f"a.{full}",
            f"{name}.{space}",
            f"{space}.svc.{zone}",
            zone,
            "example.com",
            "10.1.2.3",
            name,
            f"{name}.{space}.svc",
        )
    )


def _selector(random: Random) -> dict[str, str]:
    if random.random() < 0.05:
        return {}
    if random.random() < 0.06:
        name = random.choice(NAMES)
        return random.choice(
            (
                {"statefulset.kubernetes.io/pod-name": f"{name}-{random.randint(0, 2)}"},
                {"apps.kubernetes.io/pod-index": str(random.randint(0, 2))},
                {"job-name": name},
                {"batch.kubernetes.io/job-name": name},
            )
        )
    return _labels(random)


def _labels(random: Random) -> dict[str, str]:
    keys = ["app"] if random.random() < 0.7 else random.choice((["tier"], ["app", "tier"]))
    return {key: random.choice(LABELS[key]) for key in keys}


def _service_ports(random: Random, least: int) -> list[dict[str, Any]]:
    found: dict[tuple[str, int], dict[str, Any]] = {}
    names = random.sample(PORT_NAMES, 3)
    for name in names[: random.choices((least, 1, 2, 3), (5, 60, 25, 10))[0]]:
        port: dict[str, Any] = {"name": name, "port": random.choice(NUMBERS)}
        protocol = random.choice(PROTOCOLS)
        if protocol != "TCP" or random.random() < 0.3:
            port["protocol"] = protocol
        target = random.choice((None, "name", "name", "number", 0))
        if target is not None:
            port["targetPort"] = {"name": random.choice(PORT_NAMES), "number": random.choice(NUMBERS), 0: 0}[target]
        found.setdefault((protocol, port["port"]), port)
    ports = list(found.values())
    if len(ports) == 1 and random.random() < 0.4:
        del ports[0]["name"]
    return ports


def _workload(random: Random, namespace: str, name: str) -> Document:
    kind = random.choice(_RARE) if random.random() < 0.15 else random.choice(_KINDS)
    labels, spec = _labels(random) | ({"tier": "a"} if random.random() < 0.5 else {}), _pod_spec(random)
    api = _API.get(kind, "v1")
    template = {"metadata": {"labels": labels}, "spec": spec}
    if kind == "Pod":
        made = _object(api, kind, namespace, name, spec=spec)
        made["metadata"]["labels"] = labels
        return made
    if kind == "PodTemplate":
        return _object(api, kind, namespace, name, template=template)
    if kind == "CronJob":
        inner = {"spec": _job(random, template)}
        return _object(api, kind, namespace, name, spec={"schedule": "0 * * * *", "jobTemplate": inner})
    if kind == "Job":
        return _object(api, kind, namespace, name, spec=_job(random, template))
    return _object(api, kind, namespace, name, spec=_controller(random, kind, labels, template))


def _job(random: Random, template: Document) -> dict[str, Any]:
    template["spec"]["restartPolicy"] = "Never"
    indexed = {"completionMode": "Indexed", "completions": random.randint(1, 3)} if random.random() < 0.5 else {}
    return {"template": template, **indexed}


def _controller(random: Random, kind: str, labels: dict[str, str], template: Document) -> dict[str, Any]:
    selector = labels if kind == "ReplicationController" else {"matchLabels": labels}
    spec: dict[str, Any] = {"selector": selector, "template": template}
    if kind != "DaemonSet" and random.random() < 0.7:
        spec["replicas"] = random.choice((0, 1, 2, 3))
    if kind == "StatefulSet":
        if random.random() < 0.9:
            spec["serviceName"] = random.choice(NAMES)
        if random.random() < 0.2:
            spec["ordinals"] = {"start": random.randint(1, 2)}
    return spec


def _pod_spec(random: Random) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "containers": [_container(random, name) for name in ("one", "two")[: random.choice((1, 1, 2))]]
    }
    if random.random() < 0.2:
        sidecar = _container(random, "before")
        if random.random() < 0.6:
            sidecar["restartPolicy"] = "Always"
        spec["initContainers"] = [sidecar]
    if random.random() < 0.35:
        spec["hostname"] = random.choice(NAMES)
    if random.random() < 0.35:
        spec["subdomain"] = random.choice(NAMES)
    if random.random() < 0.08:
        spec["hostNetwork"] = True
    return spec


def _container(random: Random, name: str) -> dict[str, Any]:
    ports = []
    for each in random.sample(PORT_NAMES, random.choice((0, 1, 1, 2))):
        port: dict[str, Any] = {"containerPort": random.choice(NUMBERS)}
        if random.random() < 0.85:
            port["name"] = each
        protocol = random.choice(PROTOCOLS)
        if protocol != "TCP":
            port["protocol"] = protocol
        ports.append(port)
    return {"name": name, "image": "x", **({"ports": ports} if ports else {})}


def _slice(random: Random, place: Place, number: int) -> Document:
    """A slice for a Service that may or may not exist, may or may not have a selector."""
    namespace, name = place
    endpoints: list[dict[str, Any]] = []
    family = random.choice(("IPv4", "IPv4", "IPv6"))
    for each in range(random.choice((0, 1, 2))):
        address = f"172.16.{number}.{each + 1}" if family == "IPv4" else f"fd00::{number + 1}:{each + 1}"
        endpoint: dict[str, Any] = {"addresses": [address]}
        if random.random() < 0.4:
            endpoint["hostname"] = random.choice(NAMES)
        if random.random() < 0.4:
            endpoint["conditions"] = {"ready": random.random() < 0.5}
        endpoints.append(endpoint)
    ports = [
        {"name": random.choice(("", *PORT_NAMES)), "port": random.choice(NUMBERS), "protocol": "TCP"}
        for _ in range(random.choice((0, 1, 1)))
    ]
    made = _object("discovery.k8s.io/v1", "EndpointSlice", namespace, f"by-hand-{number}", addressType=family)
    made["metadata"]["labels"] = {"kubernetes.io/service-name": name}
    return made | {"endpoints": endpoints, "ports": ports}
