"""Labels that a kustomization writes into selectors (KUS-04, KUS-05)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ringtrue.environments.environment import Relabelled
from ringtrue.environments.items import Gathered, Item
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import Resource, follow, strings
from ringtrue.repository.graph import Kustomization

_CREATED: Mapping[tuple[str, str], Route] = {
    ("", "ReplicationController"): ("spec", "selector"),
    ("", "Service"): ("spec", "selector"),
    ("apps", "DaemonSet"): ("spec", "selector", "matchLabels"),
    ("apps", "Deployment"): ("spec", "selector", "matchLabels"),
    ("apps", "ReplicaSet"): ("spec", "selector", "matchLabels"),
    ("apps", "StatefulSet"): ("spec", "selector", "matchLabels"),
}
"""Selectors that Kustomize writes, and makes where there is none."""

_CHANGED: Mapping[tuple[str, str], Route] = {
    ("batch", "Job"): ("spec", "selector", "matchLabels"),
    ("networking.k8s.io", "NetworkPolicy"): ("spec", "podSelector", "matchLabels"),
    ("policy", "PodDisruptionBudget"): ("spec", "selector", "matchLabels"),
}
"""Selectors that it writes only where there is one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that writes labels into selectors, and the objects that it does so to."""

    field: Literal["labels", "commonLabels"]
    route: Route
    pairs: Mapping[str, str]
    selecting: tuple[Resource, ...]
    peers: tuple[Resource, ...]
    invented: tuple[Resource, ...]

    def placed(self, layer: str, location: Location) -> Relabelled:
        return Relabelled(layer, self.field, location, self.pairs, self.selecting, self.peers, self.invented)


def relabelled(layer: Kustomization, gathered: Gathered) -> Iterator[Change]:
    """Entries that change a selector of what the layer gathers; those whose labels are there already change none."""
    by_hand = {name for item in gathered.items for name in _endpoints_of(item.resource)}
    for field, route, pairs in _written(layer):
        changed = [item for item in gathered.items if _changes(item, pairs)]
        invented = tuple(item.resource for item in changed if _is_selectorless(item) and item.resource.name in by_hand)
        peers = tuple(item.resource for item in gathered.items if any(_lacks(each, pairs) for each in _peers(item)))
        if changed or peers:
            selecting = tuple(item.resource for item in changed if item.resource not in invented)
            yield Change(field, route, pairs, selecting, peers, invented)


def _written(layer: Kustomization) -> Iterator[tuple[Literal["labels", "commonLabels"], Route, Mapping[str, str]]]:
    common = strings(layer.data.get("commonLabels"))
    if common:
        yield "commonLabels", ("commonLabels",), common
    entries = layer.data.get("labels")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        pairs = strings(follow(entry, ("pairs",)))
        if pairs and follow(entry, ("includeSelectors",)) is True:
            yield "labels", ("labels", index), pairs


def _changes(item: Item, pairs: Mapping[str, str]) -> bool:
    resource = item.resource
    kind = (resource.group, resource.kind)
    if resource.get("spec", "type") == "ExternalName":
        # It gets a selector too, but needs no endpoints.
        return False
    if kind in _CREATED:
        return _lacks({**resource.mapping(*_CREATED[kind]), **item.selecting}, pairs)
    written = resource.mapping(*_CHANGED[kind]) if kind in _CHANGED else {}
    return bool(written) and _lacks({**written, **item.selecting}, pairs)


def _peers(item: Item) -> Iterator[Mapping[str, Any]]:
    resource = item.resource
    if (resource.group, resource.kind) != ("networking.k8s.io", "NetworkPolicy"):
        return
    for way, end in (("ingress", "from"), ("egress", "to")):
        for number, rule in enumerate(resource.items("spec", way)):
            for index, _ in enumerate(resource.items("spec", way, number, end) if end in rule else ()):
                labels = resource.mapping("spec", way, number, end, index, "podSelector", "matchLabels")
                if labels:
                    yield {**labels, **item.selecting}


def _lacks(selector: Mapping[str, Any], pairs: Mapping[str, str]) -> bool:
    return any(selector.get(key) != value for key, value in pairs.items())


def _is_selectorless(item: Item) -> bool:
    """A Service without a selector is often meant to get its labels here; one with endpoints by hand is not."""
    service = (item.resource.group, item.resource.kind) == ("", "Service")
    return service and not item.resource.mapping("spec", "selector") and not item.selecting


def _endpoints_of(resource: Resource) -> Iterator[str]:
    if (resource.group, resource.kind) == ("", "Endpoints"):
        yield resource.name
    elif (resource.group, resource.kind) == ("discovery.k8s.io", "EndpointSlice"):
        yield resource.labels.get("kubernetes.io/service-name", "")
