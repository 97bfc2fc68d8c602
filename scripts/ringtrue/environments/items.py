"""Objects on their way through kustomizations: the names they have had, and the labels in their selectors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ringtrue.manifests.resource import Resource, follow, strings
from ringtrue.repository.graph import Kustomization

_GENERATED = {"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}
_NEVER_PREFIXED = frozenset({"CustomResourceDefinition", "APIService", "Namespace"})


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An object as its file declares it, with the names and namespaces that it has had so far."""

    resource: Resource
    """Its `source` is the file."""
    name: str
    names: frozenset[str]
    namespaces: frozenset[str]
    """As selectors see them: `default` for none."""
    selecting: Mapping[str, str] = field(default_factory=dict)
    """Labels that layers have written into its selector."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What a kustomization has at hand at one point of its build; `open` when more may be there than is known."""

    items: tuple[Item, ...] = ()
    texts: frozenset[str] = frozenset()
    """Patches and labels applied so far, as text: they may have set any label that they mention."""
    open: bool = False


def item(resource: Resource) -> Item:
    """The object before any kustomization has done anything to it."""
    namespace = resource.get("metadata", "namespace")
    known = frozenset({namespace if isinstance(namespace, str) and namespace else "default"})
    return Item(resource, resource.name, frozenset({resource.name}), known)


def generated(layer: Kustomization) -> Iterator[Item]:
    """ConfigMaps and Secrets of a kustomization's generators; the hash comes at the very end of a build."""
    for generator, kind in _GENERATED.items():
        for entry in listed(layer, generator):
            metadata = {key: follow(entry, (key,)) for key in ("name", "namespace")}
            labels = {**_labels(follow(layer.data, ("generatorOptions",))), **_labels(follow(entry, ("options",)))}
            value = {"apiVersion": "v1", "kind": kind, "metadata": {**metadata, "labels": labels}}
            yield item(Resource(value, "", layer.file))


def _labels(options: Any) -> Mapping[str, Any]:
    found = follow(options, ("labels",))
    return found if isinstance(found, Mapping) else {}


def later(item: Item, layer: Kustomization) -> Item:
    """KUS-01, KUS-03 and KUS-04 for an object's own name, namespace and selector."""
    namespace, name, selecting = _word(layer, "namespace"), item.name, selector_labels(layer)
    if namespace and item.resource.kind == "Namespace" and item.resource.group == "":
        name = namespace
    if item.resource.kind not in _NEVER_PREFIXED:
        name = _word(layer, "namePrefix") + name + _word(layer, "nameSuffix")
    if name == item.name and not namespace and not selecting:
        return item
    namespaces = item.namespaces | {namespace} if namespace else item.namespaces
    return Item(item.resource, name, item.names | {name}, namespaces, {**item.selecting, **selecting})


def selector_labels(layer: Kustomization) -> Mapping[str, str]:
    """The labels that a kustomization writes into selectors."""
    entries = [each for each in listed(layer, "labels") if follow(each, ("includeSelectors",)) is True]
    found = strings(layer.data.get("commonLabels"))
    return {**found, **{k: v for each in entries for k, v in strings(follow(each, ("pairs",))).items()}}


def listed(layer: Kustomization, name: str) -> list[Any]:
    """The list under a field of a kustomization; empty where there is none."""
    found = layer.data.get(name)
    return found if isinstance(found, list) else []


def _word(layer: Kustomization, name: str) -> str:
    found = layer.data.get(name)
    return "" if found is None else str(found)


def joined(one: Gathered, other: Gathered) -> Gathered:
    """Both together, in order."""
    return Gathered((*one.items, *other.items), one.texts | other.texts, one.open or other.open)
