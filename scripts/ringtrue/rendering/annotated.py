"""Origins from a binary: builds a copy of the closure that asks for origin annotations, and reads those alone.

The copy stands in a temporary folder, so the user's tree is never touched; the values come from the plain build.
"""

import posixpath
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from ringtrue.rendering import scalars
from ringtrue.rendering.closure import Closure
from ringtrue.rendering.messages import RUBBISH
from ringtrue.rendering.request import Origin

_ANNOTATION = "config.kubernetes.io/origin"
_FIELD = "buildMetadata"
_WANTED = "originAnnotations"

Build = Callable[[Path, Path], tuple[str, str]]
"""(root, directory) -> the YAML, and an error or ""."""


def origins_of(closure: Closure, path: str, build: Build) -> tuple[tuple[Origin | None, ...], str]:
    """Where each document of the source comes from, and an error or ""; None where the annotation did not survive."""
    if closure.kustomization is None:
        return (), ""
    with tempfile.TemporaryDirectory(prefix="ringtrue-") as scratch:
        copy = Path(scratch).resolve()
        _copy(closure, copy)
        file = copy / closure.kustomization.relative_to(closure.root)
        file.write_text(_asking(file.read_text(encoding="utf-8-sig")), encoding="utf-8")
        text, error = build(copy, file.parent)
    if error:
        return (), error
    try:
        return tuple(_origin(document, path) for document in scalars.documents(text)), ""
    except yaml.YAMLError:
        return (), RUBBISH


def _copy(closure: Closure, copy: Path) -> None:
    for file in closure.files:
        place = copy / file.relative_to(closure.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    for link, directory in closure.links.items():
        place = copy / link.relative_to(closure.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            place.symlink_to(copy / directory.relative_to(closure.root), target_is_directory=True)


def _asking(text: str) -> str:
    """The kustomization with origin annotations asked for, in whichever style it is written."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    if not isinstance(root, yaml.MappingNode):
        return text
    for key, value in root.value:
        if key.value == _FIELD:
            given = [item.value for item in value.value] if isinstance(value, yaml.SequenceNode) else []
            return f"{text[: key.end_mark.index]}: [{', '.join([*given, _WANTED])}]{text[_end(value) :]}"
    start = root.start_mark
    if root.flow_style:
        return f"{text[: start.index + 1]}{_FIELD}: [{_WANTED}], {text[start.index + 1 :]}"
    return f"{text[: start.index]}{_FIELD}: [{_WANTED}]\n{' ' * start.column}{text[start.index :]}"


def _end(value: yaml.Node) -> int:
    last = value.value[-1] if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.value else value
    return int(last.end_mark.index)


def _origin(document: Any, path: str) -> Origin | None:
    annotation = document
    for key in ("metadata", "annotations", _ANNOTATION):
        annotation = annotation.get(key) if isinstance(annotation, dict) else None
    if not isinstance(annotation, str):
        return None
    fields = next(scalars.documents(annotation), None)
    if not isinstance(fields, dict):
        return None
    return Origin(_from_root(path, fields.get("path", "")), 0, _from_root(path, fields.get("configuredIn", "")))


def _from_root(source: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(source, name)) if name else ""
