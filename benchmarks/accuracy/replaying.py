"""Fixes of the past: the fault is reported at the commit before, and not at the commit."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy import trees
from benchmarks.accuracy.answers import Answer, ask
from benchmarks.accuracy.labels import Replay


@dataclass(frozen=True, slots=True)
class Outcome:
    replay: Replay
    holds: bool
    why: str
    """The finding before the fix, or what went wrong."""


def replay(each: Replay, folder: Path) -> Outcome:
    """Checks both commits; raises trees.Missing."""
    before, after = _at(each, f"{each.commit}^", folder), _at(each, each.commit, folder)
    for answer in (before, after):
        if answer.status not in (0, 1):
            return Outcome(each, False, f"exit {answer.status}: {answer.stderr.strip()[-120:]}")
    found, left = (_about(each, answer) for answer in (before, after))
    if found and not left:
        return Outcome(each, True, found[0])
    return Outcome(each, False, "still there after the fix" if found else "nothing before the fix")


def _about(each: Replay, answer: Answer) -> list[str]:
    return [found.shown for found in answer.findings if found.at_least(each.level) and found.is_about(each.spec)]


def _at(each: Replay, commit: str, folder: Path) -> Answer:
    with TemporaryDirectory() as made:
        tree = Path(made) / "tree"
        trees.write(trees.bare(folder, each.repository), commit, each.under, tree, each.repository)
        return ask(*trees.placed(tree, each.unit, Path(made) / "unit"))
