"""A folder of manifests as one cluster, with nothing else on it, as np-guard's analyzer takes it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.scopes import is_cluster_scoped
from ringtrue.manifests.yaml_values import decode, read_leniently

_SUFFIXES = (".json", ".yaml", ".yml")


def world(folder: Path) -> Cluster:
    """The cluster. A namespace without a manifest has no label but its name: both tools must mean the same."""
    found = [*resources(folder)]
    declared = {each.name for each in found if each.kind == "Namespace"}
    for name in sorted({each.namespace for each in found if each.namespace} - declared):
        found.append(Resource({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}, ""))
    return build(folder.name, found, Profile(complete=True))


def owner(workload: Workload) -> str:
    """`namespace/name[Kind]` of what makes the pods: a Pod's owner where its manifest names one that is no Node."""
    owners = workload.resource.items("metadata", "ownerReferences")
    first = next((each for each in owners if each.get("kind") != "Node"), {})
    kind, name = first.get("kind", workload.kind), first.get("name", workload.name)
    return f"{workload.namespace}/{name}[{kind}]"


def resources(folder: Path) -> Iterator[Resource]:
    """The objects of its files; what names no namespace is in `default`."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            for document in read_leniently(decode(path.read_bytes()))[0]:
                yield from map(_placed, _objects(document.value))


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a document; an item of a PodList without a kind is a Pod, as for kubectl."""
    if not isinstance(value, Mapping) or not isinstance(kind := value.get("kind"), str):
        return
    if kind.endswith("List") and isinstance(value.get("items"), list):
        own = {"apiVersion": value.get("apiVersion"), "kind": kind.removesuffix("List")}
        for item in value["items"]:
            yield from _objects({**own, **item})
        return
    yield value


def _placed(value: Mapping[str, Any]) -> Resource:
    resource = Resource(value, "")
    if is_cluster_scoped(resource.group, resource.kind):
        return resource
    return Resource(value, str(resource.get("metadata", "namespace") or "default"))
