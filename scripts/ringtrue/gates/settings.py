"""The settings that count: those on main's tip, as it is after the push, never those of what an environment gets."""

from collections.abc import Callable
from dataclasses import dataclass

from ringtrue.checking.severities import effective
from ringtrue.config import FILE, Config, parse
from ringtrue.config.lines import key_lines, line_of
from ringtrue.errors import ConfigError
from ringtrue.gates.refs import HEADS, After, Branches, short
from ringtrue.repository.tree import Tree

Open = Callable[[str], Tree]
"""The tree of a commit, by its full id."""


@dataclass(frozen=True, slots=True)
class Settings:
    config: Config
    branches: Branches
    commit: str
    """Main's tip; "" where there is no main yet."""
    text: str = ""
    """`ringtrue.toml`, "" when there is none."""


def settings(world: After, default: str, opened: Open) -> Settings:
    """The settings after the push; `default` is the ref that the server's HEAD names, or "".

    They are looked for on the default branch first, which may name another one as main. Raises ConfigError.
    """
    first = default if default and _commit(world, default) else HEADS + Config().main
    if not _commit(world, first):
        return Settings(Config(), Branches(default=default), "")
    found = _read(world, first, default, opened)
    named = found.branches.main_ref
    if named == first:
        return found
    if not _commit(world, named):
        raise ConfigError(_wrong(found, first, "which is not there"))
    other = _read(world, named, default, opened)
    if other.branches.main_ref != named:
        raise ConfigError(_wrong(found, first, f"and there it is {other.config.main!r}"))
    return other


def _commit(world: After, ref: str) -> str:
    """Where the branch will be; where it is, when it is about to be deleted or to point to no commit."""
    new = world.tip(ref)
    return (world.history.commit(new) if new else "") or world.history.tip(ref)


def _read(world: After, ref: str, default: str, opened: Open) -> Settings:
    commit = _commit(world, ref)
    text = text_of(opened(commit))
    try:
        config = parse(text) if text else Config()
        effective(config)
    except ConfigError as error:
        raise ConfigError(f"on {short(ref)}: {error}") from None
    return Settings(config, Branches(config.main, config.branches, config.order, default), commit, text)


def text_of(tree: Tree) -> str:
    """`ringtrue.toml` of a tree, "" when it has none."""
    return tree.read(FILE).decode(errors="replace") if tree.is_file(FILE) else ""


def _wrong(found: Settings, ref: str, why: str) -> str:
    line = line_of(key_lines(found.text), ("environments", "main"))
    return f"on {short(ref)}: {FILE}:{line}: [environments] main is {found.config.main!r}, {why}"
