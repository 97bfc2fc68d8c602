"""What custom resources bring into a namespace: nothing, Services of known names, or anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from ringtrue.cluster.provider_table import INERT, INERT_GROUPS, INERT_SUFFIXES, OPERATORS
from ringtrue.manifests.resource import Resource

_BUILT_IN = frozenset({"", "apps", "autoscaling", "batch", "extensions", "policy"})

_TEMPLATES = frozenset({"service", "serviceSpec", "serviceTemplate", "serviceTemplates"})
"""Fields of custom resources under which the metadata of a Service stands, its name too."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a namespace may hold more than is seen. Whatever makes Services makes pods and ConfigMaps too."""

    why: str
    """What goes after "the namespace": "holds Kafka shop/events"."""
    names: tuple[str, ...] | None = None
    """Patterns (`*` for anything) of the Services that come; None for any name, () for no Service at all."""

    def admits(self, service: str) -> bool:
        """DNS-21: whether a Service of that name may come from here."""
        return self.names is None or any(fnmatchcase(service, pattern) for pattern in self.names)


def names(resource: Resource) -> tuple[str, ...] | None:
    """DNS-21: patterns of the Services that controllers make for an object; None for any name, () for none."""
    known = OPERATORS.get(f"{resource.group} {resource.kind}")
    if known is None:
        return () if is_inert(resource) else None
    spec = resource.get("spec")
    patterns = (pattern.replace("{}", resource.name) for pattern in known.split())
    return tuple(dict.fromkeys((*patterns, *_chosen(spec), *_from_target(resource))))


def is_inert(resource: Resource) -> bool:
    """DNS-21: whether nothing comes of the object that a name could lead to, and no pod that is not seen."""
    group, kind = resource.group, resource.kind
    if f"{group} {kind}" in OPERATORS:
        return False
    if group in _BUILT_IN or group in INERT_GROUPS or kind in INERT.get(group, "").split():
        return True
    if group.endswith(INERT_SUFFIXES):
        return True
    return group.endswith(".k8s.io") and not group.endswith(".x-k8s.io") and group != "gateway.networking.k8s.io"


def _chosen(value: Any) -> Iterator[str]:
    """Names that an object itself gives to its Services: `serviceName`, or the metadata of a template."""
    waiting = [("", value)]
    while waiting:
        field, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(field, each) for each in value]
        if not isinstance(value, Mapping):
            continue
        own = value.get("name")
        metadata = value.get("metadata")
        given = metadata.get("name") if isinstance(metadata, Mapping) else own
        if field in _TEMPLATES and isinstance(given, str):
            yield given
        named = value.get("serviceName")
        if isinstance(named, str):
            yield named
        waiting += [(str(key), each) for key, each in value.items()]


def _from_target(resource: Resource) -> Iterator[str]:
    """Flagger names the Services of a Canary after its target."""
    target = resource.get("spec", "targetRef", "name")
    if resource.kind == "Canary" and isinstance(target, str):
        yield from (target, f"{target}-primary", f"{target}-canary")
        named = resource.get("spec", "service", "name")
        if isinstance(named, str):
            yield from (f"{named}-primary", f"{named}-canary")
