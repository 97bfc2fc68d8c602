"""`ringtrue rules --format json`: the contract of `rules.v1.schema.json`."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ringtrue import __version__
from ringtrue.manual import docs_url
from ringtrue.manual.shipped import Listed
from ringtrue.reports.rules_text import Severities, graded

VERSION = 1
"""Rises only when a key is removed or changes its meaning."""


def render(listed: Iterable[Listed], severities: Severities) -> str:
    """One JSON document in ASCII, keys in a fixed order; the severity is the one here, `off` or `refused`."""
    document = {
        "version": VERSION,
        "tool": {"name": "ringtrue", "version": __version__},
        "rules": [_rule(each, graded(each, severities)) for each in listed],
    }
    return json.dumps(document, indent=2) + "\n"


def _rule(each: Listed, severity: str) -> Mapping[str, Any]:
    entry = each.entry
    return {
        "name": each.name,
        "kind": each.kind,
        "class": entry.rule_class.value if entry else None,
        "verdict": (entry.verdict or None) if entry else None,
        "severity": severity,
        "default": entry.severity.value if entry else None,
        "summary": each.summary,
        "docs": docs_url(each.name),
    }
