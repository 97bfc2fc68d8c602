"""How grave each rule is in this repository."""

from collections.abc import Mapping

from ringtrue.checking.catalogue import UNKNOWN, entries, near
from ringtrue.config import Config
from ringtrue.errors import ConfigError
from ringtrue.findings import RuleClass, Severity
from ringtrue.reachability.reasons import Reason, Verdict

_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def effective(config: Config) -> dict[str, Severity | None]:
    """Severity by name, None for a rule that is off; raises ConfigError for a name that no rule has.

    A house rule is on when `[rules] policy` is true or when `[rules]` names it. `[verdicts] unknown` is for every
    undecided reason that `[rules]` does not name; `external` is never a finding.
    """
    _check_names(config)
    return {
        name: config.rules[name] if name in config.rules and name != Reason.EXTERNAL.rule else _default(name, config)
        for name in entries()
    }


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


def _default(name: str, config: Config) -> Severity | None:
    if name == Reason.EXTERNAL.rule:
        return None
    if name in UNKNOWN:
        return config.unknown
    entry = entries()[name]
    return None if entry.rule_class is RuleClass.POLICY and not config.policy else entry.severity


def _check_names(config: Config) -> None:
    named = {ignore.line: ignore.rule for ignore in config.ignores}
    for name, line in (*config.rule_lines.items(), *((rule, line) for line, rule in named.items())):
        if name not in entries():
            raise ConfigError(f"{config.path}:{line}: no rule is called {name!r}; {near(name)}")
