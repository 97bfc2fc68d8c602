"""Every name that a finding can end with: the rules, the reasons, and what other rooms raise."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from inspect import getdoc

from ringtrue.findings import RuleClass, Severity
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.rules import PAGES, RULES

UNKNOWN = frozenset(reason.rule for reason in Reason if reason.verdict is Verdict.UNKNOWN)
"""What an undecided reference is called when the settings make it a finding."""


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    rule_class: RuleClass
    severity: Severity


@cache
def entries() -> dict[str, Entry]:
    """By name, the rules in the order in which they run, then the pages."""
    rules = [Entry(rule.NAME, rule.CLASS, rule.SEVERITY) for rule in RULES]
    pages = [Entry(page.name, page.rule_class, page.severity) for page in PAGES]
    return {entry.name: entry for entry in (*rules, *pages)}


def page(name: str) -> str:
    """The page of a rule; its first line says what is wrong, headings follow. KeyError for another name."""
    for rule in RULES:
        if name == rule.NAME:
            return (getdoc(rule) or "").strip() + "\n"
    return {each.name: each for each in PAGES}[name].text.strip() + "\n"


def grade(entry: Entry) -> str:
    """One sentence for a page: how grave it is, and what changes that."""
    if entry.name == Reason.EXTERNAL.rule:
        return "Unknown: counted, not judged, and never a finding."
    if entry.name in UNKNOWN:
        return "Unknown: a note, unless `[verdicts] unknown` raises it."
    severity = "an error" if entry.severity is Severity.ERROR else f"a {entry.severity.value}"
    if entry.rule_class is RuleClass.POLICY:
        return f"A house rule: off unless `[rules] policy = true`, then {severity}."
    return f"A {entry.rule_class.value}: {severity} by default."


def near(name: str, *others: str) -> str:
    """A hint with the nearest name of a rule, or of the others, or where to find the list."""
    found = get_close_matches(name, [*entries(), *others], n=1)
    return f"did you mean {found[0]!r}?" if found else "`ringtrue rules` lists them"
