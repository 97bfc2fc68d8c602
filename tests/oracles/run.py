"""Holds the modules of `ringtrue.cluster` against the real components: `python tests/oracles/run.py --help`.

Prints one line for each oracle, and each disagreement made small; exits 1 on a disagreement or too many undecided,
2 when a component is missing.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import apiserver.compare
import coredns.compare
import cyclonus.compare
import endpointslice.compare
import labelselectors.compare
import resolvers.compare
from frame.components import Unavailable
from frame.tally import Tally

ORACLES: dict[str, tuple[Callable[[int, int], Tally], int]] = {
    "dns": (coredns.compare.run, 10_000),
    "glibc": (lambda size, seed: resolvers.compare.run("glibc", size, seed), 10_000),
    "musl": (lambda size, seed: resolvers.compare.run("musl", size, seed), 10_000),
    "selectors": (labelselectors.compare.run, 10_000),
    "endpoints": (endpointslice.compare.run, 1_000),
    "admission": (apiserver.compare.run, 1_000),
    "policies": (cyclonus.compare.run, 1_000),
}
"""Each oracle, and how many questions make a full run."""

SHORT = 10
"""A short run asks a tenth of that."""

SHOWN = 5


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("oracle", nargs="*", choices=[*ORACLES, []], metavar="oracle", help=f"{', '.join(ORACLES)}")
    parser.add_argument("--seed", type=int, default=1, help="default: 1; the same seed asks the same questions")
    parser.add_argument("--short", action="store_true", help=f"a {SHORT}th of the questions")
    chosen = parser.parse_args(arguments)
    passed = True
    for name in chosen.oracle or ORACLES:
        run, size = ORACLES[name]
        start = monotonic()
        try:
            tally = run(size // SHORT if chosen.short else size, chosen.seed)
        except Unavailable as missing:
            sys.stderr.write(f"oracles: {name}: {missing}\n")
            return 2
        _report(tally, monotonic() - start)
        passed = passed and tally.passed
    return 0 if passed else 1


def _report(tally: Tally, seconds: float) -> None:
    sys.stdout.write(f"{tally} in {seconds:.0f} s\n")
    for each in tally.disagreements[:SHOWN]:
        sys.stdout.write(f"  {each}\n")
    if len(tally.disagreements) > SHOWN:
        sys.stdout.write(f"  and {len(tally.disagreements) - SHOWN} more disagreements\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
