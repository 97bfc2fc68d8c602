"""What `compare` answers: the changes, each in one environment, sorted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ringtrue.changes.connections import Connection
from ringtrue.checking.assumptions import Assumption
from ringtrue.findings import Finding, Severity


class Change(StrEnum):
    """What became of a connection; the order is that of the reports, what matters most first."""

    BROKEN = "broken"
    """Was proved, is refuted; the client may also name another target now."""
    TURNED_UNKNOWN = "turned-unknown"
    """Was decided, is unknown."""
    MOVED = "moved"
    """The client, or what a field of it names, is another one now."""
    GAINED = "gained"
    """A new caller, or a new target of one."""
    LOST = "lost"
    """No longer configured."""
    MENDED = "mended"
    """Was refuted, is proved."""
    BECAME_KNOWN = "became-known"
    """Was unknown, is proved or refuted."""


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """`before` is None of what is gained, `after` of what is lost."""

    change: Change
    before: Connection | None
    after: Connection | None
    findings: tuple[str, ...] = ()
    """Fingerprints of the findings that say what is wrong with it now."""
    shape: tuple[str, ...] = ()
    """Equal for equal changes in several environments, their own names set aside."""

    @property
    def here(self) -> Connection:
        """The connection after the change, or before it where it is lost."""
        found = self.after or self.before
        assert found is not None, "a change has at least one side"
        return found

    @property
    def environment(self) -> str:
        return self.here.environment


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is new, or no longer there, in these environments; none of those for one of the repository."""

    gained: bool
    finding: Finding
    environments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything sorted: connections by kind of change, environment, client and address; findings as in a report."""

    connections: tuple[ConnectionChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    environments: tuple[str, ...] = ()
    """Of either side, in report order."""
    added: tuple[str, ...] = ()
    """Environments that are new."""
    removed: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    """Environments of which something that rendered before does not now: what is lost there is not known."""
    same: Mapping[str, int] = field(default_factory=dict)
    """Connections that are as they were, by environment."""
    assumptions: tuple[Assumption, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.connections or self.findings or self.added or self.removed)

    @property
    def worse(self) -> bool:
        """Something broke, or an error was gained."""
        broken = any(each.change is Change.BROKEN for each in self.connections)
        return broken or any(each.gained and each.finding.severity is Severity.ERROR for each in self.findings)

    def only(self, names: Collection[str]) -> "Difference":
        """The part about these environments, and what is of no environment; all of it without a name."""
        if not names:
            return self
        shown = [(each, tuple(name for name in each.environments if name in names)) for each in self.findings]
        return replace(
            self,
            connections=tuple(each for each in self.connections if each.environment in names),
            findings=tuple(replace(each, environments=own) for each, own in shown if own or not each.environments),
            environments=tuple(name for name in self.environments if name in names),
            added=tuple(name for name in self.added if name in names),
            removed=tuple(name for name in self.removed if name in names),
            failing=tuple(name for name in self.failing if name in names),
            same={name: count for name, count in self.same.items() if name in names},
        )
