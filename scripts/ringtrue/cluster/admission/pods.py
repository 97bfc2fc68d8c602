"""Pods and pod templates: what concerns the pod as a whole."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.containers import container
from ringtrue.cluster.admission.metadata import labels
from ringtrue.cluster.admission.rejection import (
    Rejection,
    duplicate,
    invalid,
    required,
    unsupported,
)
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.findings import Route

_DNS_POLICIES = ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")
_LASTING = frozenset({"Deployment", "ReplicaSet", "DaemonSet", "ReplicationController", "StatefulSet"})


def pod(workload: Workload, profile: Profile) -> Iterator[Rejection]:
    """ADM-02, ADM-03, ADM-06, ADM-07, ADM-11 to ADM-16, ADM-19: a Pod, or the pods that a workload would make."""
    spec: Route = (*workload.route, "spec")
    if workload.route:
        template = (*workload.route, "metadata", "labels")
        yield from labels(workload.resource.get(*template), template)
    for field in ("hostname", "subdomain"):
        value = workload.spec.get(field)
        wrong = text.dns_label(value) if isinstance(value, str) and value else ""
        if wrong:
            yield invalid("ADM-02", (*spec, field), value, wrong)
    yield from _restart(workload, spec)
    yield from _dns(workload.spec, spec)
    volumes = _volume_names(workload)
    yield from _volumes(workload.spec, spec)
    yield from _names(workload)
    for each in workload.containers:
        yield from container(each, volumes, workload.host_network, profile)


def _names(workload: Workload) -> Iterator[Rejection]:
    """Init containers may not repeat the name of a container, which is why those are read first."""
    seen: set[str] = set()
    for each in sorted(workload.containers, key=lambda c: c.init):
        if each.name and each.name in seen:
            yield duplicate("ADM-12", (*each.route, "name"), each.name)
        seen.add(each.name)


def _volume_names(workload: Workload) -> frozenset[str]:
    listed = workload.resource.items(*workload.route, "spec", "volumes")
    claims = workload.resource.items("spec", "volumeClaimTemplates") if workload.kind == "StatefulSet" else []
    named = [each.get("name") for each in listed]
    for claim in claims:
        metadata = claim.get("metadata")
        named.append(metadata.get("name") if isinstance(metadata, Mapping) else None)
    return frozenset(name for name in named if isinstance(name, str))


def _volumes(spec: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    seen: set[str] = set()
    listed = spec.get("volumes")
    for index, each in enumerate(listed if isinstance(listed, list) else []):
        name = each.get("name") if isinstance(each, Mapping) else None
        if not isinstance(name, str):
            continue
        if text.dns_label(name):
            yield invalid("ADM-12", (*route, "volumes", index, "name"), name, text.dns_label(name))
        elif name in seen:
            yield duplicate("ADM-12", (*route, "volumes", index, "name"), name)
        seen.add(name)


def _restart(workload: Workload, route: Route) -> Iterator[Rejection]:
    field = (*route, "restartPolicy")
    policy = workload.spec.get("restartPolicy") or "Always"
    if workload.kind in ("Job", "CronJob"):
        if policy == "Always":
            yield required("ADM-19", field, 'valid values: "OnFailure", "Never"')
        else:
            yield from unsupported("ADM-19", field, policy, ("OnFailure", "Never"))
    elif workload.kind in _LASTING:
        yield from unsupported("ADM-19", field, policy, ("Always",), "for pods that end, use a Job")


def _dns(spec: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    policy, config = spec.get("dnsPolicy") or "ClusterFirst", spec.get("dnsConfig")
    yield from unsupported("ADM-14", (*route, "dnsPolicy"), policy, _DNS_POLICIES)
    if not isinstance(config, Mapping):
        if policy == "None":
            yield required("ADM-14", (*route, "dnsConfig"), "must provide `dnsConfig` when `dnsPolicy` is None")
        return
    at = (*route, "dnsConfig")
    servers, searches = (_texts(config.get(field)) for field in ("nameservers", "searches"))
    if policy == "None" and not servers:
        said = "must provide at least one DNS nameserver when `dnsPolicy` is None"
        yield required("ADM-14", (*at, "nameservers"), said)
    if len(servers) > 3:
        yield invalid("ADM-14", (*at, "nameservers"), ", ".join(servers), "must not have more than 3 nameservers")
    for index, server in enumerate(servers):
        if not _is_ip(server):
            said = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
            yield invalid("ADM-14", (*at, "nameservers", index), server, said)
    if len(searches) > 32:
        yield invalid("ADM-14", (*at, "searches"), len(searches), "must not have more than 32 search paths")
    elif len(" ".join(searches)) > 2048:
        said = "must not have more than 2048 characters (including spaces) in the search list"
        yield invalid("ADM-14", (*at, "searches"), len(" ".join(searches)), said)


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _is_ip(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True
