"""JSON6902 patches as writers: their pointers count items as the list stood before the patch."""

from collections.abc import Iterator
from typing import Any

from ringtrue.manifests.resource import follow
from ringtrue.tracing.pages import Passage
from ringtrue.tracing.steps import Found, Item, Step, Steps, locate, same_item
from ringtrue.tracing.trail import Declaration
from ringtrue.tracing.writing import UNKNOWN, Field, Writing, equal, worded


def pointed(document: Passage, field: Field, declaration: Declaration) -> Iterator[Writing]:
    """What the operations write to the field.

    An index may point at another item by the time it is applied. So one that does not point at this item in the
    declaration counts only where it wrote the very value that is rendered.
    """
    for index, operation in enumerate(document.value):
        pointer = follow(operation, ("path",))
        action = follow(operation, ("op",))
        if not isinstance(pointer, str) or action == "test":
            continue
        parts = _parts(pointer)
        if not _same_shape(parts, field.steps):
            continue
        sure = _same_items(parts, field.steps, declaration.value)
        if action == "remove":
            if field.value is None and len(parts) <= len(field.steps):
                yield Writing(document.place((index, "path")), None)
        elif action in ("add", "replace"):
            yield from _given(document, index, parts, field, sure)
        elif sure:
            yield Writing(document.place((index, "path")))


def _given(document: Passage, index: int, parts: list[str], field: Field, sure: bool) -> Iterator[Writing]:
    value = follow(document.value, (index, "value"))
    if len(parts) > len(field.steps):
        if sure:
            yield Writing(document.place((index, "value")), deep=True)
        return
    last = field.steps[len(parts) - 1] if parts else ""
    rest = field.steps[len(parts) :]
    if isinstance(last, Item) and isinstance(last.value, dict) and not same_item(last, value):
        return
    found = locate(value, rest)
    if found.complete:
        written = _as_rendered(found, field)
        if sure or (written is not UNKNOWN and equal(written, field.value)):
            yield Writing(document.place((index, "value", *found.route)), written, wording=worded(field, written))


def _as_rendered(found: Found, field: Field) -> Any:
    partly = isinstance(found.value, dict) and found.value != field.value
    return UNKNOWN if partly else found.value


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _same_shape(parts: list[str], steps: Steps) -> bool:
    return all(
        part == "-" or part.isdecimal() if isinstance(step, Item) else part == step
        for part, step in zip(parts, steps, strict=False)
    )


def _same_items(parts: list[str], steps: Steps, declared: Any) -> bool:
    """Whether every index of the pointer leads, in the declaration, to the item that is meant, or to none yet."""
    for part, step in zip(parts, steps, strict=False):
        if isinstance(step, Item):
            if part == "-" or not isinstance(declared, list) or int(part) >= len(declared):
                return True
            if not _is_meant(declared[int(part)], int(part), step):
                return False
        declared = _below(declared, part, step)
    return True


def _is_meant(item: Any, index: int, step: Item) -> bool:
    return same_item(step, item) if step.keys else index == step.index


def _below(declared: Any, part: str, step: Step) -> Any:
    return follow(declared, (int(part) if isinstance(step, Item) else part,))
