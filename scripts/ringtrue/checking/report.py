"""What a run is asked for, and what it hands to the reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.checking.assumptions import Assumption
from ringtrue.checking.baseline import Baseline, Known
from ringtrue.environments.environment import Environment, Status
from ringtrue.findings import Finding, Location, Severity
from ringtrue.reachability.proof import Proof


@dataclass(frozen=True, slots=True)
class Options:
    """`environments`: only these, all when empty. `places`: trace every reference, not only those with a finding."""

    environments: tuple[str, ...] = ()
    places: bool = False
    baseline: Baseline | None = None
    """Findings that are known, and not to be reported again."""


@dataclass(frozen=True, slots=True)
class CheckedReference:
    """A proof with what the reports say beside it."""

    id: str
    environment: str
    proof: Proof
    rule: str | None
    """`reference-<reason>` when refuted, or unknown and raised by the settings; else None."""
    location: Location | None
    """None unless `Options.places` asked for it."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run; findings are sorted by path, line, column, rule."""

    environments: tuple[Environment, ...]
    findings: tuple[Finding, ...]
    references: tuple[CheckedReference, ...] = ()
    """By environment in report order, then in the order found."""
    assumptions: tuple[Assumption, ...] = ()
    bugs: tuple[str, ...] = ()
    """Faults of ringtrue itself: one sentence each; the run went on without that rule or reference."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    known: int | None = None
    """Findings that the baseline holds, and `findings` therefore does not; None without a baseline."""
    gone: tuple[Known, ...] = ()
    """What the baseline holds in vain; judged on complete runs only."""

    @property
    def listed(self) -> tuple[Environment, ...]:
        """Without those that hold only Argo CD or Flux objects."""
        return tuple(each for each in self.environments if each.listed)

    @property
    def looked_at(self) -> tuple[Environment, ...]:
        """Those of which at least one source was rendered, or failed to be."""
        return tuple(each for each in self.listed if any(s.status is not Status.SKIPPED for s in each.sources))

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)
