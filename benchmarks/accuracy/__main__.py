"""Judges ringtrue on public repositories with labelled connections and defects.

    python -m benchmarks.accuracy DIR [--init] [--write] [-v] [--only ID ...]
    python -m benchmarks.accuracy --list

`--list` names the repositories. DIR holds a bare git directory `owner+name` for each of them; nothing is fetched.
`--init` runs `ringtrue init` first, after which the same must hold.
Exit status: 0 when the bars hold, 1 when not, 2 when something is not in DIR.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy import trees
from benchmarks.accuracy.answers import ask, init
from benchmarks.accuracy.bars import broken
from benchmarks.accuracy.judging import Card, judge
from benchmarks.accuracy.labels import Corpus, corpora, labels, replays
from benchmarks.accuracy.replaying import replay
from benchmarks.accuracy.table import misses, page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accuracy.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the page, and every miss with -v; writes docs/accuracy.md when asked."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.list:
        names = {each.repository for each in corpora()} | {each.repository for each in replays()}
        sys.stdout.write("".join(f"{name}\n" for name in sorted(names)))
        return 0
    if arguments.folder is None:
        parser.error("DIR is missing")
    wanted = frozenset(arguments.only)
    chosen = [each for each in corpora() if not wanted or each.id in wanted]
    fixes = [each for each in replays() if not wanted or each.id in wanted]
    try:
        cards = [_scored(each, arguments.folder, arguments.init) for each in chosen]
        outcomes = [replay(each, arguments.folder) for each in fixes]
    except trees.Missing as error:
        sys.stderr.write(f"accuracy: {error}\n")
        return 2
    below = list(broken(cards, outcomes))
    text = page(chosen, cards, outcomes, below)
    sys.stdout.write(text)
    if arguments.verbose:
        sys.stdout.write("".join(f"{each}\n" for each in misses(cards)))
        sys.stdout.write(f"{sum(card.seconds for card in cards):.1f} s\n")
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")
    return 1 if below else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="accuracy", description="Judge ringtrue on public repositories.")
    folder = "holds a bare git directory owner+name of each repository"
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help=folder)
    parser.add_argument("--list", action="store_true", help="name the repositories that DIR must hold, and end")
    parser.add_argument("--only", nargs="*", default=[], metavar="ID", help="only these repositories and fixes")
    parser.add_argument("--init", action="store_true", help="run `ringtrue init` first; the bars are the same")
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    parser.add_argument("-v", "--verbose", action="store_true", help="say every miss")
    return parser


def _scored(corpus: Corpus, folder: Path, configured: bool) -> Card:
    card, known = Card(corpus.id), labels(corpus.id)
    with TemporaryDirectory() as made:
        tree = Path(made) / "tree"
        trees.write(trees.bare(folder, corpus.repository), corpus.commit, corpus.under, tree, corpus.repository)
        for index, unit in enumerate(corpus.units):
            root, paths = trees.placed(tree, unit, Path(made) / f"unit-{index}")
            if configured:
                init(root)
            judge(unit, ask(root, paths), known, card)
    return card


if __name__ == "__main__":
    raise SystemExit(main())
