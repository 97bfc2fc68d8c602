"""Argo CD's overrides for a binary from PATH: the edits are made in a temporary copy of what the build needs."""

import glob
import json
import posixpath
from collections.abc import Callable, Sequence
from pathlib import Path

from ringtrue.rendering import places
from ringtrue.rendering.closure import KUSTOMIZATION_NAMES, Closure
from ringtrue.rendering.entries import Entry, Role
from ringtrue.rendering.kustomization_text import CannotEdit, with_items
from ringtrue.rendering.overrides import Overrides
from ringtrue.rendering.scratch import Scratch

Edit = Callable[[Sequence[str], Path], str]
"""(arguments of `kustomize edit`, directory) -> an error, or ""."""


def apply(overrides: Overrides, copy: Scratch, root: Path, path: str, edit: Edit) -> str:
    """Edit the kustomization of the source in the copy, as scripts/renderer/edits.go does; an error, or ""."""
    directory = places.target(root, path)
    copy.bring(directory)
    if places.kind(directory) is not places.Kind.DIRECTORY or places.outside(root, directory):
        return ""  # the build says so
    for name in KUSTOMIZATION_NAMES:
        copy.bring(directory / name)
    components = _present(overrides, copy, directory)
    for component in components:
        problem = Closure(root, see=copy.bring).problem(directory, Entry("components", component, Role.ROOT))
        if problem:
            return f"spec.source.kustomize: {problem}"
        _bring_matches(component, copy, directory)
    for arguments in overrides.edits():
        error = edit(arguments, directory)
        if error:
            return error
    error = _add_patches(overrides.patches, directory) if overrides.patches else ""
    if components and not error:
        error = edit(("add", "component", *components), directory)
    return error


def _present(overrides: Overrides, copy: Scratch, directory: Path) -> tuple[str, ...]:
    if not overrides.ignore_missing:
        return overrides.components
    found = []
    for component in overrides.components:
        # Joined as Argo CD does, so that an absolute name is looked for below the directory too.
        folder = Path(posixpath.normpath(f"{directory}/{component}"))
        for place in (folder, *(folder / name for name in KUSTOMIZATION_NAMES)):
            copy.bring(place)
        if overrides.ignore_missing == "directory" and folder.exists():
            found.append(component)
        if overrides.ignore_missing == "first" and any((folder / name).is_file() for name in KUSTOMIZATION_NAMES):
            return (component,)
    return tuple(found)


def _bring_matches(component: str, copy: Scratch, directory: Path) -> None:
    """What a pattern may match: all that is in the folders that it looks into."""
    if not glob.has_magic(component):
        return
    fixed = places.target(directory, component)
    while glob.has_magic(str(fixed)) and fixed != copy.root:
        fixed = fixed.parent
    copy.bring_all(fixed)


def _add_patches(patches: Sequence[str], directory: Path) -> str:
    file = next((directory / name for name in KUSTOMIZATION_NAMES if (directory / name).exists()), None)
    if file is None:
        return "kustomization file not found in the path"
    try:
        text = file.read_text(encoding="utf-8-sig")
        changed = with_items(text, "patches", [json.loads(patch) for patch in patches])
        file.write_text(changed, encoding="utf-8")
    except UnicodeDecodeError:
        return "the kustomization is not UTF-8 text"
    except CannotEdit as reason:
        return str(reason)
    return ""
