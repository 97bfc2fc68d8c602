"""Holds ringtrue against the real components: `python tests/oracles/run.py --help`.

Prints one line for each oracle, and each disagreement made small; exits 1 on a disagreement or too many undecided,
2 when an oracle could not run.
"""

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import apiserver.compare
import coredns.compare
import cyclonus.compare
import endpointslice.compare
import labelselectors.compare
import reposerver.compare
import resolvers.compare
import updates.compare
from components.building import Unavailable
from frame.tally import Tally

ORACLES: dict[str, tuple[Callable[[int, int], Tally], int]] = {
    "dns": (coredns.compare.run, 10_000),
    "glibc": (lambda size, seed: resolvers.compare.run("glibc", size, seed), 10_000),
    "musl": (lambda size, seed: resolvers.compare.run("musl", size, seed), 10_000),
    "selectors": (labelselectors.compare.run, 10_000),
    "endpoints": (endpointslice.compare.run, 1_000),
    "admission": (apiserver.compare.run, 1_000),
    "updates": (updates.compare.run, 1_000),
    "policies": (cyclonus.compare.run, 5_000),
    "rendering": (reposerver.compare.run, 100),
}
"""Each oracle, and how many questions make a full run."""

SHORT = 10
"""A short run asks a tenth of that."""

SHOWN = 5
WRONG, NOT_RUN, INTERRUPTED = 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    chosen = _chosen(arguments)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        return _hold(chosen.oracle or list(ORACLES), chosen.seed, SHORT if chosen.short else 1)
    except KeyboardInterrupt:
        sys.stderr.write("oracles: interrupted\n")
        return INTERRUPTED


def _chosen(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("oracle", nargs="*", metavar="oracle", help=f"{', '.join(ORACLES)}; default: all")
    parser.add_argument("--seed", type=int, default=1, help="default: 1; the same seed asks the same questions")
    parser.add_argument("--short", action="store_true", help=f"a {SHORT}th of the questions")
    chosen = parser.parse_args(arguments)
    for name in chosen.oracle:
        if name not in ORACLES:
            parser.error(f"no oracle is called {name!r}; there are {', '.join(ORACLES)}")
    return chosen


def _hold(names: list[str], seed: int, part: int) -> int:
    """Runs them all, whatever one of them comes to; the exit status."""
    passed, not_run = True, []
    for name in names:
        run, size = ORACLES[name]
        start = monotonic()
        try:
            tally = run(size // part, seed)
        except Unavailable as missing:
            sys.stderr.write(f"oracles: {name} was not run: {missing}\n")
            not_run.append(name)
            continue
        _report(tally, monotonic() - start)
        passed = passed and tally.passed
    if not_run:
        sys.stderr.write(f"oracles: not run: {', '.join(not_run)}\n")
    return WRONG if not passed else NOT_RUN if not_run else 0


def _report(tally: Tally, seconds: float) -> None:
    sys.stdout.write(f"{tally} in {seconds:.0f} s\n")
    for each in tally.disagreements[:SHOWN]:
        sys.stdout.write(f"  {each}\n")
    if len(tally.disagreements) > SHOWN:
        sys.stdout.write(f"  and {len(tally.disagreements) - SHOWN} more disagreements\n")
    if not tally.passed and not tally.disagreements:
        sys.stdout.write("  too much is undecided\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
