"""Argo CD's overrides through a kustomize binary: `kustomize edit` on a temporary copy of what the build needs."""

import glob
import json
import posixpath
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from ringtrue.rendering import places
from ringtrue.rendering.closure import KUSTOMIZATION_NAMES, Closure
from ringtrue.rendering.entries import Entry, Role
from ringtrue.rendering.overrides import Overrides
from ringtrue.rendering.scratch import Scratch

Edit = Callable[[Sequence[str], Path], str]
"""(arguments of `kustomize edit`, directory) -> an error, or ""."""

_FIELD = "patches"
_NO_LIST = "patches of the kustomization is no list, so patches cannot be added to it"
_ESCAPED = {number: f"\\u{number:04x}" for number in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF)}
_NO_MAPPING = "the kustomization is no mapping, so patches cannot be added to it"


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
    """Append to the list as text, so that everything else keeps its type, and the list its style."""
    file = next((directory / name for name in KUSTOMIZATION_NAMES if (directory / name).exists()), None)
    if file is None:
        return "kustomization file not found in the path"
    try:
        changed = with_patches(file.read_text(encoding="utf-8-sig"), patches)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return "the kustomization cannot be read, so patches cannot be added to it"
    except ValueError as error:
        return str(error)
    file.write_text(changed, encoding="utf-8")
    return ""


def with_patches(text: str, patches: Sequence[str]) -> str:
    """The kustomization with the JSON patches behind its own. Raises ValueError where there is no place for them."""
    root = next(yaml.compose_all(text, Loader=yaml.CBaseLoader), None)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError(_NO_MAPPING)
    items = [_as_yaml(patch) for patch in patches]
    for key, value in root.value:
        if key.value == "<<":
            raise ValueError("ringtrue cannot add patches to a kustomization with a merge key without its own renderer")
        if key.value == _FIELD:
            return _appended(text, key, value, items)
    start = root.start_mark
    if root.flow_style:
        comma = ", " if root.value else ""
        return f"{text[: start.index + 1]}{_FIELD}: [{', '.join(items)}]{comma}{text[start.index + 1 :]}"
    return f"{text[: start.index]}{_FIELD}: [{', '.join(items)}]\n{' ' * start.column}{text[start.index :]}"


def _appended(text: str, key: yaml.Node, value: yaml.Node, items: Sequence[str]) -> str:
    if not isinstance(value, yaml.SequenceNode):
        raise ValueError(_NO_LIST)
    alias = value.start_mark.index < key.end_mark.index
    if alias or text[key.end_mark.index :].lstrip(" \t\r\n:").startswith(("*", "&")):
        raise ValueError("ringtrue cannot add patches to an anchored list without its own renderer")
    if value.flow_style:
        end = value.end_mark.index - 1
        comma = ", " if value.value else ""
        return f"{text[:end].rstrip()}{comma}{', '.join(items)}{text[end:]}"
    # Libyaml ends a block list where the next token starts, so what is before that line is the list and comments.
    end = text.rfind("\n", 0, value.end_mark.index) + 1
    if not text[end : value.end_mark.index].strip():
        before, after = text[:end], text[end:]
    else:
        before, after = f"{text[: value.end_mark.index]}\n", text[value.end_mark.index :]
    indent = " " * value.start_mark.column
    return f"{before}{''.join(f'{indent}- {item}{chr(10)}' for item in items)}{after}"


def _as_yaml(patch: str) -> str:
    """JSON is YAML, but for some characters that only YAML takes for a line break or does not print."""
    return json.dumps(json.loads(patch), ensure_ascii=False).translate(_ESCAPED)
