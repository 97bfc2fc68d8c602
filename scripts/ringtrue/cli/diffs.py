"""`ringtrue diff`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ringtrue.changes import Difference, Side, Sides, compare
from ringtrue.checking import Options, Report, check
from ringtrue.checking.assumptions import Assumption
from ringtrue.checking.choosing import chosen
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import Output, check_writable, write
from ringtrue.cli.place import root_of, settings_text
from ringtrue.cli.running import Session, ended, session
from ringtrue.cli.terminal import columns, show, use_colour
from ringtrue.config import FILE
from ringtrue.errors import NothingToCheck
from ringtrue.rendering.remembering import Remembering
from ringtrue.rendering.request import Limits
from ringtrue.reports import diff_json, diff_text
from ringtrue.reports.looks import Look, looking
from ringtrue.repository.revision import RevisionTree, revision
from ringtrue.repository.tree import Tree

_NAMES = {"working tree": "the working tree", "index": "the index"}


@dataclass(frozen=True, slots=True)
class _Found:
    difference: Difference
    sides: Sides
    bugs: tuple[str, ...]
    reports: tuple[Report, Report]


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Compares and reports; 3 for a fault of our own, 1 where something got worse, else 0. Raises RingtrueError."""
    older, *newer = arguments.words
    root = root_of(arguments.root, ())
    check_writable(arguments.outputs)
    with session(root, arguments, environ, limits, *newer) as at, revision(root, older, environ) as tree:
        found = _compared(tree, replace(at, renderer=Remembering(at.renderer)), arguments)
    for output in arguments.outputs:
        look = Look() if output.path else Look(use_colour(arguments.colour, environ), columns(environ))
        made = _made(found, output, arguments, look)
        if output.path is None:
            show(made)
        else:
            write(output.path, made)
    return ended(found.bugs, 1 if found.difference.worse else 0)


def _compared(older: RevisionTree, at: Session, arguments: Arguments) -> _Found:
    before = _checked(older, at, Options(), None)
    after = _checked(at.tree, at, Options(places=arguments.verbose), before or Report((), ()))
    if before is None and after is None:
        raise NothingToCheck(f"no manifest was found in {older.revision}, nor in {_side(at.tree).name}")
    old, new = before or Report((), ()), after or Report((), ())
    chosen((*old.environments, *new.environments), arguments.environments)
    sides = Sides(_side(older), _side(at.tree))
    found = compare(old, new).only(arguments.environments)
    assumed = (*_other_settings(older, at.tree, sides), *found.assumptions)
    bugs = tuple(dict.fromkeys((*old.bugs, *new.bugs)))
    return _Found(replace(found, assumptions=assumed), sides, bugs, (old, new))


def _checked(tree: Tree, at: Session, options: Options, before: Report | None) -> Report | None:
    """None where there is nothing: before the first manifest, or after the last."""
    try:
        return check(tree, at.config, at.renderer, options, (), at.progress, before=before)
    except NothingToCheck:
        return None


def _side(tree: Tree) -> Side:
    if isinstance(tree, RevisionTree):
        return Side(tree.revision, tree.commit)
    return Side(_NAMES[tree.kind])


def _other_settings(older: Tree, newer: Tree, sides: Sides) -> tuple[Assumption, ...]:
    """A changed `ringtrue.toml` must not look like a changed cluster."""
    if settings_text(older) == settings_text(newer):
        return ()
    said = f"{FILE} changed; both sides are judged by that of {sides.after.name}"
    return (Assumption(said),)


def _made(found: _Found, output: Output, arguments: Arguments, look: Look) -> str:
    if output.format == "json":
        return diff_json.render(found.difference, found.sides)
    view = diff_text.View(arguments.verbose, not arguments.quiet)
    if output.format == "markdown":
        return _markdown(found, view)
    return looking(diff_text.lines(found.difference, found.sides, view), look)


def _markdown(found: _Found, view: diff_text.View) -> str:
    from ringtrue.reports import diff_markdown  # here, as what it compares with: most runs are for people
    from ringtrue.reports.rendered import rendered

    whole = found.difference
    # What did not render is not gone.
    names = [name for name in whole.environments if name not in whole.failing]
    return diff_markdown.render(whole, found.sides, rendered(*found.reports, names), view)
