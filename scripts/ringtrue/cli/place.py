"""Which repository is checked, and which part of it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ringtrue.cli.arguments import Arguments
from ringtrue.config import FILE, Config, load, parse
from ringtrue.errors import UsageError
from ringtrue.repository import checkout, git
from ringtrue.repository.tree import Tree

if TYPE_CHECKING:
    from ringtrue.environments.views import Revisions


def root_of(root: Path | None, words: Sequence[str]) -> Path:
    """The root asked for, else the one around here; around the first PATH when that is not below it."""
    if root is not None:
        if not root.is_dir():
            raise UsageError(f"--root {str(root)!r} is no folder")
        return root.resolve()
    here = checkout.find_root(Path.cwd())
    if words and not _real(words[0]).is_relative_to(here):
        return checkout.find_root(_real(words[0]))
    return here


def paths_of(words: Sequence[str], root: Path) -> tuple[str, ...]:
    """The PATHs relative to the root, with `/`; raises UsageError for one that is missing, closed or elsewhere."""
    return tuple(dict.fromkeys(_relative(word, root) for word in words))


@contextmanager
def trees_of(
    root: Path, arguments: Arguments, environ: Mapping[str, str], asked: str = ""
) -> Iterator[tuple[Tree, "Revisions | None"]]:
    """The working tree; what git's index holds with --index, or under pre-commit, which sets PRE_COMMIT=1.

    With `asked` the tree of that revision. With --as-deployed the default branch as the server has it, and what opens
    other revisions.
    """
    if asked:
        from ringtrue.repository.revision import revision

        with revision(root, asked, environ) as tree:
            yield tree, None
    elif arguments.deployed:
        from ringtrue.repository.deployed import deployed

        with deployed(root, environ) as revisions:
            yield revisions.open("HEAD"), revisions
    elif arguments.index or environ.get("PRE_COMMIT") == "1":
        with checkout.index(root, environ) as tree:
            yield tree, None
    else:
        yield checkout.working_tree(root, environ), None


def settings_of(tree: Tree, asked: str = "") -> Config:
    """`ringtrue.toml` of the folder that is checked; of a bare repository, and of a revision asked for, the tree's."""
    if tree.kind == "revision" and (asked or git.is_bare(tree.root)):
        return parse(settings_text(tree) or "") if tree.is_file(FILE) else Config()
    return load(tree.root)


def settings_text(tree: Tree) -> str | None:
    """What `ringtrue.toml` of a tree says; None where it has none."""
    return tree.read(FILE).decode(errors="replace") if tree.is_file(FILE) else None


def _relative(word: str, root: Path) -> str:
    path = _real(word)
    if not os.path.lexists(path):
        raise UsageError(f"no such path: {word!r}")
    if not path.exists():
        raise UsageError(f"{word!r} is a link to nothing")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise UsageError(f"{word!r} cannot be read: Permission denied")
    if not path.is_relative_to(root):
        raise UsageError(f"{word!r} is not below the root {str(root)!r}")
    return path.relative_to(root).as_posix()


def _real(word: str) -> Path:
    """The path with the links of its folders followed, but not its own: a link in the tree is a path of the tree."""
    path = Path(os.path.abspath(word))  # noqa: PTH100 - Path.resolve would follow the last link too
    return path.parent.resolve() / path.name if path.name else path
