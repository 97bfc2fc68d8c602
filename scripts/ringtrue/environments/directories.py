"""The files of an Argo CD directory source."""

import re
from collections.abc import Mapping
from typing import Any

from ringtrue.environments.file_faults import file_faults
from ringtrue.environments.plain import SUFFIXES
from ringtrue.repository.tree import Tree

_JSONNET = ".jsonnet"
_LEFT_OUT = b"+argocd:skip-file-rendering"
"""A file that holds this anywhere is not looked at."""
_YAML = (".yaml", ".yml")
_WORDS = (b"apiVersion:", b"kind:", b"metadata:")


def is_jsonnet(path: str) -> bool:
    return path.endswith(_JSONNET)


def directory_files(folder: str, options: Mapping[str, Any], tree: Tree) -> tuple[str, ...]:
    """Manifests and Jsonnet of the folder, with `recurse` of those below, kept and dropped by `include`, `exclude`.

    Hidden files count as others do, one that says so in a comment does not; in the order in which Argo CD meets them.
    """
    include, exclude = options.get("include"), options.get("exclude")
    found = []
    for path in tree.below(folder, hidden=True):
        relative = path if folder == "." else path.removeprefix(folder + "/")
        if not path.endswith((*SUFFIXES, _JSONNET)) or ("/" in relative and options.get("recurse") is not True):
            continue
        if isinstance(include, str) and include and not _glob(include).fullmatch(relative):
            continue
        if isinstance(exclude, str) and exclude and _glob(exclude).fullmatch(relative):
            continue
        if not _is_passed_over(path, tree):
            found.append(path)
    return tuple(sorted(found, key=lambda path: path.split("/")))


def _is_passed_over(path: str, tree: Tree) -> bool:
    """What cannot be read as YAML stops Argo CD only where it looks like a manifest."""
    try:
        content = tree.read(path)
    except OSError:
        # The renderer says what is wrong with it.
        return False
    if _LEFT_OUT in content:
        return True
    looks_like_one = not path.endswith(_YAML) or all(word in content for word in _WORDS)
    return not looks_like_one and bool(file_faults(path, content))


def _glob(pattern: str) -> re.Pattern[str]:
    """Argo CD's globs: `*` crosses folders too, `{a,b}` is either, `[...]` and `?` one character."""
    parts = {"*": ".*", "?": ".", "{": "(?:", "}": ")", ",": "|", "[": "[", "]": "]", "!": "!", "-": "-"}
    inside = False
    made = []
    for character in re.sub(r"\*+", "*", pattern):
        inside = (inside or character == "{") and character != "}"
        if character == "," and not inside:
            made.append(",")
        else:
            made.append(parts.get(character, re.escape(character)))
    try:
        return re.compile("".join(made).replace("[!", "[^"), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))
