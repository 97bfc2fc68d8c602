"""`.argocd-source.yaml` and `.argocd-source-<application>.yaml`: parameters of a source that stand in its folder."""

import posixpath
from collections.abc import Mapping
from typing import Any

from ringtrue.manifests.yaml_values import YamlFault, decode, read
from ringtrue.repository.tree import Tree

_FIXED = ("repoURL", "path", "chart", "targetRevision")
"""What such a file cannot change: which files are read."""


class BadParameters(Exception):
    """Argo CD would fail: the message is the rest of a sentence about the source."""


def merged(source: Mapping[str, Any], path: str, application: str, tree: Tree) -> Mapping[str, Any]:
    """The source with both files merged into it as JSON merge patches (RFC 7386), as Argo CD's repo-server does.

    `application` is the name that Argo CD tracks it by. Raises BadParameters.
    """
    result: Any = source
    for name in (".argocd-source.yaml", f".argocd-source-{application}.yaml"):
        file = posixpath.normpath(posixpath.join(path, name))
        if tree.is_file(file):
            result = _patched(result, _patch(file, tree))
    fixed = {key: source[key] for key in _FIXED if key in source}
    return {**{key: value for key, value in result.items() if key not in _FIXED}, **fixed}


def _patch(file: str, tree: Tree) -> Mapping[str, Any]:
    try:
        documents = read(decode(tree.read(file)))
    except OSError as error:
        raise BadParameters(f"has a {file!r} that cannot be read: {error.strerror or error}") from error
    except YamlFault as fault:
        raise BadParameters(f"has a {file!r} that cannot be read: line {fault.line}: {fault.problem}") from fault
    value = documents[0].value if documents else {}
    if not isinstance(value, Mapping):
        raise BadParameters(f"has a {file!r} that holds no mapping")
    return value


def _patched(target: Any, patch: Any) -> Any:
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _patched(result.get(key), value)
    return result
