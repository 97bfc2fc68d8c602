"""Questions about a world's names: right ones, near ones and odd ones."""

from random import Random

from frame.clusters import Document
from frame.worlds import NAMES, NAMESPACES, PORT_NAMES

_ODD = ("cluster.local", "svc", "pod", "dns-version", "x.svc", "a.b.c.d.e.svc", "10.0.0.1", "api")


def question(random: Random, documents: list[Document], zone: str) -> str:
    """A full name, most often of something that is there."""
    service = random.choice([each for each in documents if each["kind"] == "Service"])["metadata"]
    name, space = service["name"], service["namespace"]
    if random.random() < 0.15:
        name, space = random.choice(NAMES), random.choice((*NAMESPACES, "default", "kube-system"))
    asked = f"{_left(random, documents)}{name}.{space}.svc.{zone}"
    hosted = _hosted(documents)
    if hosted and random.random() < 0.25:
        asked = f"{random.choice(hosted)}.svc.{zone}"
    elif random.random() < 0.2:
        asked = _other(random, name, space, zone)
    elif random.random() < 0.12:
        asked = f"SRV _{_port(random, documents, name, space)}.{name}.{space}.svc.{zone}"
    elif random.random() < 0.1:
        asked = "".join(random.choice((letter, letter.upper())) for letter in asked)
    return asked + random.choice(("", "", "", "."))


def _left(random: Random, documents: list[Document]) -> str:
    """What stands before the Service: nothing, a pod's hostname, a port and protocol."""
    match random.choices(("nothing", "endpoint", "port", "long"), (58, 22, 18, 2))[0]:
        case "endpoint":
            return f"{_endpoint(random, documents)}."
        case "port":
            port, protocol = random.choice((*PORT_NAMES, "")), random.choice(("tcp", "tcp", "udp", "sctp"))
            lead = random.choice(("_", "_", ""))
            return f"{lead}{port or 'x'}.{lead}{protocol}."
        case "long":
            return "a._http._tcp."
    return ""


def _port(random: Random, documents: list[Document], name: str, namespace: str) -> str:
    """`<port>._<protocol>`, most often one that the Service has."""
    services = (each for each in documents if each["kind"] == "Service")
    own = [
        f"{port.get('name', 'x')}._{port.get('protocol', 'TCP').lower()}"
        for each in services
        if (each["metadata"]["name"], each["metadata"]["namespace"]) == (name, namespace)
        for port in each["spec"]["ports"]
    ]
    if own and random.random() < 0.8:
        return random.choice(own)
    return f"{random.choice(PORT_NAMES)}._{random.choice(('tcp', 'udp', 'sctp'))}"


def _hosted(documents: list[Document]) -> list[str]:
    """`<hostname>.<subdomain>.<namespace>` of the pods that have, or might be thought to have, both."""
    found = []
    for each in documents:
        spec, name, space = each.get("spec", {}), each["metadata"]["name"], each["metadata"].get("namespace", "")
        pod = spec.get("template", {}).get("spec") or (spec if each["kind"] == "Pod" else {})
        subdomain = spec.get("serviceName") or pod.get("subdomain")
        hostnames = (pod.get("hostname"), name, *(f"{name}-{number}" for number in range(3)))
        found += [f"{hostname}.{subdomain}.{space}" for hostname in hostnames if subdomain and hostname]
    return found


def _endpoint(random: Random, documents: list[Document]) -> str:
    by_hand = [e for d in documents if d["kind"] == "EndpointSlice" for e in d["endpoints"]]
    if by_hand and random.random() < 0.2:
        return str(random.choice(by_hand)["addresses"][0]).replace(".", "-").replace(":", "-")
    if random.random() < 0.03:
        return "10-244-0-1"
    name = random.choice(NAMES)
    workloads = [d["metadata"]["name"] for d in documents if d["kind"] in ("StatefulSet", "Job", "Pod")]
    if workloads and random.random() < 0.5:
        name = random.choice(workloads)
    return random.choice((name, f"{name}-0", f"{name}-1", f"{name}-2", f"{name}-00"))


def _other(random: Random, name: str, space: str, zone: str) -> str:
    ip = random.choice(
        ("10-1-2-3", "1-2-3", "10-1-2-300", "2001-db8--1", "--1", "a", "fe80--1-2", "01-2-3-4", "1-2-3-4-5")
    )
    forms = (
        f"{space}.svc.{zone}",
        f"svc.{zone}",
        f"pod.{zone}",
        zone,
        f"{ip}.{space}.pod.{zone}",
        f"x.{ip}.{space}.pod.{zone}",
        f"{space}.pod.{zone}",
        f"{name}.{space}.{zone}",
        f"{name}.{space}.svc",
        f"{name}.{space}",
        f"{name}.{space}.svc.{zone}.{space}",
        f"{name}.{space}.svc.other.local",
        f"{random.choice(_ODD)}.{zone}",
        random.choice(
            (
                "kubernetes.default.svc",
                "kube-dns.kube-system.svc",
                "_dns._udp.kube-dns.kube-system.svc",
                "10-0-0-1.kubernetes.default.svc",
                "_https._tcp.kubernetes.default.svc",
            )
        )
        + f".{zone}",
    )
    return random.choice(forms)
