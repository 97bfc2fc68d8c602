"""Random small worlds for a live cluster: two namespaces each, whose names no other world has, and clients in them."""

from dataclasses import dataclass
from random import Random
from typing import Any

from standing import Document

CALLS = 9
"""URLs of a client."""
CLIENT = "client"
_NAMES = ("api", "web", "db", "cache")
_MISSING = "gone"
_STATEFUL = "node"
_ZONE = "svc.cluster.local"
_DNS: Document = {
    "to": [
        {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
            "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
        }
    ],
    "ports": [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}],
}


@dataclass(frozen=True, slots=True)
class World:
    seed: int
    namespaces: tuple[str, str]
    documents: tuple[Document, ...]


def world(seed: int) -> World:
    """Namespaces, servers, Services, policies, and a client in each namespace with its URLs in `env`."""
    random = Random(seed)
    spaces = (f"w{seed}-a", f"w{seed}-b")
    documents = [_object("v1", "Namespace", "", space) for space in spaces]
    for space in spaces:
        servers = random.sample(_NAMES, random.choice((1, 1, 2)))
        documents += [_server(random, space, name) for name in servers]
        documents += [_service(random, space, name, servers, spaces) for name in random.sample(_NAMES, 3)]
        documents += _policies(random, space, servers)
    if random.random() < 0.4:
        documents += _shadow(spaces)
    documents += [each for space in spaces if random.random() < 0.3 for each in _stateful(space)]
    documents += [_client(random, space, spaces, documents) for space in spaces]
    return World(seed, spaces, tuple(documents))


def _object(api: str, kind: str, namespace: str, name: str, **fields: Any) -> Document:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name} | _in(namespace), **fields}


def _in(namespace: str) -> dict[str, str]:
    return {"namespace": namespace} if namespace else {}


def _deployment(namespace: str, name: str, replicas: int, spec: Document) -> Document:
    labels = {"app": name}
    template = {"metadata": {"labels": labels}, "spec": spec}
    wanted = {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template}
    return _object("apps/v1", "Deployment", namespace, name, spec=wanted)


def _server(random: Random, namespace: str, name: str) -> Document:
    ports: list[Document] = [{"name": "http", "containerPort": 8080}, {"name": "admin", "containerPort": 9090}]
    container: Document = {"name": "server", "image": "server", "ports": ports[: random.choice((1, 1, 2))]}
    if random.random() < 0.12:
        container["readinessProbe"] = {"httpGet": {"port": "missing"}}
    return _deployment(namespace, name, random.choice((0, 1, 1, 1, 2)), {"containers": [container]})


def _service(random: Random, namespace: str, name: str, servers: list[str], spaces: tuple[str, str]) -> Document:
    kind = random.choices(("ClusterIP", "None", "ExternalName", "by hand", "typo"), (55, 17, 14, 4, 10))[0]
    ports: list[Document] = [{"name": "http", "port": 80, "targetPort": random.choice(("http", "http", 8080, "web"))}]
    if random.random() < 0.4:
        ports.append({"name": "admin", "port": 9090, "targetPort": "admin"})
    if random.random() < 0.1:
        ports[0]["protocol"] = "UDP"
    spec: Document = {"ports": ports}
    if kind == "ExternalName":
        target = f"{random.choice(_NAMES)}.{random.choice(spaces)}"
        spec |= {"type": kind, "externalName": random.choice((f"{target}.{_ZONE}", f"{target}.{_ZONE}", target))}
    elif kind != "by hand":
        spec["selector"] = {"app": "typo" if kind == "typo" else random.choice(servers)}
    if kind == "None":
        spec["clusterIP"] = "None"
    return _object("v1", "Service", namespace, name, spec=spec)


def _policies(random: Random, namespace: str, servers: list[str]) -> list[Document]:
    made = []
    if random.random() < 0.35:
        peers: list[Document] = random.choice(
            ([{"podSelector": {"matchLabels": {"app": CLIENT}}}], [{"namespaceSelector": {}}])
        )
        rule = {"from": peers, "ports": [{"port": random.choice(("http", 8080, 8080, 80))}]}
        chosen = {"matchLabels": {"app": random.choice(servers)}}
        made.append(_policy(namespace, "to-server", {"podSelector": chosen, "ingress": [rule]}))
    if random.random() < 0.3:
        rule = {"to": [{"podSelector": {"matchLabels": {"app": random.choice(servers)}}}]}
        egress = [rule, *([_DNS] if random.random() < 0.7 else [])]
        spec = {"podSelector": {"matchLabels": {"app": CLIENT}}, "policyTypes": ["Egress"], "egress": egress}
        made.append(_policy(namespace, "from-client", spec))
    return made


