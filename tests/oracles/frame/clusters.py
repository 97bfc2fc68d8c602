"""Manifests as ringtrue sees them."""

from collections.abc import Iterable
from typing import Any

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

Document = dict[str, Any]
_CLUSTER_SCOPED = frozenset({"Namespace", "Node"})


def resource(document: Document) -> Resource:
    """A document as a Resource, in its own namespace or `default`."""
    scoped = document["kind"] in _CLUSTER_SCOPED
    return Resource(document, "" if scoped else document["metadata"].get("namespace", "default"))


def cluster(documents: Iterable[Document], profile: Profile) -> Cluster:
    """The model of the cluster that the documents make."""
    return build("oracle", map(resource, documents), profile)


def identity(document: Document) -> str:
    """`Kind namespace/name`: how owners are compared."""
    metadata = document["metadata"]
    return f"{document['kind']} {metadata.get('namespace', 'default')}/{metadata['name']}"


def identity_of(found: Resource) -> str:
    """The same, of a Resource."""
    return f"{found.kind} {found.namespace}/{found.name}"
