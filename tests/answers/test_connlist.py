"""Reading the answers about connections."""

import pytest
from benchmarks.answers.connlist import Answer, Ranges, end, holds, parse, ports

EVERYTHING = dict.fromkeys(("SCTP", "TCP", "UDP"), ((1, 65535),))
ENDS = {
    "a pod": ("shop/web-5d7[ReplicaSet]", "shop/web-5d7[ReplicaSet]"),
    "a pod of a user-defined network": ("shop[udn]/web[Pod]", "shop/web[Pod]"),
    "a name with dots": ("kube-system/web.example[Pod]", "kube-system/web.example[Pod]"),
    "addresses": ("0.0.0.0-255.255.255.255[External]", ""),
    "an ingress controller": ("{ingress-controller}", ""),
}
PORTS = {
    "everything": ("All Connections", EVERYTHING),
    "a port": ("TCP 80", {"TCP": ((80, 80),)}),
    "stretches": ("TCP 1-79,81-90", {"TCP": ((1, 79), (81, 90))}),
    "protocols": ("SCTP 7,TCP 80,443,UDP 53", {"SCTP": ((7, 7),), "TCP": ((80, 80), (443, 443)), "UDP": ((53, 53),)}),
}
SECTIONS = """\
Permitted connectivity analyzed in Pod network:
shop/web[Pod] => shop/db[Pod] : TCP 5432
0.0.0.0-255.255.255.255[External] => shop/web[Pod] : All Connections
{ingress-controller} => shop/web[Pod] : TCP 80

Permitted connectivity analyzed in primary UDN green:
green[udn]/a[Pod] => green[udn]/b[Pod] : UDP 53

Permitted connectivity analyzed in secondary NAD macvlan:
shop/db[Pod] => shop/web[Pod] : All Connections

Workload-to-Networks Mapping:
shop/web[Pod]:
\tPrimary Network: pod-network
"""


@pytest.mark.parametrize(("text", "expected"), ENDS.values(), ids=ENDS)
def test_ends(text: str, expected: str) -> None:
    assert end(text) == expected


@pytest.mark.parametrize(("text", "expected"), PORTS.values(), ids=PORTS)
def test_ports(text: str, expected: dict[str, Ranges]) -> None:
    assert ports(text) == expected


@pytest.mark.parametrize("text", ["ICMP 8", "80", "No Connections"])
def test_ports_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError, match="no ports can be read"):
        ports(text)


def test_sections_are_told_apart() -> None:
    allowed = {
        ("shop/web[Pod]", "shop/db[Pod]"): {"TCP": ((5432, 5432),)},
        ("green/a[Pod]", "green/b[Pod]"): {"UDP": ((53, 53),)},
    }
    assert parse(SECTIONS) == Answer(allowed, outside=2, secondary=1)


def test_a_connection_that_cannot_be_read_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="no connection can be read in 'a => b'"):
        parse("a => b\n")


@pytest.mark.parametrize(("port", "expected"), [(79, False), (80, True), (90, True), (91, False)])
def test_holds(port: int, expected: bool) -> None:
    assert holds({"TCP": ((80, 90),)}, "TCP", port) is expected


def test_another_protocol_is_not_held() -> None:
    assert not holds({"TCP": ((80, 90),)}, "UDP", 80)
