"""What is new beside a former report."""

import json
from dataclasses import replace

import pytest

from ringtrue.checking.baseline import Compared, Known, compared, read
from ringtrue.errors import UsageError
from ringtrue.findings import Finding, Location, Severity

OLD = Finding("service-selects-nothing", Severity.WARNING, Location("web.yaml", 7), "selects nothing", fingerprint="f1")
NEW = Finding("reference-nxdomain", Severity.ERROR, Location("web.yaml", 9), "no such Service", fingerprint="f2")
ENTRY = Known("web.yaml", "service-selects-nothing", "selects nothing", Severity.WARNING, "f1")


def report(**changes: object) -> str:
    finding = {
        "path": "web.yaml",
        "rule": "service-selects-nothing",
        "message": "selects nothing",
        "severity": "warning",
        "fingerprint": "f1",
    }
    return json.dumps({"version": 1, "tool": {"name": "ringtrue"}, "findings": [{**finding, **changes}]})


def test_a_report_is_a_baseline() -> None:
    assert read(report(), "b.json") == {"f1": ENTRY}


NO_REPORTS = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "of another tool": '{"version": 1, "tool": {"name": "other"}, "findings": []}',
    "of another version": '{"version": 2, "tool": {"name": "ringtrue"}, "findings": []}',
    "an answer of trace": '{"version": 1, "tool": {"name": "ringtrue"}}',
    "findings that are none": '{"version": 1, "tool": {"name": "ringtrue"}, "findings": {"f1": 1}}',
    "an entry without a fingerprint": '{"version": 1, "tool": {"name": "ringtrue"}, "findings": [{"path": "a"}]}',
    "a severity that is none": report(severity="fatal"),
    "brackets without end": "[" * 100_000,
}


@pytest.mark.parametrize("text", NO_REPORTS.values(), ids=NO_REPORTS)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text, "b.json")

    assert str(caught.value) == (
        "--baseline 'b.json' is no report of `ringtrue check --format json`; "
        "make one with `ringtrue check --format json --output FILE`"
    )


def test_known_findings_are_counted_and_not_shown() -> None:
    assert compared([OLD, NEW], {"f1": ENTRY}, complete=True) == Compared((NEW,), 1, ())


def test_lines_may_move() -> None:
    moved = replace(OLD, location=Location("web.yaml", 70))

    assert compared([moved], {"f1": ENTRY}, complete=True) == Compared((), 1, ())


def test_what_has_become_graver_is_new() -> None:
    graver = replace(OLD, severity=Severity.ERROR)

    assert compared([graver], {"f1": ENTRY}, complete=True) == Compared((graver,), 0, ())


def test_what_has_become_harmless_is_known() -> None:
    lesser = replace(OLD, severity=Severity.NOTE)

    assert compared([lesser], {"f1": ENTRY}, complete=True) == Compared((), 1, ())


def test_an_entry_that_occurs_no_longer_is_said() -> None:
    assert compared([NEW], {"f1": ENTRY}, complete=True) == Compared((NEW,), 0, (ENTRY,))


def test_a_run_that_looked_at_a_part_cannot_say_what_is_gone() -> None:
    assert compared([NEW], {"f1": ENTRY}, complete=False) == Compared((NEW,), 0, ())
