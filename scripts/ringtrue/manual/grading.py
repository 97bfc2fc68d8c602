"""How grave each rule is with the settings of a repository."""

from collections.abc import Mapping

from ringtrue.config import Config
from ringtrue.errors import ConfigError
from ringtrue.findings import RuleClass, Severity
from ringtrue.manual.entry import EXTERNAL, Entry, near


def effective(config: Config, entries: Mapping[str, Entry]) -> dict[str, Severity | None]:
    """Severity by name, None for a rule that is off; raises ConfigError for a name that no rule has.

    A house rule is on when `[rules] policy` is true or when `[rules]` names it. `[verdicts] unknown` is for every
    undecided reason that `[rules]` does not name; `external` is never a finding.
    """
    _check_names(config, entries)
    return {
        name: config.rules[name] if name in config.rules and name != EXTERNAL else _default(entry, config)
        for name, entry in entries.items()
    }


def _default(entry: Entry, config: Config) -> Severity | None:
    if entry.name == EXTERNAL:
        return None
    if entry.verdict == "unknown":
        return config.unknown
    return None if entry.rule_class is RuleClass.POLICY and not config.policy else entry.severity


def _check_names(config: Config, entries: Mapping[str, Entry]) -> None:
    named = {ignore.line: ignore.rule for ignore in config.ignores}
    for name, line in (*config.rule_lines.items(), *((rule, line) for line, rule in named.items())):
        if name not in entries:
            raise ConfigError(f"{config.path}:{line}: no rule is called {name!r}; {near(name, entries)}")
