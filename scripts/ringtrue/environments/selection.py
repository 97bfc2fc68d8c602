"""What the PATHs of the command line mean."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ringtrue.environments import plans
from ringtrue.environments.plain import Plain, plain
from ringtrue.environments.plans import Plan
from ringtrue.errors import UsageError
from ringtrue.repository.graph import Graph
from ringtrue.repository.kustomization import NAMES
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Selection:
    """`plans` are environments of their own where no Application declares them."""

    paths: tuple[str, ...]
    """What the user named."""
    folders: tuple[str, ...]
    """Those of `paths` that are folders without a kustomization: everything below is meant."""
    plans: tuple[Plan, ...]
    plain: tuple[Plain, ...]
    """Of each of `folders`, what its files are."""

    def covers(self, path: str) -> bool:
        """Whether the path is, or is below, what the user named."""
        return path in self.paths or any(path.startswith(folder + "/") for folder in self.folders)


def select(paths: Sequence[str], tree: Tree, graph: Graph) -> Selection | None:
    """None when everything is meant: no PATH, or the root itself, unless it is a kustomization.

    Raises UsageError for a PATH that does not exist.
    """
    named = tuple(dict.fromkeys(_kustomization_folder(path, tree) for path in map(posixpath.normpath, paths)))
    if not named or ("." in named and graph.get(".") is None):
        return None
    folders = tuple(path for path in named if tree.is_dir(path) and graph.get(path) is None)
    sorted_out = {folder: plain(tree, graph, tree.below(folder)) for folder in folders}
    plans_of = (_plans(path, graph, sorted_out.get(path)) for path in named)
    return Selection(named, folders, tuple(dict.fromkeys(chain(*plans_of))), tuple(sorted_out.values()))


def _kustomization_folder(path: str, tree: Tree) -> str:
    if not tree.exists(path):
        where = "is not in git's index" if tree.untracked(path) else "does not exist"
        raise UsageError(f"{path!r} {where}")
    closed = next((each.problem for each in tree.unreadable() if each.path == path), "")
    if tree.is_file(path):
        try:
            tree.read(path)
        except OSError as error:
            closed = f"cannot be read: {error.strerror or error}"
    if closed:
        raise UsageError(f"{path!r} {closed}")
    named = posixpath.basename(path) in NAMES and tree.is_file(path)
    return posixpath.dirname(path) or "." if named else path


def _plans(path: str, graph: Graph, found: Plain | None) -> list[Plan]:
    if graph.get(path):
        return [plans.kustomization(path)]
    if found is None:
        return [plans.file(path)]
    inside = [leaf for leaf in graph.leaves() if leaf.startswith(path + "/")]
    inside = inside or list(graph.leaves(lambda folder: not folder.startswith(path + "/")))
    leaves = [plans.kustomization(leaf) for leaf in inside]
    files = tuple(sorted(chain(*found.folders.values())))
    return [*leaves, plans.directory(path, files, declared=False)] if files else leaves
