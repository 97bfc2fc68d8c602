"""Alias bombs in what kustomizations name: found before Kustomize, which would eat gigabytes before it is stopped."""

from ringtrue.environments.file_faults import file_faults
from ringtrue.repository.graph import Graph
from ringtrue.repository.tree import Tree

_FEWEST = 20
"""With fewer aliases a document does not grow dangerously; asterisks are counted, which is quick."""


def bombs(tree: Tree, graph: Graph) -> frozenset[str]:
    """Kustomization files, and YAML files that they name, that would grow out of bounds."""
    named = {path for layer in graph.kustomizations.values() for path in layer.files}
    return frozenset(path for path in sorted(named) if _is_bomb(path, tree))


def _is_bomb(path: str, tree: Tree) -> bool:
    if not path.endswith((".yaml", ".yml", ".json", "Kustomization")):
        return False
    try:
        content = tree.read(path)
    except OSError:
        return False
    if content.count(b"*") < _FEWEST or b"&" not in content:
        return False
    return any("alias bomb" in fault.problem for fault in file_faults(path, content))
