"""Every name that a finding can end with: the rules, the reasons, and what other rooms raise."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from inspect import getdoc

from ringtrue.findings import RuleClass, Severity
from ringtrue.rules import PAGES, RULES


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


def near(name: str) -> str:
    """A hint with the nearest name of a rule, or where to find the list."""
    found = get_close_matches(name, entries(), n=1)
    return f"did you mean {found[0]!r}?" if found else "`ringtrue rules` lists them"
