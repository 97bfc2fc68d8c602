"""The workflow commands, to the letter."""

from dataclasses import replace

from ringtrue.checking import Report
from ringtrue.findings import Finding, Location, Severity
from ringtrue.reports.github import render

COMMANDS = """\
::error file=base/client.yaml,line=12,col=9,endLine=12,endColumn=20,title=reference-port-undeclared::\
Service 'db' has no port 5432%0Aseen in: prod%0Ahint: did you mean 5433?%0Arelated: base/db.yaml:9: its ports
::warning file=ringtrue.toml,line=3,col=1,endLine=3,title=ignore-unused::silences nothing
"""

NOTICE = """\
::notice file=base/x.yaml,line=1,col=1,endLine=1,title=reference-open-namespace::who knows%0Aseen in: prod
"""


def test_one_command_a_finding(report: Report) -> None:
    assert render(report) == COMMANDS


def test_notes_when_asked_for(report: Report) -> None:
    assert render(report, notes=True) == COMMANDS + NOTICE


def test_errors_come_first(report: Report) -> None:
    turned = replace(report, findings=report.findings[::-1])

    assert [line.split()[0] for line in render(turned, notes=True).splitlines()] == ["::error", "::warning", "::notice"]


def test_what_has_a_meaning_in_a_command_is_escaped() -> None:
    place = Location("a,b:c%/x.yaml", 1, 1, 3, 9)
    finding = Finding("rule", Severity.ERROR, place, "100 %, a::b\nnext\r", object=None)

    assert render(Report((), (finding,))) == (
        "::error file=a%2Cb%3Ac%25/x.yaml,line=1,endLine=3,title=rule::100 %25, a::b\\nnext\\r\n"
    )


def test_nothing_found_is_no_command() -> None:
    assert render(Report((), ())) == ""
