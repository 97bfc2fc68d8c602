"""What an oracle found: how much was decided, how much of that agrees, and each disagreement made small."""

from collections import Counter
from dataclasses import dataclass, field

MOST_UNDECIDED = 0.02
"""The share of the questions that may stay undecided, those apart that were built to be."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One question to which our model and the real component give different answers."""

    question: str
    model: object
    component: object
    world: str = ""
    """The smallest world that still shows it, as JSON."""

    def __str__(self) -> str:
        parts = [f"question   {self.question}", f"model      {self.model}", f"component  {self.component}"]
        return "\n  ".join(parts + ([f"world      {self.world}"] if self.world else []))


@dataclass(slots=True)
class Tally:
    """The counts of one oracle; every question is exactly one of agreed, wrong, undecided or open by design."""

    name: str
    seed: int
    unit: str = "questions"
    agreed: int = 0
    undecided: int = 0
    by_design: int = 0
    """Undecided questions that were built to be."""
    disagreements: list[Disagreement] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    """What the questions were like, by the component's answer."""

    @property
    def decided(self) -> int:
        return self.agreed + len(self.disagreements)

    @property
    def asked(self) -> int:
        return self.decided + self.undecided + self.by_design

    @property
    def passed(self) -> bool:
        """Nothing wrong, not too much left open, and something asked at all."""
        few = self.undecided <= MOST_UNDECIDED * self.asked
        return not self.disagreements and few and self.decided > 0

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.seen.most_common())
        return (
            f"{self.name}: seed {self.seed}, {self.asked} {self.unit}: {self.decided} decided, {self.agreed} agreed, "
            f"{self.undecided} undecided, {self.by_design} open by design ({kinds})"
        )
