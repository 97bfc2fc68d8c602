"""Services: an address stays as it was given, unless there is none on one side."""

from collections.abc import Iterator

from ringtrue.cluster.admission import Rejection
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, text_at, texts_at

HEADLESS = "None"
_SAID = "may not change once set"


def service(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-03: cluster address, first address family, class of the load balancer, port of its health check.

    To and from ExternalName everything may change. An address that is left out stays as it is, `None` too; one that
    the API server chose may be written down, so only one that was written before can be contradicted.
    """
    if "ExternalName" in (_type(old), _type(new)):
        return
    yield from _address(old, new)
    if HEADLESS not in (_primary(old), _primary(new)):
        yield from _family(old, new)
    if _type(old) == _type(new) == "LoadBalancer":
        yield from _balancer(old, new)


def _address(old: Resource, new: Resource) -> Iterator[Rejection]:
    before, after = _primary(old), _primary(new)
    # Where none was written there is one that nobody knows, and that is not "None".
    changed = after != before if before else after == HEADLESS
    kept_by = _type(new) if before == HEADLESS and not after else ""
    if kept_by in ("NodePort", "LoadBalancer"):
        said = f"spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for {kept_by} services"
        yield Rejection("UPD-03", ("spec", "type"), f"{said}; it stays so when it is left out")
    if after and changed:
        was = f"it is {before}" if before else "it has an address"
        route: Route = ("spec", "clusterIP" if new.get("spec", "clusterIP") else "clusterIPs")
        said = f'spec.clusterIPs[0]: Invalid value: ["{after}"]: {_SAID}; {was}'
        yield Rejection("UPD-03", route, said)


def _family(old: Resource, new: Resource) -> Iterator[Rejection]:
    before, after = texts_at(old.data, "spec", "ipFamilies"), texts_at(new.data, "spec", "ipFamilies")
    if before and after and before[0] != after[0]:
        said = f'spec.ipFamilies[0]: Invalid value: ["{after[0]}"]: {_SAID}; it is {before[0]}'
        yield Rejection("UPD-03", ("spec", "ipFamilies", 0), said)


def _balancer(old: Resource, new: Resource) -> Iterator[Rejection]:
    # A webhook of the cloud may have chosen the class, so one that was not written before contradicts nothing.
    before, after = text_at(old.data, "spec", "loadBalancerClass"), new.get("spec", "loadBalancerClass")
    if before and after != before:
        shown = f'"{after}"' if after else "null"
        said = f'spec.loadBalancerClass: Invalid value: {shown}: {_SAID}; it is "{before}"'
        yield Rejection("UPD-03", ("spec", "loadBalancerClass") if after else ("spec",), said)
    port, wanted = old.get("spec", "healthCheckNodePort"), new.get("spec", "healthCheckNodePort")
    local = all(each.get("spec", "externalTrafficPolicy") == "Local" for each in (old, new))
    if local and port and wanted and port != wanted:
        said = f"spec.healthCheckNodePort: Forbidden: field is immutable; it is {port}"
        yield Rejection("UPD-03", ("spec", "healthCheckNodePort"), said)


def _primary(resource: Resource) -> str:
    """The first address as written; "" where none is."""
    first = text_at(resource.data, "spec", "clusterIP")
    return first or next(iter(texts_at(resource.data, "spec", "clusterIPs")), "")


def _type(resource: Resource) -> str:
    return text_at(resource.data, "spec", "type") or "ClusterIP"
