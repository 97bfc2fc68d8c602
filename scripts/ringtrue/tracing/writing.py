"""One place that writes a field, and whether the rendered value is the one it wrote."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ringtrue.findings import Location
from ringtrue.manifests.resource import Resource
from ringtrue.tracing.splices import Splice
from ringtrue.tracing.steps import Steps, shape

_HASH = re.compile(r"(-[0-9a-z]{10})?")


class Unknown(Enum):
    """The value that a writer gave cannot be told without building."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Wording:
    """The text that stands at a writer's place, and where in it the field's own text begins.

    `raw`: it stands there letter by letter, as in a file that a generator reads; else as a YAML scalar.
    """

    text: str
    shift: int = 0
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """`value` is what the field holds after this writer; None when it takes the field away.

    `deep`: it writes something inside the field only.
    """

    location: Location
    value: Any = UNKNOWN
    deep: bool = False
    wording: Wording | None = None
    """None where the text stands elsewhere: in the source of a replacement, in an encoded Secret."""
    by: str = ""
    """The field of a kustomization that acts on objects of other files: "namePrefix", "replacements"."""
    copies: str = ""
    """The fieldPath of a replacement's source."""
    splice: Splice | None = None
    """A replacement that writes only this part of the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """The field that is traced, in the rendered object. `value` is None where the field does not exist."""

    resource: Resource
    steps: Steps
    value: Any

    @property
    def shape(self) -> tuple[str, ...]:
        return shape(self.steps)


def worded(field: Field, value: Any) -> Wording | None:
    """The wording of a value that is written as a YAML scalar; None for what a Secret encodes."""
    encoded = field.resource.kind == "Secret" and field.shape[:1] == ("data",)
    return Wording(value) if isinstance(value, str) and not encoded else None


def agrees(writing: Writing, field: Field, affixes: Sequence[tuple[str, str]]) -> bool:
    """Whether the field still holds what was written, or the name that it became (KUS-03).

    Kustomize renames what refers to a renamed object: `app-config` becomes `dev-app-config-5m2t8bk6d4`. `affixes` are
    the prefix and suffix pairs that the layers may have added.
    """
    if writing.value is UNKNOWN:
        return False
    if equal(writing.value, field.value):
        return True
    if not isinstance(writing.value, str) or not isinstance(field.value, str) or not writing.value:
        return False
    return any(_renamed(writing.value, field.value, prefix, suffix) for prefix, suffix in affixes)


def equal(left: Any, right: Any) -> bool:
    """Equal as JSON: True is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def is_flat(value: Any) -> bool:
    """A selector, labels, a Service port: a mapping that holds no further containers."""
    return isinstance(value, Mapping) and not any(isinstance(item, (Mapping, list)) for item in value.values())


def _renamed(written: str, rendered: str, prefix: str, suffix: str) -> bool:
    start = f"{prefix}{written}{suffix}"
    return rendered.startswith(start) and _HASH.fullmatch(rendered[len(start) :]) is not None
