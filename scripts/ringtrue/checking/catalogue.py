"""Every name that a finding can end with: the rules, the reasons, and what other rooms raise."""

from functools import cache
from inspect import getdoc
from typing import TypeAlias

from ringtrue import manual
from ringtrue.manual.entry import Verdict as Decided
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.rules import PAGES, RULES

Entry: TypeAlias = manual.Entry
grade = manual.grade

UNKNOWN = frozenset(reason.rule for reason in Reason if reason.verdict is Verdict.UNKNOWN)
"""What an undecided reference is called when the settings make it a finding."""

_REASONS = frozenset(reason.rule for reason in Reason)


@cache
def entries() -> dict[str, Entry]:
    """By name, the rules in the order in which they run, then the pages."""
    rules = [Entry(rule.NAME, rule.CLASS, rule.SEVERITY, _verdict(rule.NAME)) for rule in RULES]
    pages = [Entry(page.name, page.rule_class, page.severity, _verdict(page.name)) for page in PAGES]
    return {entry.name: entry for entry in (*rules, *pages)}


def page(name: str) -> str:
    """The page of a rule; its first line says what is wrong, headings follow. KeyError for another name."""
    for rule in RULES:
        if name == rule.NAME:
            return (getdoc(rule) or "").strip() + "\n"
    return {each.name: each for each in PAGES}[name].text.strip() + "\n"


def near(name: str, *others: str) -> str:
    """A hint with the nearest name of a rule, or of the others, or where to find the list."""
    return manual.near(name, [*entries(), *others])


def _verdict(name: str) -> Decided:
    if name not in _REASONS:
        return ""
    return "unknown" if name in UNKNOWN else "refuted"
