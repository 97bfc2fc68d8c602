"""The figures of a report: what both formats count."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ringtrue.environments.environment import Environment, Status
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason, Verdict

_SHOWN = 3
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """References by verdict; external ones are counted apart from unknown, and all four sum to the references."""

    proved: int
    refuted: int
    unknown: int
    external: int
    unread: int
    """Of the unknown ones, those of whose host no letter is known: they may be external as well."""

    @property
    def all(self) -> int:
        return self.proved + self.refuted + self.unknown + self.external


def count(proofs: Iterable[Proof]) -> Counts:
    listed = tuple(proofs)
    seen = Counter("external" if proof.reason is Reason.EXTERNAL else proof.verdict.value for proof in listed)
    unread = sum(proof.reason is Reason.UNRESOLVED_TEXT and proof.reference.unread for proof in listed)
    return Counts(seen[Verdict.PROVED], seen[Verdict.REFUTED], seen[Verdict.UNKNOWN], seen["external"], unread)


def counted(number: int, noun: str) -> str:
    """ "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def named(environments: Iterable[Environment]) -> str:
    """ " (dev, staging, prod)": the first of them, for behind their number; "" where none has a name."""
    names = [each.name for each in environments if each.name not in ("", ".")]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f" ({', '.join(names[:_NAMED])}{more})" if names else ""


def unchecked(environments: Iterable[Environment]) -> list[str]:
    """A line for each reason for which sources of Applications were not looked at, with the first few of them."""
    skipped: dict[str, list[str]] = defaultdict(list)
    for environment in environments:
        for source in environment.sources:
            if source.status is Status.SKIPPED:
                skipped[source.reason].append(source.application_name or source.path)
    return [f"not checked: {_few(names)}: its source {reason}" for reason, names in skipped.items()]


def _few(found: list[str]) -> str:
    names = list(dict.fromkeys(found))
    shown = ", ".join(f"Application {name!r}" for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
