"""SEL-02, DNS-11: Endpoints objects, whose addresses and ports stand in subsets."""

from collections.abc import Callable

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.manual import Address, addresses

WORLD = """
{apiVersion: v1, kind: Service, metadata: {name: old}, spec: {ports: [{name: sql, port: 5432}]}}
---
apiVersion: v1
kind: Endpoints
metadata: {name: old}
subsets:
  - {addresses: [], ports: [{name: sql, port: 1}]}
  - addresses: [{ip: 192.0.2.1}, {ip: 192.0.2.2, hostname: two}]
    ports: [{name: admin, port: 9000}, {name: sql, port: 5433}]
"""


def test_addresses_of_every_subset(make_cluster: Callable[..., Cluster]) -> None:
    (written,) = make_cluster(WORLD).of_kind("Endpoints")
    assert list(addresses([written])) == [
        Address("192.0.2.1", "", written.at("subsets", 1, "addresses", 0, "ip")),
        Address("192.0.2.2", "two", written.at("subsets", 1, "addresses", 1, "ip")),
    ]


def test_a_port_is_that_of_a_subset_with_addresses(make_cluster: Callable[..., Cluster]) -> None:
    cluster = make_cluster(WORLD)
    (port,) = endpoints(cluster.services["web", "old"], cluster).ports
    (backend,) = port.serving
    assert backend.manual is not None
    assert (backend.number, backend.manual.route) == (5433, ("subsets", 1, "ports", 1))
