"""What a rule, or a room that reads somebody's files, says is wrong; checking makes it a `Finding`."""

from dataclasses import dataclass

from ringtrue.findings import Location, Severity
from ringtrue.manifests.resource import Spot


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at a field of a rendered object, or at a place in a file when nothing was rendered."""

    where: Spot | Location
    message: str
    """One sentence: what, which object, which value, against what."""
    hint: str = ""
    """The fix, or the nearest name that does exist."""
    related: tuple[tuple[Spot | Location, str], ...] = ()
    """The other ends of a broken link, each with a remark."""
    severity: Severity | None = None
    """Lower than the rule's own where this case is less certain; None for the rule's."""
    value: str = ""
    """The faulty text, hashed into the fingerprint; never a Secret's value."""
    references: tuple[str, ...] = ()
    """Ids of the references that this fault breaks."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem found before there is an environment to check, stamped with its rule."""

    rule: str
    problem: Problem
    environments: tuple[str, ...] = ()
