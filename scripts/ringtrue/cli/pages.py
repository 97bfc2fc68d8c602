"""`ringtrue explain` and `ringtrue rules`: they read what is generated, and load no rule."""

import os
import shutil
import sys
from collections.abc import Mapping

from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import check_writable, write
from ringtrue.cli.terminal import show, use_colour
from ringtrue.errors import UsageError
from ringtrue.manual import near
from ringtrue.manual.shipped import listed, page
from ringtrue.reports import page_text, rules_json, rules_text
from ringtrue.reports.lines import Line, plain

_REASON = "reference-"
_NARROWEST, _WIDEST = 40, 100
"""Columns of a page: a longer line is hard to read."""


def explain(arguments: Arguments, environ: Mapping[str, str] = os.environ) -> int:
    """Prints the page of a rule, of a reason, or of why a push is refused; raises UsageError for another name."""
    (word,) = arguments.words
    name = word if word in listed() else f"{_REASON}{word}"
    if name not in listed():
        raise UsageError(f"no rule or reason is called {word!r}; {_hint(word)}")
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    check_writable(arguments.outputs)
    _put(arguments, environ, list(page_text.lines(page(name), width)))
    return 0


def rules(arguments: Arguments, environ: Mapping[str, str] = os.environ) -> int:
    """Prints every rule, reason and refusal with its class, its severity here, and what it says."""
    from ringtrue.cli.place import root_of  # here: `explain` needs no settings
    from ringtrue.config import load
    from ringtrue.manual.grading import effective

    check_writable(arguments.outputs)
    graded = {each.name: each.entry for each in listed().values() if each.entry}
    severities = effective(load(root_of(arguments.root, ())), graded)
    (output,) = arguments.outputs
    if output.format == "json":
        made = rules_json.render(listed().values(), severities)
        write(output.path, made) if output.path else show(made)
        return 0
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() and not output.path else None
    _put(arguments, environ, list(rules_text.lines(listed().values(), severities, width)))
    return 0


def _hint(word: str) -> str:
    """The names that have it as one of their words, else the nearest name."""
    bare = word.removeprefix(_REASON)
    names = [name.removeprefix(_REASON) for name in listed()]
    held = [name for name in names if bare.lower() in name.split("-")]
    return f"it is a word of {', '.join(map(repr, held))}" if held else near(bare, names)


def _put(arguments: Arguments, environ: Mapping[str, str], made: list[Line]) -> None:
    (output,) = arguments.outputs
    if output.path:
        write(output.path, plain(made))
    elif use_colour(arguments.colour, environ):
        from ringtrue.reports.colour import coloured

        show(coloured(made))
    else:
        show(plain(made))
