"""A name that a finding can end with, and what a page says of it at its top."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ringtrue.findings import RuleClass, Severity

EXTERNAL = "reference-external"
"""The one reason that is never a finding."""

Verdict = Literal["", "refuted", "unknown"]


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    rule_class: RuleClass
    severity: Severity
    verdict: Verdict = ""
    """Of the reason of a reference; "" for a rule."""


def grade(entry: Entry) -> str:
    """One sentence for a page: how grave it is, and what changes that."""
    if entry.name == EXTERNAL:
        return "Unknown: counted, not judged, and never a finding."
    if entry.verdict == "unknown":
        return "Unknown: a note, unless `[verdicts] unknown` raises it."
    severity = "an error" if entry.severity is Severity.ERROR else f"a {entry.severity.value}"
    if entry.rule_class is RuleClass.POLICY:
        return f"A house rule: off unless `[rules] policy = true`, then {severity}."
    return f"A {entry.rule_class.value}: {severity} by default."


def near(name: str, names: Iterable[str]) -> str:
    """A hint with the nearest of the names, or where to find the list."""
    from difflib import get_close_matches  # here: only a wrong name pays for it

    found = get_close_matches(name, list(names), n=1)
    return f"did you mean {found[0]!r}?" if found else "`ringtrue rules` lists them"
