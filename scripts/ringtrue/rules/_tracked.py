"""What tracking by label does to selectors: it overwrites a label of objects, not the selectors that ask for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.argocd.tracking import BY_LABEL, instance_name, labels
from ringtrue.cluster.endpoints import selected
from ringtrue.cluster.labels import matches
from ringtrue.cluster.monitors import GROUP, monitored_pods, monitored_services, services_in
from ringtrue.cluster.selection import chosen
from ringtrue.cluster.services import service
from ringtrue.environments.environment import Environment
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, strings
from ringtrue.rules._applications import synced


@dataclass(frozen=True, slots=True, eq=False)
class Lost:
    """A selector that selects nothing any more once Argo CD has written its label on these objects."""

    selecting: Resource
    route: Route
    """Leads to the label in the selector."""
    value: str
    objects: tuple[Resource, ...]
    written: str
    """What Argo CD writes on the first of them."""


def overwritten(environment: Environment) -> Mapping[int, Mapping[str, str]]:
    """The labels of each object of an Application as Argo CD applies it, by identity; nothing without that label."""
    instance = environment.instance
    if instance.tracking not in BY_LABEL:
        return {}
    return {
        id(resource): labels(
            resource, instance.label, instance_name(application, instance.namespace), instance.tracking
        )
        for application, resource in synced(environment)
    }


def lost(environment: Environment) -> Iterator[Lost]:
    """Selectors of the environment that ask for the label and match as written, but not as applied."""
    applied = overwritten(environment)
    label = environment.instance.label
    for resource, route, selector, objects in _selectors(environment) if applied else ():
        asked = strings(selector.get("matchLabels")).get(label)
        if asked is None or not objects or not all(id(each) in applied for each in objects):
            continue
        if not any(matches(selector, applied[id(each)]) for each in objects):
            written = applied[id(objects[0])][label]
            yield Lost(resource, (*route, label), asked, tuple(objects), written)


_Selector = tuple[Resource, Route, Mapping[str, Any], list[Resource]]


def _selectors(environment: Environment) -> Iterator[_Selector]:
    """Each with what carries the labels that it selects: bare Pods and Services; not where it selects templates."""
    cluster = environment.cluster
    services = services_in(cluster)
    for resource in environment.resources:
        kind = (resource.group, resource.kind)
        made = service(resource)
        if made is not None and made.selector:
            pods = (each.resource for each in selected(made, cluster))
            yield resource, ("spec", "selector"), {"matchLabels": made.selector}, _bare(pods)
        elif kind in _POD_SELECTORS:
            field = _POD_SELECTORS[kind]
            selector = resource.mapping("spec", field)
            pods = (each.resource for each in chosen(selector or None, resource.namespace, cluster))
            yield resource, ("spec", field, "matchLabels"), selector, _bare(pods)
        elif kind == (GROUP, "ServiceMonitor"):
            found = monitored_services(resource, cluster, services)
            yield (
                resource,
                ("spec", "selector", "matchLabels"),
                resource.mapping("spec", "selector"),
                [each.resource for each in found if each.resource is not None],
            )
        elif kind == (GROUP, "PodMonitor"):
            pods = (each.resource for each in monitored_pods(resource, cluster))
            selector = resource.mapping("spec", "selector")
            yield resource, ("spec", "selector", "matchLabels"), selector, _bare(pods)


_POD_SELECTORS = {("networking.k8s.io", "NetworkPolicy"): "podSelector", ("policy", "PodDisruptionBudget"): "selector"}


def _bare(pods: Iterable[Resource]) -> list[Resource]:
    """The Pods, when all that is selected are such."""
    found = list(pods)
    return found if all(each.kind == "Pod" for each in found) else []
