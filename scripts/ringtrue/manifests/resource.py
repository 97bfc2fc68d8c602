"""One Kubernetes object as it would be applied, and a place in it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from ringtrue.findings import ObjectId, Route

_Arguments = TypeVarTuple("_Arguments")
_Fact = TypeVar("_Fact")

Key = tuple[str, str, str, str]
"""(group, kind, namespace, name): what the API server and Argo CD tell objects apart by."""


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """A rendered object. Compared by identity; `data` must not be changed.

    `namespace` is the effective one: `metadata.namespace`, else the destination's, else `default`;
    "" for cluster-scoped kinds. `source` is the root-relative path of the source that rendered it, `index` the
    document's position in that source's output, `within` leads to the object where the document is a `List`.
    """

    data: Mapping[str, Any]
    namespace: str
    source: str = ""
    index: int = 0
    within: Route = ()
    api_version: str = field(init=False)
    group: str = field(init=False)
    kind: str = field(init=False)
    name: str = field(init=False)
    facts: dict[Hashable, Any] = field(init=False, repr=False, default_factory=dict)
    """What `fact` functions have found out about it."""

    def __post_init__(self) -> None:
        api_version = text_at(self.data, "apiVersion")
        object.__setattr__(self, "api_version", api_version)
        object.__setattr__(self, "group", api_version.rpartition("/")[0])
        object.__setattr__(self, "kind", text_at(self.data, "kind"))
        object.__setattr__(self, "name", text_at(self.data, "metadata", "name"))

    def get(self, *route: str | int) -> Any:
        """The value at a route; None where a key, an index or a container is missing."""
        return follow(self.data, route)

    def mapping(self, *route: str | int) -> Mapping[str, Any]:
        """The mapping at a route; an empty one where something else, or nothing, stands there."""
        found = follow(self.data, route)
        return found if isinstance(found, Mapping) else {}

    def items(self, *route: str | int) -> list[Mapping[str, Any]]:
        """The list of mappings at a route, positions kept: an entry of another type becomes an empty mapping."""
        found = follow(self.data, route)
        if not isinstance(found, list):
            return []
        return [item if isinstance(item, Mapping) else {} for item in found]

    @property
    def labels(self) -> Mapping[str, str]:
        """`metadata.labels`, the entries that are strings."""
        return _texts(self, "labels")

    @property
    def annotations(self) -> Mapping[str, str]:
        """`metadata.annotations`, the entries that are strings."""
        return _texts(self, "annotations")

    @property
    def key(self) -> Key:
        return (self.group, self.kind, self.namespace, self.name)

    @property
    def id(self) -> ObjectId:
        return ObjectId(self.kind, self.namespace, self.name)

    @property
    def called(self) -> str:
        """What a message calls it: `Service 'web'`; without a name how its name will begin, or that it has none."""
        if self.name:
            return f"{self.kind} {self.name!r}"
        prefix = text_at(self.data, "metadata", "generateName")
        return f"{self.kind} with generateName {prefix!r}" if prefix else f"{self.kind} without a name"

    @property
    def called_in_full(self) -> str:
        """The same with its namespace: `Service 'shop/web'`."""
        if self.name and self.namespace:
            return f"{self.kind} {f'{self.namespace}/{self.name}'!r}"
        return f"{self.called} in namespace {self.namespace!r}" if self.namespace else self.called

    def at(self, *route: str | int) -> "Spot":
        return Spot(self, route)

    def __str__(self) -> str:
        """What a chain calls it, with its namespace: `Service shop/web`."""
        place = f" in namespace {self.namespace}" if self.namespace else ""
        return str(self.id) if self.name else f"{self.called}{place}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of a rendered object; tracing finds the line to edit, of the nearest parent if it must."""

    resource: Resource
    route: Route = ()

    @property
    def value(self) -> Any:
        return self.resource.get(*self.route)


def fact(function: Callable[[Resource, *_Arguments], _Fact]) -> Callable[[Resource, *_Arguments], _Fact]:
    """Works out a pure function of an object once for each object (and further arguments), however many rules ask.

    Objects do not change, so an answer holds for as long as the object lives.
    """

    @wraps(function)
    def known(resource: Resource, *arguments: *_Arguments) -> _Fact:
        key = (function, *arguments) if arguments else function
        try:
            found: _Fact = resource.facts[key]
        except KeyError:
            found = resource.facts[key] = function(resource, *arguments)
        return found

    return known


@fact
def _texts(resource: Resource, field: str) -> Mapping[str, str]:
    return strings(resource.get("metadata", field))


def follow(value: Any, route: Route) -> Any:
    """The value below `value` at `route`, or None."""
    for step in route:
        # Most values are plain dicts, and this is asked a million times: the cheapest test comes first.
        if type(value) is dict and type(step) is str:
            value = value.get(step)
        elif isinstance(step, int):
            if not isinstance(value, list) or not -len(value) <= step < len(value):
                return None
            value = value[step]
        elif isinstance(value, Mapping):
            value = value.get(step)
        else:
            return None
    return value


def strings(value: Any) -> dict[str, str]:
    """The entries of a mapping whose values are strings: labels, selectors, annotations, ConfigMap data."""
    if not isinstance(value, Mapping):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}


def text_at(value: Any, *route: str | int) -> str:
    """The string at a route; "" where anything else stands."""
    found = follow(value, route)
    return found if isinstance(found, str) else ""


def texts_at(value: Any, *route: str | int) -> tuple[str, ...]:
    """The strings in the list at a route; () where anything else stands."""
    found = follow(value, route)
    return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()


def mappings_at(value: Any, *route: str | int) -> list[Mapping[str, Any]]:
    """The mappings in the list at a route; [] where anything else stands."""
    found = follow(value, route)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []
