"""NetworkPolicies and PodDisruptionBudgets."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.addresses import NO_NETWORK, network
from ringtrue.cluster.admission.rejection import Rejection, forbidden, invalid, negative, required, unsupported
from ringtrue.cluster.admission.selectors import selector_syntax
from ringtrue.cluster.admission.service_ports import PROTOCOLS
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_PERCENT = re.compile(r"[0-9]+%")
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
    if isinstance(types, list) and len(types) > 2:
        yield invalid("ADM-20", ("spec", "policyTypes"), types, "may not specify more than two policyTypes")


def disruption_budget(resource: Resource) -> Iterator[Rejection]:
    """ADM-15, ADM-20: a PodDisruptionBudget counts from below or from above, not both."""
    yield from selector_syntax(resource.get("spec", "selector"), ("spec", "selector"))
    spec = resource.mapping("spec")
    if spec.get("minAvailable") is not None and spec.get("maxUnavailable") is not None:
        said = "minAvailable and maxUnavailable cannot be both set"
        yield Rejection("ADM-20", ("spec", "maxUnavailable"), f"spec: Invalid value: {said}")
    for field in ("minAvailable", "maxUnavailable"):
        yield from _share(spec.get(field), ("spec", field))


def _share(written: object, route: Route) -> Iterator[Rejection]:
    """A count, or a share of at most "100%"."""
    yield from negative("ADM-20", route, written)
    if isinstance(written, str) and not _PERCENT.fullmatch(written):
        said = "a valid percent string must be a numeric string followed by an ending '%'"
        yield invalid("ADM-20", route, written, said, text.quoted_number(written))
    elif isinstance(written, str) and int(written[:-1]) > 100:
        yield invalid("ADM-20", route, written, "must not be greater than 100%")


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
    elif isinstance(last, int) and text.port_number(last):
        yield invalid("ADM-20", (*route, "endPort"), last, text.port_number(last))


def _peer(entry: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    given = [each for each in ("podSelector", "namespaceSelector", "ipBlock") if entry.get(each) is not None]
    if not given:
        yield required("ADM-20", route, "must specify a peer")
    elif "ipBlock" in given and len(given) > 1:
        yield forbidden("ADM-20", route, "may not specify both ipBlock and another peer", "write them as two items")
    for each in ("podSelector", "namespaceSelector"):
        yield from selector_syntax(entry.get(each), (*route, each))
    block = entry.get("ipBlock")
    if isinstance(block, Mapping) and isinstance(block.get("cidr"), str):
        yield from _block(block, (*route, "ipBlock"))


def _block(block: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    whole = network(block["cidr"])
    if whole is None:
        yield invalid("ADM-20", (*route, "cidr"), block["cidr"], NO_NETWORK)
    listed = block.get("except")
    for index, written in enumerate(listed if isinstance(listed, list) else []):
        part = network(written) if isinstance(written, str) else None
        if isinstance(written, str) and part is None:
            yield invalid("ADM-20", (*route, "except", index), written, NO_NETWORK)
        elif whole and part and not (part.network_address in whole and part.prefixlen > whole.prefixlen):
            yield invalid("ADM-20", (*route, "except", index), written, "must be a strict subset of `cidr`")


def _entries(listed: object, route: Route) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield (*route, index), entry
