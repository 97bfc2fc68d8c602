"""NetworkPolicies and PodDisruptionBudgets."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, forbidden, invalid, required, unsupported
from ringtrue.cluster.admission.selectors import selector_syntax
from ringtrue.cluster.admission.service_ports import PROTOCOLS
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_SIDES = (("ingress", "from"), ("egress", "to"))


def network_policy(resource: Resource) -> Iterator[Rejection]:
    """ADM-06, ADM-15, ADM-20: selectors, peers, ports and `policyTypes` of a NetworkPolicy.

    A named port need not exist anywhere.
    """
    yield from selector_syntax(resource.get("spec", "podSelector"), ("spec", "podSelector"))
    for side, peers in _SIDES:
        for index, rule in enumerate(resource.items("spec", side)):
            route: Route = ("spec", side, index)
            for at, entry in _entries(rule.get("ports"), (*route, "ports")):
                yield from _port(entry, at)
            for at, entry in _entries(rule.get(peers), (*route, peers)):
                yield from _peer(entry, at)
    types = resource.get("spec", "policyTypes")
    for index, each in enumerate(types if isinstance(types, list) else []):
        yield from unsupported("ADM-20", ("spec", "policyTypes", index), each, ("Ingress", "Egress"))


def disruption_budget(resource: Resource) -> Iterator[Rejection]:
    """ADM-15, ADM-20: a PodDisruptionBudget counts from below or from above, not both."""
    yield from selector_syntax(resource.get("spec", "selector"), ("spec", "selector"))
    spec = resource.mapping("spec")
    if spec.get("minAvailable") is not None and spec.get("maxUnavailable") is not None:
        said = "minAvailable and maxUnavailable cannot be both set"
        yield Rejection("ADM-20", ("spec", "maxUnavailable"), f"spec: Invalid value: {said}")


def _port(entry: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    port, last = entry.get("port"), entry.get("endPort")
    yield from unsupported("ADM-20", (*route, "protocol"), entry.get("protocol"), PROTOCOLS)
    if text.port(port):
        yield invalid("ADM-06", (*route, "port"), port, text.port(port), text.quoted_number(port))
    if last is None:
        return
    if not isinstance(port, int):
        kind = "not specified" if port is None else "non-numeric"
        yield invalid("ADM-20", (*route, "endPort"), last, f"may not be specified when `port` is {kind}")
    elif isinstance(last, int) and last < port:
        yield invalid("ADM-20", (*route, "endPort"), last, "must be greater than or equal to `port`")


def _peer(entry: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    given = [each for each in ("podSelector", "namespaceSelector", "ipBlock") if entry.get(each) is not None]
    if not given:
        yield required("ADM-20", route, "must specify a peer")
    elif "ipBlock" in given and len(given) > 1:
        yield forbidden("ADM-20", route, "may not specify both ipBlock and another peer", "write them as two items")
    for each in ("podSelector", "namespaceSelector"):
        yield from selector_syntax(entry.get(each), (*route, each))
    block = entry.get("ipBlock")
    cidr = block.get("cidr") if isinstance(block, Mapping) else None
    if isinstance(cidr, str) and not _is_network(cidr):
        said = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"
        yield invalid("ADM-20", (*route, "ipBlock", "cidr"), cidr, said)


def _entries(listed: object, route: Route) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield (*route, index), entry


def _is_network(written: str) -> bool:
    try:
        ip_network(written, strict=False)
    except ValueError:
        return False
    return "/" in written
