"""What every command that looks at a tree begins with: where it is, what renders it, what is set."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ringtrue.cli.arguments import Arguments
from ringtrue.cli.place import settings_of, trees_of
from ringtrue.cli.terminal import Progress, is_ci, say
from ringtrue.config import Config
from ringtrue.environments.views import Revisions
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Renderer
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Session:
    """A tree, open for as long as the command looks at it."""

    tree: Tree
    revisions: Revisions | None
    """What is deployed, where that is asked for."""
    config: Config
    renderer: Renderer
    progress: Progress


@contextmanager
def session(
    root: Path, arguments: Arguments, environ: Mapping[str, str], limits: Limits | None, asked: str = ""
) -> Iterator[Session]:
    """Opens the tree, with `asked` that of a revision, and shows progress; raises RingtrueError."""
    renderer = choose(limits or Limits(), environ)
    with trees_of(root, arguments, environ, asked) as (tree, revisions):
        if renderer.is_fallback and not arguments.quiet:
            say(f"the built-in renderer was not built, so {named(renderer)} renders, which takes longer")
        config = settings_of(tree, asked)
        if arguments.version:
            config = replace(config, version=arguments.version)
        with Progress(sys.stderr, not arguments.quiet and not is_ci(environ)) as progress:
            yield Session(tree, revisions, config, renderer, progress)


def named(renderer: Renderer) -> str:
    return f"{renderer.name} (Kustomize {renderer.version})" if renderer.version else renderer.name


def ended(bugs: Sequence[str], status: int) -> int:
    """Says each fault of our own; 3 when there is one, which outranks every other status."""
    for bug in bugs:
        say(bug)
    return 3 if bugs else status
