"""The code quality report, whole, and held against what GitLab reads."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ringtrue.checking import Report
from ringtrue.findings import Finding, Location, Severity
from ringtrue.reports.gitlab import render


def test_the_whole_document(report: Report) -> None:
    assert json.loads(render(report)) == [
        {
            "type": "issue",
            "check_name": "reference-port-undeclared",
            "description": "Service 'db' has no port 5432; hint: did you mean 5433?; seen in: prod",
            "categories": ["Bug Risk"],
            "severity": "critical",
            "fingerprint": "f1",
            "location": {"path": "base/client.yaml", "lines": {"begin": 12, "end": 12}},
        },
        {
            "type": "issue",
            "check_name": "ignore-unused",
            "description": "silences nothing",
            "categories": ["Bug Risk"],
            "severity": "minor",
            "fingerprint": "f2",
            "location": {"path": "ringtrue.toml", "lines": {"begin": 3, "end": 3}},
        },
    ]


def test_notes_when_asked_for(report: Report) -> None:
    assert [each["severity"] for each in json.loads(render(report, notes=True))] == ["critical", "minor", "info"]


def test_nothing_found_is_an_empty_array(valid: Callable[[str, str], Any]) -> None:
    assert valid("gitlab", render(Report((), ()))) == []


def test_a_description_is_one_line(valid: Callable[[str, str], Any]) -> None:
    finding = Finding(
        "rule", Severity.ERROR, Location("ü.yaml", 2, 1, 4, 1), "a\nb\x1b[31m\udcff ü", fingerprint="0" * 16
    )
    (issue,) = valid("gitlab", render(Report((), (finding, replace(finding, severity=Severity.NOTE)))))

    assert issue["description"] == r"a\nb\x1b[31m\udcff ü"
    assert issue["location"] == {"path": "ü.yaml", "lines": {"begin": 2, "end": 4}}


def test_the_text_is_ascii(report: Report) -> None:
    assert render(report).isascii()
