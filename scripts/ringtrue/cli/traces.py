"""`ringtrue trace`."""

import os
from collections.abc import Mapping

from ringtrue.checking.question import Trace, trace
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import Output, check_writable, write
from ringtrue.cli.place import root_of
from ringtrue.cli.running import ended, session
from ringtrue.cli.terminal import show, use_colour
from ringtrue.reachability.reasons import Verdict
from ringtrue.rendering.request import Limits
from ringtrue.reports import colour, trace_json, trace_text

_STATUS = {Verdict.PROVED: 0, Verdict.REFUTED: 1, Verdict.UNKNOWN: 4}


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Answers the question; 0 proved, 1 refuted, 4 unknown. Raises RingtrueError."""
    client, host = arguments.words
    check_writable(arguments.outputs)
    with session(root_of(arguments.root, ()), arguments, environ, limits) as at:
        words = (client, host)
        found = trace(at.tree, at.config, at.renderer, words, arguments.environments, at.progress, at.revisions)
    for output in arguments.outputs:
        made = _made(found, output, use_colour(arguments.colour, environ))
        if output.path is None:
            show(made)
        else:
            write(output.path, made)
    return ended(found.bugs, _STATUS[found.proof.verdict])


def _made(found: Trace, output: Output, painted: bool) -> str:
    if output.format == "json":
        return trace_json.render(found)
    if output.path is None and painted:
        return colour.coloured(trace_text.lines(found))
    return trace_text.render(found)
