"""Random NetworkPolicies among a few pods, and the connections to ask about."""

from dataclasses import dataclass
from random import Random
from typing import Any

from frame.clusters import Document

Pool = dict[str, tuple[str, ...]]

NAMESPACES = ("web", "prod", "dev", "svc")
PODS: Pool = {"app": ("api", "web", "db"), "tier": ("a", "b")}
SPACES: Pool = {"team": ("a", "b"), "env": ("dev", "prod")}
NUMBERS = (80, 53, 8080, 9090)
PORT_NAMES = ("http", "dns", "web", "grpc")
PROTOCOLS = ("TCP", "TCP", "UDP", "SCTP")
ADDRESSES = ("192.0.2.1", "192.0.2.129", "192.0.2.191", "192.0.2.192", "198.51.100.7", "8.8.8.8")
_BLOCKS = ("192.0.2.0/24", "192.0.2.128/25", "198.51.100.7/32", "0.0.0.0/0")


@dataclass(frozen=True, slots=True)
class Connection:
    """From a pod to a port of another one, both by index among the workloads, or of an address outside."""

    client: int
    server: int | None
    address: str
    port: int
    protocol: str


def world(random: Random) -> list[Document]:
    """Namespaces with labels, pods in them, and policies."""
    spaces = random.sample(NAMESPACES, random.randint(2, 3))
    documents = [_object("v1", "Namespace", "", space, {}, labels=_labels(random, SPACES)) for space in spaces]
    documents += [_pod(random, random.choice(spaces), number) for number in range(random.randint(4, 6))]
    count = random.choice((0, 2, 3, 4, 6, 8))
    return documents + [_policy(random, random.choice(spaces), number) for number in range(count)]


def connection(random: Random, documents: list[Document]) -> Connection:
    """Most often to a port that the server declares, or that a policy speaks of, and with a protocol that fits."""
    pods = [each for each in documents if each["kind"] == "Pod"]
    client, server = random.sample(range(len(pods)), 2)
    declared, spoken = ports(pods[server]), _spoken(documents)
    number, protocol = random.choice((*NUMBERS, 8081)), random.choice(PROTOCOLS)
    if spoken and random.random() < 0.4:
        number, protocol = _aimed(random, random.choice(spoken), declared) or (number, protocol)
    elif declared and random.random() < 0.7:
        port = random.choice(declared)
        number, protocol = port["containerPort"], port["protocol"]
    if random.random() < 0.2:
        protocol = random.choice(PROTOCOLS)
    if random.random() < 0.2:
        return Connection(client, None, random.choice(ADDRESSES), number, protocol)
    return Connection(client, server, "", number, protocol)


def _spoken(documents: list[Document]) -> list[dict[str, Any]]:
    """Every entry of `ports` in the policies that says which."""
    specs = [each["spec"] for each in documents if each["kind"] == "NetworkPolicy"]
    rules = [rule for spec in specs for side in ("ingress", "egress") for rule in spec.get(side, ())]
    return [entry for rule in rules for entry in rule.get("ports", ()) if "port" in entry]


def _aimed(random: Random, entry: dict[str, Any], declared: list[dict[str, Any]]) -> tuple[int, str] | None:
    """A port and protocol that the entry allows, or only just does not; None for a name that the server lacks."""
    protocol = entry.get("protocol", "TCP")
    if isinstance(entry["port"], str):
        named = [each for each in declared if each["name"] == entry["port"]]
        return (random.choice(named)["containerPort"], protocol) if named else None
    last = entry.get("endPort", entry["port"])
    return random.choice((entry["port"] - 1, entry["port"], last, last + 1)), protocol


def ports(pod: Document) -> list[dict[str, Any]]:
    """The ports of all containers; no number comes twice."""
    return [port for each in pod["spec"]["containers"] for port in each["ports"]]


def _object(api: str, kind: str, namespace: str, name: str, spec: Document, **metadata: Any) -> Document:
    placed = {"name": name, **({"namespace": namespace} if namespace else {}), **metadata}
    return {"apiVersion": api, "kind": kind, "metadata": placed, "spec": spec}


def _labels(random: Random, pool: Pool) -> dict[str, str]:
    """The first key always, the other one often."""
    first = next(iter(pool))
    return {key: random.choice(values) for key, values in pool.items() if key == first or random.random() < 0.6}


