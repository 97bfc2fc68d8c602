"""What a tree puts on its clusters, with a proof of every reference, before a rule has spoken."""

from collections.abc import Sequence
from dataclasses import dataclass

from ringtrue.checking.choosing import chosen
from ringtrue.checking.proving import proven
from ringtrue.checking.raising import Severities
from ringtrue.checking.report import Options
from ringtrue.checking.severities import effective
from ringtrue.config import Config
from ringtrue.environments import survey
from ringtrue.environments.environment import Environment, Survey
from ringtrue.environments.views import Revisions
from ringtrue.rendering.request import Progress, Renderer
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Standing:
    """As long as the tree is open, it can be judged."""

    tree: Tree
    config: Config
    renderer: Renderer
    paths: Sequence[str]
    progress: Progress | None
    deployed: bool
    """Whether it is what is deployed, each source at its revision."""
    severities: Severities
    survey: Survey
    environments: tuple[Environment, ...]
    """Those that are asked for, with their proofs."""
    bugs: tuple[str, ...]


def standing(
    tree: Tree,
    config: Config,
    renderer: Renderer,
    options: Options,
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    revisions: Revisions | None = None,
) -> Standing:
    """Renders and proves; arguments and errors are those of `check`."""
    severities = effective(config)
    found = survey(tree, config, renderer, paths, progress, revisions)
    results = [proven(environment, config) for environment in chosen(found.environments, options.environments)]
    return Standing(
        tree,
        config,
        renderer,
        paths,
        progress,
        revisions is not None,
        severities,
        found,
        tuple(result.environment for result in results),
        tuple(bug for result in results for bug in result.bugs),
    )
