"""ConfigMaps and Secrets that say they are immutable, and the type of a Secret."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.updates.comparing import without
from ringtrue.cluster.updates.selectors import IMMUTABLE
from ringtrue.manifests.resource import Resource

_SAID = "Forbidden: field is immutable when `immutable` is set"


def frozen(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-05: data of a ConfigMap or Secret with `immutable: true`, which also stays; the type of any Secret.

    No value is told. A key of `stringData` that is left out again stays in the data, where it was put.
    """
    if new.kind == "Secret" and _type(old) != _type(new):
        said = f'type: Invalid value: "{_type(new)}": {IMMUTABLE}; it is {_type(old)}'
        yield Rejection("UPD-05", ("type",), said)
    if old.get("immutable") is not True:
        return
    if new.get("immutable") is not True:
        yield Rejection("UPD-05", ("immutable",), f"immutable: {_SAID}")
    for field in ("data", "binaryData"):
        before = _stored(old, field)
        after = _applied(before, old, new, field)
        if before != after:
            changed = sorted((key for key in {*before, *after} if before.get(key) != after.get(key)), key=str)
            differs = f"{', '.join(map(repr, changed))} {'differs' if len(changed) == 1 else 'differ'}"
            yield Rejection("UPD-05", _place(new, field), f"{field}: {_SAID}; {differs}")


def _type(resource: Resource) -> object:
    return resource.get("type") or "Opaque"


def _place(new: Resource, field: str) -> tuple[str]:
    return ("stringData",) if field == "data" and new.kind == "Secret" and not new.mapping("data") else (field,)


def _stored(resource: Resource, field: str) -> dict[str, Any]:
    """The data as the API server keeps them: decoded, with `stringData` over them."""
    made = {key: _decoded(value, resource, field) for key, value in resource.mapping(field).items()}
    return {**made, **_texts(resource, field)}


def _applied(stored: Mapping[str, Any], old: Resource, new: Resource, field: str) -> dict[str, Any]:
    """What applying `new` makes of them: only keys that were in the same field of `old` go."""
    kept = without(stored, *(old.mapping(field).keys() - new.mapping(field).keys()))
    written = {key: _decoded(value, new, field) for key, value in new.mapping(field).items()}
    return {**kept, **written, **_texts(new, field)}


def _texts(resource: Resource, field: str) -> dict[str, Any]:
    if resource.kind != "Secret" or field != "data":
        return {}
    return {key: str(value).encode() for key, value in resource.mapping("stringData").items()}


def _decoded(value: Any, resource: Resource, field: str) -> Any:
    """Base64 of a Secret's data, or of binary data; what is none compares as it stands."""
    if not isinstance(value, str) or (resource.kind == "ConfigMap" and field == "data"):
        return value
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return value
