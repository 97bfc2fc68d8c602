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
_SIGN = re.compile(r"\\?.", re.DOTALL)
_WORDS = (b"apiVersion:", b"kind:", b"metadata:")


def is_jsonnet(path: str) -> bool:
    return path.endswith(_JSONNET)


def directory_files(folder: str, options: Mapping[str, Any], tree: Tree) -> tuple[str, ...]:
    """Manifests and Jsonnet of the folder, with `recurse` of those below, kept and dropped by `include`, `exclude`.

    Hidden files count as others do, one that says so in a comment does not; in the order in which Argo CD meets them.
    """
    include, exclude = options.get("include"), options.get("exclude")
    found = []
    suffixes = ("",) if options.get("disableExtensionFilter") is True else (*SUFFIXES, _JSONNET)
    for path in tree.below(folder, hidden=True):
        relative = path if folder == "." else path.removeprefix(folder + "/")
        if not path.endswith(suffixes) or ("/" in relative and options.get("recurse") is not True):
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
    looks_like_one = path.endswith(".json") or all(word in content for word in _WORDS)
    return not looks_like_one and bool(file_faults(path, content))


def _glob(pattern: str) -> re.Pattern[str]:
    """Argo CD's globs: `*` crosses folders too, `{a,b}` is either, `[...]` and `?` one character, `\\` quotes one."""
    parts = {"*": ".*", "?": ".", "{": "(?:", "}": ")", "[": "[", "]": "]", "!": "!", "-": "-"}
    depth = 0
    made = []
    for found in _SIGN.finditer(re.sub(r"\*+", "*", pattern)):
        sign = found[0]
        if len(sign) == 2:
            made.append(re.escape(sign[1]))
            continue
        depth = max(0, depth + (sign == "{") - (sign == "}"))
        made.append("|" if sign == "," and depth else parts.get(sign, re.escape(sign)))
    try:
        return re.compile("".join(made).replace("[!", "[^"), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))
