"""From raw documents to `Resource`s: the effective namespace."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ringtrue.environments.outputs import Document
from ringtrue.manifests.resource import Resource, follow
from ringtrue.manifests.scopes import cluster_scoped_crds, is_cluster_scoped

DEFAULT = "default"

Scoped = Callable[[str, str], bool]
"""(group, kind) -> whether objects of that kind have no namespace."""


def scopes(documents: Iterable[Document]) -> Scoped:
    """The built-in kinds, and what the CRDs among these documents say of theirs."""
    custom = (document.value for document in documents if document.value.get("kind") == "CustomResourceDefinition")
    crds = cluster_scoped_crds(Resource(value, "") for value in custom)
    return lambda group, kind: is_cluster_scoped(group, kind, crds)


def place(document: Document, destination: str, scoped: Scoped) -> Resource:
    """The object where it would land: its own namespace, else the destination's, else `default`."""
    resource = Resource(document.value, "", document.source, document.index, document.within)
    if scoped(resource.group, resource.kind):
        return resource
    own = namespace_of(document.value)
    return replace(resource, namespace=own or destination or DEFAULT)


def namespace_of(value: Mapping[str, Any]) -> str:
    own = follow(value, ("metadata", "namespace"))
    return own if isinstance(own, str) else ""
