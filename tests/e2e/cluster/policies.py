"""NetworkPolicies as rules of the kernel's nftables: objects in, one table out.

A pod that a policy selects is isolated in the policy's directions; what no rule of any of its policies allows is
dropped. Policies see a packet after its Service's address has been rewritten, so ports are the pods' own. Traffic
between a pod and its node, and of a pod with itself, is never judged. IPv4 only, as the cluster.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]
_ENDED = ("Succeeded", "Failed")
_HEAD = """\
table inet network-policies
delete table inet network-policies
table inet network-policies {
"""
_FORWARD = """\
  chain forward {
    type filter hook forward priority -5; policy accept;
    ct state established,related accept
"""


@dataclass(frozen=True, slots=True)
class _Way:
    """A direction of traffic, as seen from the pod that a policy selects."""

    name: str
    peers: str
    mine: str
    theirs: str


_WAYS = (_Way("ingress", "from", "daddr", "saddr"), _Way("egress", "to", "saddr", "daddr"))


@dataclass(frozen=True, slots=True)
class World:
    """Objects as the API server gives them."""

    policies: Sequence[Object]
    pods: Sequence[Object]
    namespaces: Sequence[Object]

    def with_address(self) -> list[Object]:
        """The pods that a policy can be about: they run, on an address of their own."""
        return [pod for pod in self.pods if _address(pod) and not _is_apart(pod)]


def ruleset(world: World) -> str:
    """What `nft -f` takes; replaces the table as one."""
    chains, jumps = [], []
    for pod in world.with_address():
        for way in _WAYS:
            applied = [policy for policy in world.policies if _applies(policy, pod, way)]
            if not applied:
                continue
            name = f"{way.name}-{_address(pod).replace('.', '-')}"
            rules = sorted({rule for policy in applied for rule in _rules(world, policy, pod, way)})
            chains.append("".join(f"{line}\n" for line in (f"  chain {name} {{", *rules, "    counter drop", "  }")))
            jumps.append(f"    ip {way.mine} {_address(pod)} ip {way.theirs} != {_address(pod)} jump {name}\n")
    return _HEAD + "".join(chains) + _FORWARD + "".join(jumps) + "  }\n}\n"


def _applies(policy: Object, pod: Object, way: _Way) -> bool:
    spec = policy["spec"]
    types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
    same = policy["metadata"]["namespace"] == pod["metadata"]["namespace"]
    return same and way.name.capitalize() in types and selects(spec.get("podSelector") or {}, _labels(pod))


def _rules(world: World, policy: Object, pod: Object, way: _Way) -> Iterator[str]:
    """One line for each thing that is allowed; none where a rule's peers match nobody."""
    for rule in policy["spec"].get(way.name) or []:
        for peers in _peers(world, rule.get(way.peers), policy["metadata"]["namespace"], way.theirs):
            for port in _ports(rule.get("ports"), [pod] if way.name == "ingress" else world.with_address()):
                yield f"    {peers}{port}return"


def _peers(world: World, peers: list[Object] | None, namespace: str, side: str) -> Iterator[str]:
    """Matches of the other side's address; no peers at all is anybody."""
    if not peers:
        yield ""
        return
    addresses: set[str] = set()
    for peer in peers:
        if "ipBlock" in peer:
            yield from _block(peer["ipBlock"], side)
        else:
            addresses |= {_address(pod) for pod in world.with_address() if _is_peer(world, peer, namespace, pod)}
    if addresses:
        yield f"ip {side} {{ {', '.join(sorted(addresses))} }} "


def _block(block: Object, side: str) -> Iterator[str]:
    if ":" in block["cidr"]:
        return
    excepted = block.get("except")
    yield f"ip {side} {block['cidr']} " + (f"ip {side} != {{ {', '.join(sorted(excepted))} }} " if excepted else "")


def _is_peer(world: World, peer: Object, namespace: str, pod: Object) -> bool:
    """Without a namespaceSelector the policy's own namespace is meant; an empty one means all."""
    own = pod["metadata"]["namespace"]
    if "namespaceSelector" not in peer:
        return own == namespace and selects(peer.get("podSelector") or {}, _labels(pod))
    labels = next((_labels(each) for each in world.namespaces if each["metadata"]["name"] == own), {})
    return selects(peer["namespaceSelector"], labels) and selects(peer.get("podSelector") or {}, _labels(pod))


def _ports(ports: list[Object] | None, destinations: Sequence[Object]) -> Iterator[str]:
    """Matches of the port that is called; a name means a number of its own on each destination."""
    if not ports:
        yield ""
        return
    for port in ports:
        protocol = port.get("protocol", "TCP")
        wanted = port.get("port")
        if wanted is None:
            yield f"meta l4proto {protocol.lower()} "
        elif isinstance(wanted, int):
            last = f"-{port['endPort']}" if "endPort" in port else ""
            yield f"{protocol.lower()} dport {wanted}{last} "
        else:
            for pod in destinations:
                for number in _numbers(pod, wanted, protocol):
                    yield f"ip daddr {_address(pod)} {protocol.lower()} dport {number} "


def _numbers(pod: Object, name: str, protocol: str) -> Iterator[int]:
    spec = pod["spec"]
    sidecars = [each for each in spec.get("initContainers") or [] if each.get("restartPolicy") == "Always"]
    for container in (*spec["containers"], *sidecars):
        for port in container.get("ports") or []:
            if port.get("name") == name and port.get("protocol", "TCP") == protocol:
                yield port["containerPort"]


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """A label selector as Kubernetes reads it: an absent key satisfies NotIn and DoesNotExist."""
    if any(labels.get(key) != value for key, value in (selector.get("matchLabels") or {}).items()):
        return False
    return all(_holds(each, labels) for each in selector.get("matchExpressions") or [])


def _holds(expression: Object, labels: dict[str, str]) -> bool:
    key, values = expression["key"], expression.get("values") or []
    return {
        "In": key in labels and labels[key] in values,
        "NotIn": key not in labels or labels[key] not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }[expression["operator"]]


def _is_apart(pod: Object) -> bool:
    return bool(pod["spec"].get("hostNetwork")) or pod["status"].get("phase") in _ENDED


def _address(pod: Object) -> str:
    return str(pod["status"].get("podIP") or "")


def _labels(thing: Object) -> dict[str, str]:
    return thing["metadata"].get("labels") or {}
