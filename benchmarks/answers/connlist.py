"""The answers of np-guard's analyzer: lines `namespace/name[Kind] => namespace/name[Kind] : TCP 1-79,UDP 53`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PROTOCOLS = ("SCTP", "TCP", "UDP")
LAST = 65535

Ranges = tuple[tuple[int, int], ...]
"""First and last port of each stretch, both included."""

_EVERYTHING: Mapping[str, Ranges] = dict.fromkeys(PROTOCOLS, ((1, LAST),))
_LINE = re.compile(r"(?P<client>\S+) => (?P<server>\S+) : (?P<ports>.+)")
_POD = re.compile(r"(?P<namespace>[a-z0-9-]+)(?:\[udn\])?/(?P<name>[a-z0-9.-]+)\[(?P<kind>[A-Za-z]+)\]")
_SECTION = re.compile(r"Permitted connectivity analyzed in (?P<network>.+):")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one file says; a pair that is not among `allowed` has no connection."""

    allowed: Mapping[tuple[str, str], Mapping[str, Ranges]]
    """By client and server, as `namespace/name[Kind]`: the ports by protocol."""
    outside: int = 0
    """Lines about addresses outside the cluster, or an ingress controller."""
    secondary: int = 0
    """Lines about secondary networks, which NetworkPolicies are not about."""


def parse(text: str) -> Answer:
    """Reads a file of answers; raises ValueError for a connection that cannot be read."""
    allowed: dict[tuple[str, str], Mapping[str, Ranges]] = {}
    outside = secondary = 0
    for network, client, server, said in _lines(text):
        if network.startswith("secondary"):
            secondary += 1
        elif (one := end(client)) and (other := end(server)):
            allowed[one, other] = ports(said)
        else:
            outside += 1
    return Answer(allowed, outside, secondary)


def end(text: str) -> str:
    """`namespace/name[Kind]` without the mark of a user-defined network; "" for what is no pod."""
    found = _POD.fullmatch(text)
    return f"{found['namespace']}/{found['name']}[{found['kind']}]" if found else ""


def ports(text: str) -> Mapping[str, Ranges]:
    """`All Connections`, or `TCP 80,8080-8090,UDP 53`: the stretches by protocol."""
    if text == "All Connections":
        return _EVERYTHING
    found: dict[str, list[tuple[int, int]]] = {}
    protocol = ""
    for part in text.split(","):
        head, _, tail = part.rpartition(" ")
        protocol = head or protocol
        if protocol not in PROTOCOLS:
            raise ValueError(f"no ports can be read in {text!r}")
        first, _, last = tail.partition("-")
        found.setdefault(protocol, []).append((int(first), int(last or first)))
    return {each: tuple(stretches) for each, stretches in found.items()}


def holds(said: Mapping[str, Ranges], protocol: str, port: int) -> bool:
    """Whether the answer for a pair allows a port."""
    return any(first <= port <= last for first, last in said.get(protocol, ()))


def _lines(text: str) -> Iterator[tuple[str, str, str, str]]:
    network = ""
    for line in text.splitlines():
        section, found = _SECTION.fullmatch(line), _LINE.fullmatch(line)
        if section:
            network = section["network"]
        elif found:
            yield network, found["client"], found["server"], found["ports"]
        elif " => " in line:
            raise ValueError(f"no connection can be read in {line!r}")