def _pod(random: Random, namespace: str, number: int) -> Document:
    """Its ports are named as chance wills: a name means another number in another pod, and two in two containers."""
    numbers = random.sample(NUMBERS, random.choice((0, 1, 2, 3)))
    cut = random.randint(0, len(numbers))
    spec: dict[str, Any] = {
        "containers": [_container(random, "c", numbers[:cut]), _container(random, "d", numbers[cut:])],
    }
    if random.random() < 0.01:
        spec["hostNetwork"] = True
    return _object("v1", "Pod", namespace, f"pod-{number}", spec, labels=_labels(random, PODS))


def _container(random: Random, name: str, numbers: list[int]) -> dict[str, Any]:
    names = random.sample(PORT_NAMES, len(numbers))
    declared = [
        {"name": called, "containerPort": number, "protocol": random.choice(PROTOCOLS)}
        for called, number in zip(names, numbers, strict=True)
    ]
    return {"name": name, "image": "x", "ports": declared}


def _policy(random: Random, namespace: str, number: int) -> Document:
    spec: dict[str, Any] = {"podSelector": _selector(random, PODS)}
    for side, peers in (("ingress", "from"), ("egress", "to")):
        if random.random() < 0.6:
            spec[side] = [_rule(random, peers) for _ in range(random.choice((0, 1, 1, 1, 2)))]
    if random.random() < 0.6:
        spec["policyTypes"] = random.choice((["Ingress"], ["Egress"], ["Ingress", "Egress"]))
    return _object("networking.k8s.io/v1", "NetworkPolicy", namespace, f"policy-{number}", spec)


def _rule(random: Random, peers: str) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    if random.random() < 0.75:
        rule[peers] = [_peer(random, blocks=30 if peers == "to" else 3) for _ in range(random.choice((0, 1, 1, 2)))]
    if random.random() < 0.6:
        rule["ports"] = [_port(random) for _ in range(random.choice((0, 1, 1, 2)))]
    return rule


def _peer(random: Random, blocks: int) -> dict[str, Any]:
    match random.choices(("pods", "namespaces", "both", "block"), (40, 25, 30, blocks))[0]:
        case "pods":
            return {"podSelector": _selector(random, PODS)}
        case "namespaces":
            return {"namespaceSelector": _selector(random, SPACES)}
        case "both":
            return {"namespaceSelector": _selector(random, SPACES), "podSelector": _selector(random, PODS)}
    block: dict[str, Any] = {"cidr": random.choice(_BLOCKS)}
    if random.random() < 0.7:
        block["except"] = ["192.0.2.128/26"] if block["cidr"] in ("192.0.2.0/24", "0.0.0.0/0") else []
    return {"ipBlock": block}


def _port(random: Random) -> dict[str, Any]:
    port: dict[str, Any] = {"protocol": random.choice(PROTOCOLS)} if random.random() < 0.6 else {}
    match random.choices(("number", "name", "range", "none"), (25, 50, 15, 10))[0]:
        case "number":
            port["port"] = random.choice((*NUMBERS, 8081))
        case "name":
            port["port"] = random.choice(PORT_NAMES)
        case "range":
            first = random.choice((50, 80, 8000, 8080))
            port |= {"port": first, "endPort": first + random.choice((0, 1, 80, 2000))}
    return port


def _selector(random: Random, pool: Pool) -> dict[str, Any]:
    if random.random() < 0.2:
        return {}
    if pool is SPACES and random.random() < 0.25:
        return {"matchLabels": {"kubernetes.io/metadata.name": random.choice(NAMESPACES)}}
    key = random.choice(list(pool))
    if random.random() < 0.6:
        return {"matchLabels": {key: random.choice(pool[key])}}
    operator = random.choice(("In", "NotIn", "Exists", "DoesNotExist"))
    if operator == "NotIn":
        # cyclonus 0.5.6 lets NotIn fail where the key is absent; apimachinery, its own oracle here, lets it hold.
        key = next(iter(pool))
    values = random.sample(pool[key], random.randint(1, 2)) if operator in ("In", "NotIn") else []
    expression = {"key": key, "operator": operator, **({"values": values} if values else {})}
    return {"matchExpressions": [expression]}
