"""LabelSelectors that select no pod: who was meant, and how grave it is."""

from collections.abc import Mapping
from typing import Any

from ringtrue.cluster.labels import join, pairs
from ringtrue.cluster.operators import maker
from ringtrue.cluster.selection import intended
from ringtrue.environments.environment import Environment
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Resource
from ringtrue.rules import _missing


def hint(selector: Mapping[str, Any], resource: Resource, environment: Environment) -> str:
    """Who may make such pods, else the labels that were probably meant."""
    unseen = _maker(selector, resource, environment)
    if unseen:
        return f"such pods may come from elsewhere: {unseen}"
    near = intended(selector, resource.name, resource.namespace, environment.cluster)
    return f"did you mean {join(near.labels)}, the labels of the pods of {near.workload.called}?" if near else ""


def weigh(selector: Mapping[str, Any], resource: Resource, environment: Environment) -> Severity | None:
    """None for the rule's own severity; a note where pods that are not seen may be there."""
    if _maker(selector, resource, environment):
        return Severity.NOTE
    cluster, namespace = environment.cluster, resource.namespace
    slip = intended(selector, resource.name, namespace, cluster) is not None
    if not slip and not cluster.profile.complete and not cluster.pods.get(namespace):
        return Severity.NOTE
    return _missing.severity(namespace, slip, environment)


def _maker(selector: Mapping[str, Any], resource: Resource, environment: Environment) -> str:
    unseen = environment.scope.more(resource.namespace)
    return f"the namespace {unseen}" if unseen else maker(pairs(selector))
