"""All that writes a field of a rendered object, in build order."""

from typing import Any

from ringtrue.environments.environment import Source
from ringtrue.tracing.generators import generated
from ringtrue.tracing.pages import Pages
from ringtrue.tracing.patches import patched, patched_late
from ringtrue.tracing.replacements import replaced
from ringtrue.tracing.steps import locate
from ringtrue.tracing.trail import Stage, Trail
from ringtrue.tracing.transformers import labelled, pinned, renamed, scaled
from ringtrue.tracing.writing import UNKNOWN, Field, Writing, worded


def writings(field: Field, trail: Trail, source: Source, pages: Pages) -> list[Writing]:
    """The declaration first, then what each layer writes: the order of Kustomize 5.8 (`semantics.md` section 6)."""
    found = _declared(field, trail)
    for stage in trail.stages:
        found += generated(stage, field, pages)
        found += patched(stage, field, trail.declaration, pages)
        found += renamed(stage, field)
        found += labelled(stage, field)
        found += patched_late(stage, field, trail.declaration, pages)
        found += scaled(stage, field)
        found += pinned(stage, field, _latest(found))
        found += replaced(stage, field, source, pages)
    return found


def opaque(stages: tuple[Stage, ...]) -> Writing | None:
    """The outermost field of a kustomization that writes where nothing can be seen; None where there is none."""
    for stage in reversed(stages):
        for name in ("transformers", "vars", "configurations"):
            if stage.entries(name):
                return Writing(stage.passage.place((name,), key=True))
    return None


def _declared(field: Field, trail: Trail) -> list[Writing]:
    if trail.declaration.generated:
        return []
    found = locate(trail.declaration.value, field.steps, loose=True)
    if not found.complete:
        return []
    return [Writing(trail.declaration.place(found.route), found.value, wording=worded(field, found.value))]


def _latest(found: list[Writing]) -> Any:
    return next((writing.value for writing in reversed(found) if writing.value is not UNKNOWN), None)
