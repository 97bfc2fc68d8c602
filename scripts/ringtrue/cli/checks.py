"""`ringtrue check`."""

import os
import sys
import time
from collections.abc import Mapping
from dataclasses import replace

from ringtrue.checking import Options, Report, check
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.outputs import Output, check_writable, write
from ringtrue.cli.place import paths_of, root_of, tree_of
from ringtrue.cli.terminal import Progress, say, show, use_colour
from ringtrue.config import load
from ringtrue.findings import Severity
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Renderer
from ringtrue.reports import colour, json_report, text
from ringtrue.repository.tree import Tree


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Checks and reports; 3 for a fault of our own, 1 for errors found, else 0. Raises RingtrueError."""
    started = time.monotonic()
    root = root_of(arguments.root, arguments.words)
    paths = paths_of(arguments.words, root)
    check_writable(arguments.outputs)
    renderer = choose(limits or Limits(), environ)
    with tree_of(root, arguments.index, environ) as tree:
        _notice(renderer, arguments)
        report = _report(tree, renderer, arguments, paths)
    for output in arguments.outputs:
        _write(report, output, arguments, environ)
    for bug in report.bugs:
        say(bug)
    if arguments.verbose:
        say(f"checked in {time.monotonic() - started:.1f} s with {_named(renderer)}")
    if report.bugs:
        return 3
    return 1 if report.count(Severity.ERROR) else 0


def _report(tree: Tree, renderer: Renderer, arguments: Arguments, paths: tuple[str, ...]) -> Report:
    config = load(tree.root)
    if arguments.version:
        config = replace(config, version=arguments.version)
    places = arguments.verbose or any(output.format == "json" for output in arguments.outputs)
    with Progress(sys.stderr, not arguments.quiet) as progress:
        return check(tree, config, renderer, Options(arguments.environments, places), paths, progress)


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


def _notice(renderer: Renderer, arguments: Arguments) -> None:
    if renderer.is_fallback and not arguments.quiet:
        say(f"the built-in renderer was not built, so {_named(renderer)} renders, which takes longer")


def _named(renderer: Renderer) -> str:
    return f"{renderer.name} (Kustomize {renderer.version})" if renderer.version else renderer.name
