"""How grave each rule is in this repository."""

from collections.abc import Mapping

from ringtrue.checking.catalogue import entries
from ringtrue.config import Config
from ringtrue.findings import Severity
from ringtrue.manual import grading
from ringtrue.reachability.reasons import Reason, Verdict

_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def effective(config: Config) -> dict[str, Severity | None]:
    """Severity by name, None for a rule that is off; raises ConfigError for a name that no rule has."""
    return grading.effective(config, entries())


def lower(one: Severity, other: Severity | None) -> Severity:
    """The lower of the two; a Problem can lower its rule's severity, never raise it."""
    return one if other is None else min(one, other, key=_ORDER.index)


def higher(one: Severity, other: Severity) -> Severity:
    return max(one, other, key=_ORDER.index)


def raised_rule(reason: Reason, severities: Mapping[str, Severity | None]) -> str | None:
    """The rule of a reference: when it is refuted, or unknown and more than a note by the settings."""
    if reason.rule is None or reason.verdict is Verdict.REFUTED:
        return reason.rule
    return reason.rule if severities[reason.rule] in (Severity.WARNING, Severity.ERROR) else None
