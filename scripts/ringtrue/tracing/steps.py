"""Routes by merge keys: a strategic merge reorders lists, so a rendered index means nothing elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ringtrue.findings import Route

_NAME = (("name",),)
_MERGE_KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "containers": _NAME,
    "initContainers": _NAME,
    "ephemeralContainers": _NAME,
    "env": _NAME,
    "volumes": _NAME,
    "imagePullSecrets": _NAME,
    "secrets": _NAME,
    "webhooks": _NAME,
    "volumeMounts": (("mountPath",),),
    "volumeDevices": (("devicePath",),),
    "hostAliases": (("ip",),),
    "topologySpreadConstraints": (("topologyKey", "whenUnsatisfiable"), ("topologyKey",)),
    "ports": (("containerPort", "protocol"), ("port", "protocol"), ("containerPort",), ("port",)),
}
"""Lists that a strategic merge joins by key, the closest key first; every other list it replaces whole."""
_DEFAULTS = {"protocol": "TCP"}


@dataclass(frozen=True, slots=True)
class Item:
    """A step into a list: what stands there in the rendered object, and beside what."""

    index: int
    value: Any
    siblings: Sequence[Any]
    keys: tuple[tuple[str, ...], ...] = ()
    """The merge keys that tell this item apart; none in a list that is replaced whole."""


Step = str | Item
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How far the steps lead in another document."""

    route: Route
    value: Any
    complete: bool


def steps(data: Any, route: Route) -> Steps:
    """A route of a rendered object as steps, as far as it exists there."""
    walked: list[Step] = []
    field = ""
    for step in route:
        if isinstance(step, int):
            if not isinstance(data, list) or not -len(data) <= step < len(data):
                break
            keys = tuple(key for key in _MERGE_KEYS.get(field, ()) if _key(data[step], key) is not None)
            walked.append(Item(step % len(data), data[step], data, keys))
        else:
            if not isinstance(data, dict) or step not in data:
                break
            walked.append(step)
            field = step
        data = data[step]
    return tuple(walked)


def locate(value: Any, wanted: Iterable[Step], *, loose: bool = False) -> Found:
    """Follows the steps below `value`, and says where it had to stop.

    `loose` also takes an item whose merge key has changed since: right for the document that declares the object,
    wrong for a patch, which meets items by merge key only.
    """
    route: list[str | int] = []
    for step in wanted:
        at = _index(value, step, loose) if isinstance(step, Item) else step
        if at is None or (isinstance(at, str) and not (isinstance(value, dict) and at in value)):
            return Found(tuple(route), value, complete=False)
        route.append(at)
        value = value[at]
    return Found(tuple(route), value, complete=True)


def same_item(step: Item, value: Any) -> bool:
    """Whether a value is, by its closest merge key, the item of this step."""
    if not step.keys:
        return bool(step.value == value)
    return any(_key(value, key) == _key(step.value, key) for key in step.keys)


def is_merge_key(wanted: Steps) -> bool:
    """Whether the last step is what tells its item apart: the name of a container, the number of a port."""
    if len(wanted) < 2 or not isinstance(wanted[-2], Item):
        return False
    return any(wanted[-1] == key[0] for key in wanted[-2].keys)


def shape(wanted: Steps) -> tuple[str, ...]:
    """The names on the way, `[]` for a list item: what field it is, whichever item."""
    return tuple("[]" if isinstance(step, Item) else step for step in wanted)


def _index(items: Any, step: Item, loose: bool) -> int | None:
    if not isinstance(items, list):
        return None
    if not step.keys:
        return _equal_or_same(items, step)
    for key in step.keys:
        for index, item in enumerate(items):
            if _key(item, key) == _key(step.value, key):
                return index
    return _renamed(items, step) if loose else None


def _equal_or_same(items: list[Any], step: Item) -> int | None:
    here = step.index < len(items)
    if here and items[step.index] == step.value:
        return step.index
    equal = next((index for index, item in enumerate(items) if item == step.value), None)
    return step.index if equal is None and here else equal


def _renamed(items: list[Any], step: Item) -> int | None:
    """The item whose merge key a later writer has changed: by name, else the one at its place that has gone missing."""
    name = _key(step.value, ("name",))
    named = [index for index, item in enumerate(items) if name is not None and _key(item, ("name",)) == name]
    if named:
        return named[0]
    if len(items) != len(step.siblings):
        return None
    key = step.keys[0]
    gone = _key(items[step.index], key) not in [_key(sibling, key) for sibling in step.siblings]
    return step.index if gone else None


def _key(item: Any, key: tuple[str, ...]) -> tuple[Any, ...] | None:
    if not isinstance(item, dict) or key[0] not in item:
        return None
    return tuple(item.get(part, _DEFAULTS.get(part)) for part in key)
