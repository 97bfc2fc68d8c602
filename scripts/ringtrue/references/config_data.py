"""What ConfigMaps and Secrets hold: text by key, with the field of each."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ringtrue.cluster.cluster import Cluster
from ringtrue.manifests.resource import Resource, Spot, strings

Kind = Literal["ConfigMap", "Secret"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One key: its text, and the field that holds it."""

    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class ConfigData:
    """The ConfigMaps and Secrets of a cluster, by kind, namespace and name; decoded once each."""

    resources: Mapping[tuple[str, str, str], Resource]
    _read: dict[int, Mapping[str, Entry]] = field(default_factory=dict)

    def get(self, kind: Kind, namespace: str, name: str) -> Mapping[str, Entry] | None:
        """The entries of an object; None when it is not among the manifests."""
        resource = self.resources.get((kind, namespace, name))
        if resource is None:
            return None
        found = self._read.get(id(resource))
        if found is None:
            found = self._read[id(resource)] = entries(resource)
        return found

    def names(self, kind: Kind, namespace: str) -> list[str]:
        return [name for k, ns, name in self.resources if (k, ns) == (kind, namespace)]


def config_data(cluster: Cluster) -> ConfigData:
    """The index of a cluster's ConfigMaps and Secrets; the first of two with one name wins."""
    resources: dict[tuple[str, str, str], Resource] = {}
    for kind in ("ConfigMap", "Secret"):
        for resource in cluster.of_kind(kind):
            resources.setdefault((kind, resource.namespace, resource.name), resource)
    return ConfigData(resources)


def entries(resource: Resource) -> dict[str, Entry]:
    """The keys with their text. A Secret's `stringData` wins over `data`; bytes that are no text become ""."""
    if resource.kind == "ConfigMap":
        found = {key: Entry(text, resource.at("data", key)) for key, text in strings(resource.get("data")).items()}
        binary = resource.mapping("binaryData")
        return found | {key: Entry("", resource.at("binaryData", key)) for key in binary if isinstance(key, str)}
    return dict(_secret(resource))


def _secret(resource: Resource) -> Iterator[tuple[str, Entry]]:
    for key, value in resource.mapping("data").items():
        if isinstance(key, str):
            yield key, Entry(_decoded(value), resource.at("data", key))
    for key, text in strings(resource.get("stringData")).items():
        yield key, Entry(text, resource.at("stringData", key))


def _decoded(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    try:
        return base64.b64decode(value, validate=False).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
