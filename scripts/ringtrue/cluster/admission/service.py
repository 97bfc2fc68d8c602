"""Services: ports, types, and the fields that go with some types only."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.metadata import labels
from ringtrue.cluster.admission.rejection import Rejection, forbidden, invalid, required, unsupported
from ringtrue.cluster.admission.service_addresses import cluster_addresses, traffic
from ringtrue.cluster.admission.service_ports import ports
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource, follow

_DAY = 86400
_TYPES = ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")


def service(resource: Resource, profile: Profile) -> Iterator[Rejection]:
    """ADM-03, ADM-05, ADM-06, ADM-08 to ADM-10: a v1 Service; its name is `metadata`'s (ADM-01)."""
    spec = resource.mapping("spec")
    kind = spec.get("type") or "ClusterIP"
    yield from unsupported("ADM-08", ("spec", "type"), kind, _TYPES)
    headless = spec.get("clusterIP") == "None" and kind != "ExternalName"
    if not spec.get("ports") and not headless and kind != "ExternalName":
        yield required("ADM-05", ("spec", "ports"))
    yield from ports(resource, kind)
    yield from labels(spec.get("selector"), ("spec", "selector"))
    if headless and kind in ("NodePort", "LoadBalancer"):
        yield invalid("ADM-08", ("spec", "clusterIP"), "None", f"may not be set to 'None' for {kind} services")
    yield from _external_name(spec) if kind == "ExternalName" else cluster_addresses(spec)
    yield from traffic(spec, kind)
    yield from _affinity(spec)
    yield from _distribution(spec, profile)


def _external_name(spec: Mapping[str, Any]) -> Iterator[Rejection]:
    name = spec.get("externalName")
    target = name.removesuffix(".") if isinstance(name, str) else ""
    if not target:
        yield required("ADM-09", ("spec", "externalName"))
    elif text.dns_subdomain(target):
        yield invalid("ADM-09", ("spec", "externalName"), target, text.dns_subdomain(target))
    for field in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"):
        if spec.get(field):
            yield forbidden("ADM-09", ("spec", field), "may not be set for ExternalName services")


def _affinity(spec: Mapping[str, Any]) -> Iterator[Rejection]:
    """A configuration without affinity is dropped by the API server, whatever it says."""
    affinity, client = spec.get("sessionAffinity") or "None", spec.get("sessionAffinityConfig")
    yield from unsupported("ADM-10", ("spec", "sessionAffinity"), affinity, ("None", "ClientIP"))
    seconds = follow(client, ("clientIP", "timeoutSeconds"))
    if affinity == "ClientIP" and isinstance(seconds, int) and not 0 < seconds <= _DAY:
        route = ("spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds")
        yield invalid("ADM-10", route, seconds, f"must be greater than 0 and less than {_DAY}")


def _distribution(spec: Mapping[str, Any], profile: Profile) -> Iterator[Rejection]:
    known = ["PreferClose"] + (["PreferSameZone", "PreferSameNode"] if profile.version >= (1, 34) else [])
    yield from unsupported("ADM-10", ("spec", "trafficDistribution"), spec.get("trafficDistribution"), known)
