"""Holds ringtrue against the answers that other tools keep beside their test manifests.

    python -m benchmarks.answers DIR [--write] [-v]
    python -m benchmarks.answers --list

`--list` names the repositories. DIR holds a bare git directory `owner+name` for each of them; nothing is fetched.
Exit status: 0 when every disagreement has its reason in sources.toml, 1 when not, 2 when something is not in DIR.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy import trees
from benchmarks.answers.alerts import alerted
from benchmarks.answers.comparing import Tally, compare
from benchmarks.answers.connlist import parse
from benchmarks.answers.page import folders, page, unexplained
from benchmarks.answers.sources import Connections, Tool, connections, tools
from benchmarks.answers.verdicts import Outcome, judged
from benchmarks.answers.worlds import world

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "answers.md"
_SUFFIX = "_connlist_output.txt"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the page, and each folder's counts with -v; writes docs/answers.md when asked."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    known, others = connections(), tools()
    if arguments.list:
        sys.stdout.write("".join(f"{name}\n" for name in sorted((known.repository, *(t.repository for t in others)))))
        return 0
    if arguments.folder is None:
        parser.error("DIR is missing")
    try:
        tallies = compared(known, arguments.folder)
        outcomes = {tool: checked(tool, arguments.folder) for tool in others}
    except trees.Missing as error:
        sys.stderr.write(f"answers: {error}\n")
        return 2
    text = page(known, tallies, outcomes)
    sys.stdout.write(text)
    if arguments.verbose:
        sys.stdout.write("".join(f"{line}\n" for line in folders(tallies)))
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")
    missing = unexplained(tallies, outcomes)
    sys.stderr.write("".join(f"answers: {line}\n" for line in missing))
    return 1 if missing else 0


def compared(known: Connections, folder: Path) -> list[Tally]:
    """Every folder that has an answer, in the order of their names; raises trees.Missing."""
    with TemporaryDirectory() as made:
        under = (known.manifests, known.answers)
        trees.write(trees.bare(folder, known.repository), known.commit, under, Path(made), known.repository)
        answers = {path.name.removesuffix(_SUFFIX): path for path in Path(made, known.answers).glob(f"*{_SUFFIX}")}
        worlds = {name: Path(made, known.manifests, name) for name in sorted(answers)}
        return [
            compare(name, world(path), parse(answers[name].read_text(encoding="utf-8")))
            for name, path in worlds.items()
            if path.is_dir()
        ]


def checked(tool: Tool, folder: Path) -> list[Outcome]:
    """Every verdict of one tool beside ours; raises trees.Missing."""
    with TemporaryDirectory() as made:
        trees.write(trees.bare(folder, tool.repository), tool.commit, (tool.under,), Path(made), tool.repository)
        under = Path(made, tool.under)
        return [*judged(tool, under), *alerted(tool, under)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="answers", description="Hold ringtrue against other tools' answers.")
    folder = "holds a bare git directory owner+name of each repository"
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help=folder)
    parser.add_argument("--list", action="store_true", help="name the repositories that DIR must hold, and end")
    parser.add_argument("--write", action="store_true", help="write docs/answers.md")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what each folder gave")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
