"""The files of an Argo CD directory source."""

import re
from collections.abc import Mapping
from typing import Any

from ringtrue.environments.plain import SUFFIXES
from ringtrue.repository.tree import Tree

_JSONNET = ".jsonnet"


def is_jsonnet(path: str) -> bool:
    return path.endswith(_JSONNET)


def directory_files(folder: str, options: Mapping[str, Any], tree: Tree) -> tuple[str, ...]:
    """Manifests and Jsonnet of the folder, with `recurse` of those below, kept and dropped by `include`, `exclude`."""
    include, exclude = options.get("include"), options.get("exclude")
    found = []
    for path in tree.below(folder):
        relative = path if folder == "." else path.removeprefix(folder + "/")
        if not path.endswith((*SUFFIXES, _JSONNET)) or ("/" in relative and options.get("recurse") is not True):
            continue
        if isinstance(include, str) and include and not _glob(include).fullmatch(relative):
            continue
        if isinstance(exclude, str) and exclude and _glob(exclude).fullmatch(relative):
            continue
        found.append(path)
    return tuple(sorted(found))


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
