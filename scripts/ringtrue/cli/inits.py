"""`ringtrue init`."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from ringtrue.checking import Options, check
from ringtrue.checking.proposing import propose
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.place import root_of
from ringtrue.cli.running import ended, session
from ringtrue.cli.terminal import show
from ringtrue.config import FILE
from ringtrue.config.proposal import Proposal, written
from ringtrue.errors import UsageError
from ringtrue.rendering.request import Limits
from ringtrue.reports.summary import counted


def run(arguments: Arguments, environ: Mapping[str, str] = os.environ, limits: Limits | None = None) -> int:
    """Checks once, and writes down what was found; raises RingtrueError, also for a file that is there already."""
    root = root_of(arguments.root, ())
    path = root / FILE
    if os.path.lexists(path):
        raise UsageError(f"{str(path)!r} is there already; `ringtrue init` overwrites nothing")
    with session(root, arguments, environ, limits) as at:
        report = check(at.tree, at.config, at.renderer, Options(), (), at.progress)
        proposal = propose(report, at.tree)
    _create(path, written(proposal))
    if not arguments.quiet:
        show(f"wrote {FILE}: {', '.join(_found(proposal)) or 'nothing is special here'}\nnow run `ringtrue check`\n")
    return ended(report.bugs, 0)


def _create(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be written: {error.strerror}") from None


def _found(proposal: Proposal) -> Iterator[str]:
    if proposal.version:
        yield f"Kubernetes {proposal.version}"
    if proposal.order:
        yield f"{counted(len(proposal.order), 'environment')} in order"
    if proposal.skip:
        yield f"{counted(len(proposal.skip), 'folder')} to skip"
    if proposal.alternatives:
        yield f"{counted(len(proposal.alternatives), 'folder')} of alternatives"
    if proposal.external:
        yield f"{counted(len(proposal.external), 'probable external Service')} to confirm"
