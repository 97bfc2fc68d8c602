"""Alias bombs in what kustomizations name: found before Kustomize, which would eat gigabytes before it is stopped."""

from ringtrue.environments.file_faults import file_faults
from ringtrue.repository.tree import Tree

_FEWEST = 20
"""With fewer aliases a document does not grow dangerously; asterisks are counted, which is quick."""


def is_bomb(path: str, tree: Tree) -> bool:
    """Whether a kustomization file, or a YAML file that one names, would grow out of bounds."""
    if not path.endswith((".yaml", ".yml", ".json", "Kustomization")):
        return False
    try:
        content = tree.read(path)
    except OSError:
        return False
    if content.count(b"*") < _FEWEST or b"&" not in content:
        return False
    return any("alias bomb" in fault.problem for fault in file_faults(path, content))
