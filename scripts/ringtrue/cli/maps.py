"""`ringtrue map`."""

import os
from collections.abc import Mapping

from ringtrue.checking import Options, Report, check
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import check_writable, write
from ringtrue.cli.place import root_of
from ringtrue.cli.running import ended, session
from ringtrue.cli.terminal import show
from ringtrue.rendering.request import Limits
from ringtrue.reports import map_html, map_json, map_mermaid


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Draws; 0 whatever the map shows, 3 for a fault of our own. Raises RingtrueError."""
    check_writable(arguments.outputs)
    options = Options(arguments.environments, places=True)
    with session(root_of(arguments.root, ()), arguments, environ, limits) as at:
        report = check(at.tree, at.config, at.renderer, options, (), at.progress, revisions=at.revisions)
    for output in arguments.outputs:
        made = _made(report, output.format)
        if output.path is None:
            show(made)
        else:
            write(output.path, made)
    return ended(report.bugs, 0)


def _made(report: Report, name: str) -> str:
    match name:
        case "json":
            return map_json.render(report)
        case "mermaid":
            return map_mermaid.render(report)
    return map_html.render(report)