def _policy(namespace: str, name: str, spec: Document) -> Document:
    return _object("networking.k8s.io/v1", "NetworkPolicy", namespace, name, spec=spec)


def _shadow(spaces: tuple[str, str]) -> list[Document]:
    """DNS-05: in the first namespace, a headless Service that is named as the second one, with a pod `api` below it."""
    labels = {"app": "shadow"}
    spec: Document = {"hostname": "api", "subdomain": spaces[1]}
    spec["containers"] = [{"name": "server", "image": "server", "ports": [{"name": "http", "containerPort": 8080}]}]
    pod = _object("v1", "Pod", spaces[0], "shadow", spec=spec)
    pod["metadata"]["labels"] = labels
    headless = {"clusterIP": "None", "selector": labels, "ports": [{"name": "http", "port": 8080}]}
    return [pod, _object("v1", "Service", spaces[0], spaces[1], spec=headless)]


def _stateful(namespace: str) -> list[Document]:
    """DNS-11: a pod with a name of its own below a headless Service."""
    container = {"name": "server", "image": "server", "ports": [{"name": "http", "containerPort": 8080}]}
    made = _deployment(namespace, _STATEFUL, 1, {"containers": [container]}) | {"kind": "StatefulSet"}
    made["spec"]["serviceName"] = _STATEFUL
    headless = {"clusterIP": "None", "selector": {"app": _STATEFUL}, "ports": [{"name": "http", "port": 8080}]}
    return [made, _object("v1", "Service", namespace, _STATEFUL, spec=headless)]


def _client(random: Random, namespace: str, spaces: tuple[str, str], documents: list[Document]) -> Document:
    services = [each for each in documents if each["kind"] == "Service"]
    urls = list(dict.fromkeys(_url(random, namespace, spaces, services) for _ in range(CALLS)))
    if namespace == spaces[0] and any(each["metadata"]["name"] == spaces[1] for each in services):
        urls.append(f"http://api.{spaces[1]}:8080/")
    urls += [_pod_url(random, namespace, each) for each in services if each["metadata"]["name"] == _STATEFUL]
    env = [{"name": f"URL_{number}", "value": url} for number, url in enumerate(urls)]
    spec: Document = {"containers": [{"name": "curl", "image": "client", "env": env}]}
    if random.random() < 0.06:
        spec["dnsPolicy"] = "Default"
    return _deployment(namespace, CLIENT, 1, spec)


def _pod_url(random: Random, namespace: str, service: Document) -> str:
    """Of its pod, or of one that it does not have."""
    space = service["metadata"]["namespace"]
    own = f"{_STATEFUL}-{random.choice((0, 0, 1))}.{_STATEFUL}"
    host = random.choice((own if space == namespace else f"{own}.{space}", f"{own}.{space}.{_ZONE}"))
    return f"http://{host}:8080/"


def _url(random: Random, namespace: str, spaces: tuple[str, str], services: list[Document]) -> str:
    service = random.choice(services)
    name, space = service["metadata"]["name"], service["metadata"]["namespace"]
    port = random.choice(service["spec"]["ports"])["port"]
    if random.random() < 0.08:
        name = _MISSING
    if random.random() < 0.12:
        space = random.choice((*spaces, "absent"))
    if random.random() < 0.18:
        port = random.choice((80, 81, 8080, 9090))
    full = f"{name}.{space}.{_ZONE}"
    near = (name, name) if space == namespace else (f"{name}.{space}",)
    host = random.choice((*near, f"{name}.{space}", f"{name}.{space}.svc", full, full, f"{full}."))
    return f"http://{host}:{port}/"


def listening(document: Document, services: list[Document]) -> set[int]:
    """Numbers that Services send to a workload's pods: a program that is called by number listens there."""
    labels = document["spec"].get("template", document)["metadata"].get("labels", {})
    chosen = [
        each
        for each in services
        if each["metadata"]["namespace"] == document["metadata"]["namespace"]
        and each["spec"].get("selector")
        and each["spec"]["selector"].items() <= labels.items()
    ]
    targets = [port.get("targetPort", port["port"]) for each in chosen for port in each["spec"]["ports"]]
    return {each for each in targets if isinstance(each, int)}
