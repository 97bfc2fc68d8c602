"""What a run starts from: leaf kustomizations, plain folders, and what the command line names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ringtrue.config import Config
from ringtrue.environments import plans
from ringtrue.environments.plain import Plain, plain
from ringtrue.environments.plans import Plan
from ringtrue.environments.selection import Selection, select
from ringtrue.environments.views import View


@dataclass(frozen=True, slots=True)
class Start:
    """`plans` are rendered first; `found` is what the plain files of the tree are."""

    selection: Selection | None
    found: Plain
    plans: tuple[Plan, ...]
    skip: Callable[[str], bool]

    @property
    def looked_at(self) -> tuple[Plain, ...]:
        return self.selection.plain if self.selection else (self.found,)

    def aside(self, path: str) -> bool:
        """Whether a file is not looked at."""
        return not self.selection.covers(path) if self.selection else self.skip(path)

    @property
    def nothing(self) -> str:
        """The sentence for a run that has found nothing."""
        where = f" in {', '.join(map(repr, self.selection.paths))}" if self.selection else ""
        return f"nothing to check{where}: no kustomization, and no YAML or JSON file with apiVersion and kind"


def starting(view: View, config: Config, paths: Sequence[str]) -> Start:
    """Raises UsageError for a path that does not exist."""
    selection = select(paths, view.tree, view.graph)
    skip = skipping(config.skip)
    found = plain(view.tree, view.graph, view.tree.files(), skip)
    leaves = [plans.kustomization(leaf) for leaf in view.graph.leaves(skip)]
    folders = [plans.directory(folder, files, declared=False) for folder, files in found.folders.items()]
    first = dict.fromkeys((*leaves, *folders, *(selection.plans if selection else ())))
    return Start(selection, found, tuple(first), skip)


def skipping(folders: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path is, or is below, one of the folders."""
    named = tuple(folder.strip("/") for folder in folders)
    return lambda path: any(path == folder or path.startswith(folder + "/") for folder in named)
