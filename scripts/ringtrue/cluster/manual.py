"""Endpoints that somebody wrote by hand: EndpointSlices, and the Endpoints objects that are mirrored into them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.services import ServicePort
from ringtrue.manifests.resource import Resource, Spot


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a hand-written endpoint, and the hostname it has there (DNS-11)."""

    address: str
    hostname: str
    spot: Spot


def addresses(manual: Iterable[Resource]) -> Iterator[Address]:
    """SEL-02: the ready addresses in EndpointSlices (`ready` defaults to true) and Endpoints."""
    for resource in manual:
        if resource.kind == "EndpointSlice":
            yield from _slice_addresses(resource)
        else:
            yield from _endpoints_addresses(resource)


def manual_backends(port: ServicePort, manual: Iterable[Resource]) -> Iterator[tuple[int, Spot]]:
    """SEL-02: the numbers behind a Service port: of entries with its name ("" if unnamed), protocol and an address."""
    for resource in manual:
        for entry, spot, filled in _ports(resource):
            number = entry.get("port")
            named = (entry.get("name") or "", entry.get("protocol") or "TCP") == (port.name, port.protocol)
            if named and filled and isinstance(number, int):
                yield number, spot


def named_ports(resource: Resource) -> frozenset[tuple[str, str]]:
    """DNS-14: (name, protocol) of the ports in a hand-written slice that has an address; CoreDNS looks at no others."""
    found = (
        (entry.get("name") or "", entry.get("protocol") or "TCP") for entry, _, filled in _ports(resource) if filled
    )
    return frozenset((str(name), str(protocol)) for name, protocol in found)


def _ports(resource: Resource) -> Iterator[tuple[Mapping[str, Any], Spot, bool]]:
    if resource.kind == "EndpointSlice":
        filled = any(_slice_addresses(resource))
        for index, entry in enumerate(resource.items("ports")):
            yield entry, resource.at("ports", index), filled
        return
    for subset, each in enumerate(resource.items("subsets")):
        for index, entry in enumerate(resource.items("subsets", subset, "ports")):
            yield entry, resource.at("subsets", subset, "ports", index), bool(each.get("addresses"))


def _slice_addresses(resource: Resource) -> Iterator[Address]:
    for index, endpoint in enumerate(resource.items("endpoints")):
        conditions, listed = endpoint.get("conditions"), endpoint.get("addresses")
        if isinstance(conditions, Mapping) and conditions.get("ready") is False:
            continue
        for number, address in enumerate(listed if isinstance(listed, list) else []):
            spot = resource.at("endpoints", index, "addresses", number)
            yield Address(str(address), str(endpoint.get("hostname") or ""), spot)


def _endpoints_addresses(resource: Resource) -> Iterator[Address]:
    for subset, _ in enumerate(resource.items("subsets")):
        for index, entry in enumerate(resource.items("subsets", subset, "addresses")):
            spot = resource.at("subsets", subset, "addresses", index, "ip")
            yield Address(str(entry.get("ip") or ""), str(entry.get("hostname") or ""), spot)
