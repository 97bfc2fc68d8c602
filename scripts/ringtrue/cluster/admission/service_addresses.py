"""The addresses of a Service, and who may call it from outside."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.addresses import NO_ADDRESS, NO_NETWORK, address, network, special
from ringtrue.cluster.admission.rejection import Rejection, duplicate, forbidden, invalid, unsupported

_BALANCED = "may only be used when `type` is 'LoadBalancer'"
_POLICIES = ("Cluster", "Local")


def cluster_addresses(spec: Mapping[str, Any]) -> Iterator[Rejection]:
    """ADM-08: `clusterIP`, `clusterIPs`, `ipFamilies` and `ipFamilyPolicy` of a Service that has any."""
    first, listed = spec.get("clusterIP") or "", _texts(spec.get("clusterIPs"))
    families = _texts(spec.get("ipFamilies"))
    if isinstance(first, str) and first not in ("", "None"):
        found = address(first)
        if found is None:
            yield invalid("ADM-08", ("spec", "clusterIP"), first, NO_ADDRESS)
        elif families and families[0] != f"IPv{found.version}":
            said = f"expected an {families[0]} value as indicated by `ipFamilies[0]`"
            yield invalid("ADM-08", ("spec", "clusterIP"), first, said)
    if listed and not first:
        yield invalid("ADM-08", ("spec", "clusterIPs"), listed, "must be empty when `clusterIP` is not specified")
    elif listed and listed[0] != first:
        yield invalid("ADM-08", ("spec", "clusterIPs"), listed, "first value must match `clusterIP`")
    elif "None" in listed and len(listed) > 1:
        yield invalid("ADM-08", ("spec", "clusterIPs"), listed, "'None' must be the first and only value")
    yield from _families(spec, families)


def _families(spec: Mapping[str, Any], families: list[str]) -> Iterator[Rejection]:
    policy = spec.get("ipFamilyPolicy")
    known = ("SingleStack", "PreferDualStack", "RequireDualStack")
    yield from unsupported("ADM-08", ("spec", "ipFamilyPolicy"), policy, known)
    for index, family in enumerate(families):
        yield from unsupported("ADM-08", ("spec", "ipFamilies", index), family, ("IPv4", "IPv6"))
        if family in families[:index]:
            yield duplicate("ADM-08", ("spec", "ipFamilies", index), family)
    # A headless Service without selector gets both families unless it says otherwise.
    both = spec.get("clusterIP") == "None" and not spec.get("selector")
    if len(families) > 1 and (policy == "SingleStack" or (policy is None and not both)):
        said = "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"
        yield invalid("ADM-08", ("spec", "ipFamilyPolicy"), policy or "SingleStack", said)


def traffic(spec: Mapping[str, Any], kind: str) -> Iterator[Rejection]:
    """ADM-08: `externalIPs`, traffic policies, and what only a LoadBalancer has."""
    for index, written in enumerate(_texts(spec.get("externalIPs"))):
        found = address(written)
        wrong = special(found) if found else NO_ADDRESS
        if wrong:
            yield invalid("ADM-08", ("spec", "externalIPs", index), written, wrong)
    yield from unsupported("ADM-08", ("spec", "internalTrafficPolicy"), spec.get("internalTrafficPolicy"), _POLICIES)
    outside = kind in ("NodePort", "LoadBalancer") or (kind == "ClusterIP" and spec.get("externalIPs"))
    policy = spec.get("externalTrafficPolicy")
    if policy and not outside:
        said = "may only be set for externally-accessible services"
        yield invalid("ADM-08", ("spec", "externalTrafficPolicy"), policy, said)
    elif policy:
        yield from unsupported("ADM-08", ("spec", "externalTrafficPolicy"), policy, _POLICIES)
    if spec.get("healthCheckNodePort") and (kind, policy) != ("LoadBalancer", "Local"):
        said = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
        yield invalid("ADM-08", ("spec", "healthCheckNodePort"), spec["healthCheckNodePort"], said)
    yield from _balancer(spec, kind)


def _balancer(spec: Mapping[str, Any], kind: str) -> Iterator[Rejection]:
    if kind != "LoadBalancer":
        for field in ("allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges"):
            if spec.get(field) not in (None, []):
                yield forbidden("ADM-08", ("spec", field), _BALANCED)
        return
    written = spec.get("loadBalancerClass")
    if isinstance(written, str) and text.label_key(written):
        yield invalid("ADM-08", ("spec", "loadBalancerClass"), written, text.label_key(written))
    for index, each in enumerate(_texts(spec.get("loadBalancerSourceRanges"))):
        if network(each.strip()) is None:
            yield invalid("ADM-08", ("spec", "loadBalancerSourceRanges", index), each, NO_NETWORK)


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
