"""The two states that are compared, as a report names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    name: str
    """A revision as it was asked for; "the working tree", "the index"."""
    commit: str = ""
    """Its full id; "" where files were read that no commit may hold."""


@dataclass(frozen=True, slots=True)
class Sides:
    before: Side
    after: Side
