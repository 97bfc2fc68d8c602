"""`ringtrue check`."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

from ringtrue.checking import Options, Report, check
from ringtrue.checking.baseline import Baseline, read
from ringtrue.checking.quoting import quotes
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import check_writable, write
from ringtrue.cli.place import paths_of, root_of
from ringtrue.cli.running import ended, named, session
from ringtrue.cli.terminal import columns, say, show, use_colour
from ringtrue.errors import UsageError
from ringtrue.findings import Severity
from ringtrue.rendering.request import Limits
from ringtrue.reports import text
from ringtrue.reports.block import Source
from ringtrue.reports.excerpt import WIDTH
from ringtrue.reports.looks import Look, looking


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Checks and reports; 3 for a fault of our own, 1 for errors found, else 0. Raises RingtrueError."""
    started = time.monotonic()
    root = root_of(arguments.root, arguments.words)
    paths = paths_of(arguments.words, root)
    check_writable(arguments.outputs)
    places = arguments.verbose or any(output.format == "json" for output in arguments.outputs)
    options = Options(arguments.environments, places, _baseline(arguments.baseline))
    with session(root, arguments, environ, limits) as at:
        report = check(at.tree, at.config, at.renderer, options, paths, at.progress, revisions=at.revisions)
        # The files of what is deployed are those of other commits.
        shown = {} if at.revisions else quotes(report, at.tree) if _wants_source(arguments) else {}
    for output in arguments.outputs:
        # A clean run at a terminal stays plain, so that it need not load rich.
        wanted = arguments.colour == "always" or bool(report.findings) or arguments.verbose
        painted = output.path is None and wanted and use_colour(arguments.colour, environ)
        width = None if output.path else columns(environ)
        source = Source(shown if output.format == "text" else {}, width or WIDTH)
        view = text.View(arguments.verbose, arguments.verbose, not arguments.quiet, bool(at.config.path), source)
        made = _made(report, output.format, view, Look(painted, width))
        if output.path is None:
            show(made)
        else:
            write(output.path, made)
    status = ended(report.bugs, 1 if report.count(Severity.ERROR) else 0)
    if arguments.verbose:
        say(f"checked in {time.monotonic() - started:.1f} s with {named(at.renderer)}")
    return status


def _baseline(path: Path | None) -> Baseline | None:
    if path is None:
        return None
    try:
        return read(path.read_text(encoding="utf-8", errors="replace"), str(path))
    except OSError as error:
        raise UsageError(f"--baseline {str(path)!r} cannot be read: {error.strerror}") from None


def _made(report: Report, name: str, view: text.View, look: Look) -> str:
    """Each format is imported only when it is asked for: most runs are for people."""
    match name:
        case "json":
            from ringtrue.reports import json_report

            return json_report.render(report, verbose=view.proofs)
        case "github":
            from ringtrue.reports import github

            return github.render(report, notes=view.notes)
        case "sarif":
            from ringtrue.reports import sarif

            return sarif.render(report, notes=view.notes)
        case "gitlab":
            from ringtrue.reports import gitlab

            return gitlab.render(report, notes=view.notes)
        case "junit":
            from ringtrue.reports import junit

            return junit.render(report, notes=view.notes)
        case "markdown":
            from ringtrue.reports import check_markdown

            return check_markdown.render(report, notes=view.notes)
    return looking(text.lines(report, view), look)


def _wants_source(arguments: Arguments) -> bool:
    return any(output.format == "text" for output in arguments.outputs)
