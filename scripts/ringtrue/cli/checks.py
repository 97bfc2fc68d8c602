"""`ringtrue check`."""

import os
import time
from collections.abc import Mapping

from ringtrue.checking import Options, Report, check
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import Output, check_writable, write
from ringtrue.cli.place import paths_of, root_of
from ringtrue.cli.running import ended, named, session
from ringtrue.cli.terminal import say, show, use_colour
from ringtrue.findings import Severity
from ringtrue.rendering.request import Limits
from ringtrue.reports import colour, json_report, text


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Checks and reports; 3 for a fault of our own, 1 for errors found, else 0. Raises RingtrueError."""
    started = time.monotonic()
    root = root_of(arguments.root, arguments.words)
    paths = paths_of(arguments.words, root)
    check_writable(arguments.outputs)
    places = arguments.verbose or any(output.format == "json" for output in arguments.outputs)
    options = Options(arguments.environments, places)
    with session(root, arguments, environ, limits) as at:
        report = check(at.tree, at.config, at.renderer, options, paths, at.progress)
    for output in arguments.outputs:
        _write(report, output, arguments, environ)
    status = ended(report.bugs, 1 if report.count(Severity.ERROR) else 0)
    if arguments.verbose:
        say(f"checked in {time.monotonic() - started:.1f} s with {named(at.renderer)}")
    return status


def _write(report: Report, output: Output, arguments: Arguments, environ: Mapping[str, str]) -> None:
    # A clean run at a terminal stays plain, so that it need not load rich.
    painted = arguments.colour == "always" or bool(report.findings) or arguments.verbose
    view = text.View(proofs=arguments.verbose, notes=arguments.verbose, summary=not arguments.quiet)
    if output.format == "json":
        made = json_report.render(report, verbose=arguments.verbose)
    elif output.path is None and painted and use_colour(arguments.colour, environ):
        made = colour.coloured(text.lines(report, view))
    else:
        made = text.render(report, view)
    if output.path is None:
        show(made)
    else:
        write(output.path, made)
