"""The documents that `[schemas] paths` name: CustomResourceDefinitions in YAML or JSON."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ringtrue.environments.plain import SUFFIXES
from ringtrue.errors import UsageError
from ringtrue.manifests.yaml_values import YamlFault, decode, read
from ringtrue.repository.tree import Tree


def schema_documents(paths: Iterable[str], tree: Tree) -> Iterator[Any]:
    """Every document of the files, and of the files below the folders; raises UsageError for what cannot be read.

    Paths are relative to the root and stay below it: a check reads nothing else.
    """
    for path in map(posixpath.normpath, paths):
        if tree.escapes(path):
            raise UsageError(f"[schemas] paths: {path!r} leads out of the repository")
        for file in _files(path, tree):
            yield from _documents(file, tree)


def _files(path: str, tree: Tree) -> Sequence[str]:
    return [each for each in tree.below(path) if each.endswith(SUFFIXES)] if tree.is_dir(path) else [path]


def _documents(path: str, tree: Tree) -> Iterator[Any]:
    try:
        yield from (document.value for document in read(decode(tree.read(path))))
    except OSError as error:
        raise UsageError(f"[schemas] paths: {path!r} cannot be read: {error.strerror or error}") from error
    except YamlFault as fault:
        raise UsageError(f"[schemas] paths: {path}:{fault}") from fault
