"""The figures of a report: what both formats count."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Counts:
    """References by verdict; external ones are counted apart from unknown, and all four sum to the references."""

    proved: int
    refuted: int
    unknown: int
    external: int

    @property
    def all(self) -> int:
        return self.proved + self.refuted + self.unknown + self.external


def count(proofs: Iterable[Proof]) -> Counts:
    seen = Counter("external" if proof.reason is Reason.EXTERNAL else proof.verdict.value for proof in proofs)
    return Counts(seen[Verdict.PROVED], seen[Verdict.REFUTED], seen[Verdict.UNKNOWN], seen["external"])


def counted(number: int, noun: str) -> str:
    """ "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
