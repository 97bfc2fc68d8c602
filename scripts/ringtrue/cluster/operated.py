"""Pods of the Prometheus Operator, whose labels are known where the object that it makes them for is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.services import Service
from ringtrue.manifests.resource import Resource, strings

OPERATOR = "Prometheus Operator"
_GROUP = "monitoring.coreos.com"

_KINDS = {"Alertmanager": "alertmanager", "Prometheus": "prometheus", "ThanosRuler": "thanos-ruler"}
"""What makes pods, and the label key under which they carry its name; under `app.kubernetes.io/name` it is the value.
"""

_GIVEN = frozenset(
    """
    app app.kubernetes.io/instance app.kubernetes.io/managed-by app.kubernetes.io/name app.kubernetes.io/version
    alertmanager prometheus thanos-ruler
    apps.kubernetes.io/pod-index controller-revision-hash statefulset.kubernetes.io/pod-name
    """.split()
)
"""Keys that the operator, now or in former versions, and the StatefulSet controller give the pods."""

_PREFIX = "operator.prometheus.io/"
_FLAG = "labels"
"""With it the operator gives more labels to all that it makes."""


@dataclass(frozen=True, slots=True)
class Operated:
    """The object for which the operator makes the pods that a selector asks for by its name."""

    maker: Resource
    lacking: Mapping[str, str]
    """Labels that the selector asks for too, and none of those pods gets."""


def operated(service: Service, cluster: Cluster) -> Operated | None:
    """SEL-01: whose pods a Service is for, and what they lack; None where the object is not seen, or that is not known.

    They get their labels from the operator and from `spec.podMetadata`, not from the labels of the object itself.
    """
    maker = _maker(service, cluster)
    if maker is None:
        return None
    given = strings(maker.get("spec", "podMetadata", "labels"))
    pairs = {key: value for key, value in service.selector.items() if not _is_given(key) and given.get(key) != value}
    return None if pairs and _adds_labels(cluster) else Operated(maker, pairs)


def _maker(service: Service, cluster: Cluster) -> Resource | None:
    asked = service.selector
    for kind, key in _KINDS.items():
        recommended = asked.get("app.kubernetes.io/instance") if asked.get("app.kubernetes.io/name") == key else None
        for name in (asked.get(key), recommended):
            found = cluster.find(kind, service.namespace, name, _GROUP) if name else None
            if found is not None:
                return found
    return None


def _is_given(key: str) -> bool:
    return key in _GIVEN or key.startswith(_PREFIX)


def _adds_labels(cluster: Cluster) -> bool:
    return any(
        isinstance(word, str) and word.lstrip("-").partition("=")[0] == _FLAG and word.startswith("-")
        for workload in cluster.workloads
        for container in workload.containers
        for key in ("command", "args")
        for word in _words(container.data.get(key))
    )


def _words(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
