"""ConfigMaps, Secrets and keys that a pod names and nobody provides."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.references.config_data import ConfigData, Kind, config_data
from ringtrue.references.volumes import sources

_ALWAYS = frozenset({"kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"})
"""ConfigMaps that a controller puts into every namespace."""

_FILLED_LATER = ("inject", "reflector.v1.k8s.emberstack.com/", "replicator.v1.mittwald.de/")
"""In a label or annotation: another controller adds the keys."""

_HASH = re.compile(r"-[bcdfghkmt2456789]{10}")
_PROVIDERS = {
    ("trust.cert-manager.io", "Bundle"): "ConfigMap",
    ("external-secrets.io", "ExternalSecret"): "Secret",
    ("external-secrets.io", "ClusterExternalSecret"): "Secret",
    ("bitnami.com", "SealedSecret"): "Secret",
    ("cert-manager.io", "Certificate"): "Secret",
    ("secrets-store.csi.x-k8s.io", "SecretProviderClass"): "Secret",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A pod that names it does not start (env) or waits for it (volumes)."""

    spot: Spot
    """The field that names it."""
    kind: Kind
    namespace: str
    name: str
    key: str | None
    """None when the whole object is missing."""
    near: str
    """The nearest name, or key, that does exist; "" when none is near."""


@dataclass(frozen=True, slots=True)
class Named:
    kind: Kind
    name: str
    key: str | None
    optional: bool
    route: Route
    """Leads to the name."""
    key_route: Route = ()


def config_gaps(cluster: Cluster, owned: Collection[Resource]) -> tuple[Gap, ...]:
    """What the owned workloads name and no object of their namespace provides; `optional: true` is never missing.

    A ConfigMap that every namespace has is never missing. Secrets are seldom in git: one is reported only when a
    near name, or a generated one, shows that it is misspelt.
    """
    own = {id(resource) for resource in owned}
    data = config_data(cluster)
    gaps: list[Gap] = []
    for workload in cluster.workloads:
        if id(workload.resource) in own and workload.kind != "PodTemplate":
            for named in taken(workload):
                if gap := _gap(named, workload, data, cluster):
                    gaps.append(gap)
    return tuple(gaps)


def taken(workload: Workload) -> Iterator[Named]:
    """Every ConfigMap and Secret that a pod template names for its environment or its volumes."""
    for container in workload.containers:
        yield from _environment(container)
    volumes = workload.spec.get("volumes")
    for index, volume in enumerate(volumes if isinstance(volumes, list) else []):
        if not isinstance(volume, Mapping):
            continue
        for source in sources(volume, index):
            route = (*workload.route, "spec", *source.route)
            yield Named(source.kind, source.name, None, source.optional, (*route, source.name_key))
            for place, item in enumerate(source.items):
                if isinstance(item.get("key"), str):
                    key_route = (*route, "items", place, "key")
                    yield Named(source.kind, source.name, item["key"], source.optional, key_route, key_route)


def _environment(container: Container) -> Iterator[Named]:
    kinds: tuple[tuple[str, Kind], ...] = (("configMap", "ConfigMap"), ("secret", "Secret"))
    for field in ("envFrom", "env"):
        entries = container.data.get(field)
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            holder = entry.get("valueFrom") if field == "env" and isinstance(entry, Mapping) else entry
            if not isinstance(holder, Mapping):
                continue
            for prefix, kind in kinds:
                step = f"{prefix}KeyRef" if field == "env" else f"{prefix}Ref"
                ref: Any = holder.get(step)
                if isinstance(ref, Mapping) and isinstance(ref.get("name"), str):
                    route = (*container.route, field, index, *(("valueFrom",) if field == "env" else ()), step)
                    key = ref.get("key") if field == "env" and isinstance(ref.get("key"), str) else None
                    yield Named(kind, ref["name"], key, ref.get("optional") is True, (*route, "name"), (*route, "key"))


def _gap(named: Named, workload: Workload, data: ConfigData, cluster: Cluster) -> Gap | None:
    namespace = workload.namespace
    if named.optional or (named.kind == "ConfigMap" and named.name in _ALWAYS):
        return None
    found = data.get(named.kind, namespace, named.name)
    if found is None:
        if named.key_route and named.key_route == named.route:
            return None  # the missing object is reported once for its volume
        return _missing_object(named, workload, data, cluster)
    if named.key is None or named.key in found or _filled_later(data.resources[named.kind, namespace, named.name]):
        return None
    near = _nearest(named.key, found)
    if named.kind == "Secret" and not near:
        return None
    return Gap(workload.resource.at(*named.key_route), named.kind, namespace, named.name, named.key, near)


def _missing_object(named: Named, workload: Workload, data: ConfigData, cluster: Cluster) -> Gap | None:
    if named.name in _provided(named.kind, workload.namespace, cluster):
        return None
    near = _nearest_object(named.name, data.names(named.kind, workload.namespace))
    if named.kind == "Secret" and not near:
        return None
    return Gap(workload.resource.at(*named.route), named.kind, workload.namespace, named.name, None, near)


def _provided(kind: Kind, namespace: str, cluster: Cluster) -> Iterator[str]:
    """Names that other kinds of objects bring about."""
    for (group, provider), made in _PROVIDERS.items():
        if made != kind:
            continue
        for resource in cluster.of_kind(provider, group):
            if resource.namespace in ("", namespace):
                yield resource.name
                for route in (
                    ("spec", "target", "name"),
                    ("spec", "secretName"),
                    ("spec", "template", "metadata", "name"),
                ):
                    if isinstance(name := resource.get(*route), str):
                        yield name
                for each in resource.items("spec", "secretObjects"):
                    if isinstance(each.get("secretName"), str):
                        yield each["secretName"]


def _filled_later(resource: Resource) -> bool:
    """An object that another controller fills: it says so, or is empty, or is a token."""
    marks = (*resource.labels, *resource.annotations)
    if any(word in mark for mark in marks for word in _FILLED_LATER):
        return True
    return resource.kind == "Secret" and (
        resource.get("type") == "kubernetes.io/service-account-token"
        or not (resource.mapping("data") or resource.mapping("stringData"))
    )


def _nearest_object(name: str, existing: Iterable[str]) -> str:
    """The object meant: the generated one (`name-` and a hash) first, then the nearest spelling."""
    existing = list(existing)
    for other in existing:
        if _HASH.fullmatch(other.removeprefix(name)):
            return other
    return _nearest(name, existing)


def _nearest(name: str, existing: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, list(existing), n=1, cutoff=0.8)), "")
