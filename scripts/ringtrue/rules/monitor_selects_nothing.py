"""A ServiceMonitor selects no Service, or a PodMonitor no pod.

## What it does
Compares `spec.selector` of each ServiceMonitor with the labels of the Services themselves, and of each PodMonitor with
the labels of the pods, in the namespaces that the monitor looks at: its own, unless `namespaceSelector` says otherwise.

## Why it matters
Nothing is scraped and nothing says so: the alerts on those metrics stay silent.

## How to fix
Give the Service, not only its pods, the labels that the selector asks for. Name the namespace in `namespaceSelector`
when it is another one.

It is a note where a namespace may hold Services that are not seen here.
"""

from collections.abc import Iterator

from ringtrue.cluster.labels import describe, matches, pairs
from ringtrue.cluster.monitors import GROUP, labels_of, monitored_pods, monitored_services, namespaces, services_in
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules import _missing

NAME = "monitor-selects-nothing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_SELECTED = {"ServiceMonitor": "Service", "PodMonitor": "pod"}


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    monitors = [each for each in environment.resources if each.group == GROUP and each.kind in _SELECTED]
    services = services_in(cluster) if monitors else {}
    for resource in monitors:
        kind = _SELECTED[resource.kind]
        if monitored_services(resource, cluster, services) if kind == "Service" else monitored_pods(resource, cluster):
            continue
        selector = resource.mapping("spec", "selector")
        hint = _hint(resource, environment) if kind == "Service" else ""
        yield Problem(
            resource.at("spec", "selector"),
            f"{resource.called} selects {describe(selector)}, "
            f"which no {kind} in {_where(resource, environment)} carries",
            hint=hint,
            severity=_severity(resource, bool(hint), environment),
            value=describe(selector),
        )


def _where(resource: Resource, environment: Environment) -> str:
    if resource.mapping("spec", "namespaceSelector").get("any") is True:
        return "any namespace"
    names = namespaces(resource, environment.cluster)
    return f"namespace{'s' if len(names) > 1 else ''} " + ", ".join(map(repr, sorted(names)))


def _hint(resource: Resource, environment: Environment) -> str:
    """A Service of another namespace that carries the labels, or one whose pods do."""
    cluster, selector = environment.cluster, resource.mapping("spec", "selector")
    where = namespaces(resource, cluster)
    for key, service in sorted(cluster.services.items()):
        if service.namespace not in where and selector and matches(selector, labels_of(service)):
            return f"Service {str(service)!r} carries it: name its namespace in namespaceSelector"
        if service.namespace in where and not service.builtin and _by_pods(selector, service.selector):
            return f"the pods of Service {key[1]!r} carry it, but the Service itself does not: label the Service"
    return ""


def _by_pods(selector: object, labels: object) -> bool:
    return (
        isinstance(selector, dict) and isinstance(labels, dict) and bool(pairs(selector)) and matches(selector, labels)
    )


def _severity(resource: Resource, slip: bool, environment: Environment) -> Severity | None:
    """The least of what holds for the namespaces that the monitor looks at."""
    names = namespaces(resource, environment.cluster)
    if not environment.cluster.profile.complete and resource.mapping("spec", "namespaceSelector").get("any") is True:
        return Severity.NOTE
    found = [_missing.severity(name, slip, environment) for name in names]
    return Severity.NOTE if Severity.NOTE in found else None
