"""The workflow commands, to the letter."""

from dataclasses import replace

from ringtrue.checking import Report
from ringtrue.findings import Finding, Location, Related, Severity
from ringtrue.reports.github import LONGEST, render

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


def many(severity: Severity, number: int) -> tuple[Finding, ...]:
    return tuple(Finding("rule", severity, Location("a.yaml", each + 1, 2), f"broken {each}") for each in range(number))


def test_what_github_does_not_annotate_is_in_the_log_and_the_last_line_says_so() -> None:
    found = (*many(Severity.WARNING, 11), *many(Severity.ERROR, 13), *many(Severity.NOTE, 3))
    lines = render(Report((), found), notes=True).splitlines()

    assert [line.split()[0] for line in lines[:23]] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 3
    assert lines[23:] == [
        "- a.yaml:11:2: error: broken 10 [rule]",
        "- a.yaml:12:2: error: broken 11 [rule]",
        "- a.yaml:13:2: error: broken 12 [rule]",
        "- a.yaml:11:2: warning: broken 10 [rule]",
        (
            "ringtrue: GitHub annotates 10 of a kind: 13 errors (10 annotated), 11 warnings (10 annotated), "
            "3 notes (3 annotated); the other 4 are in the lines above"
        ),
    ]


def test_ten_of_each_kind_leave_nothing_out() -> None:
    assert len(render(Report((), many(Severity.ERROR, 10))).splitlines()) == 10
    assert render(Report((), many(Severity.ERROR, 11))).splitlines()[-1] == (
        "ringtrue: GitHub annotates 10 of a kind: 11 errors (10 annotated); the other is in the lines above"
    )


def test_a_line_of_the_log_is_no_command() -> None:
    hostile = Finding(
        "rule", Severity.ERROR, Location("::stop-commands::x"), "a\n::error::b ##[add-mask]c", object=None
    )
    *_, line, _ = render(Report((), (*many(Severity.ERROR, 10), hostile))).splitlines()

    assert line == "- ::stop-commands::x:1:1: error: a\\n::error::b ## [add-mask]c [rule]"


def shown(**parts: object) -> list[str]:
    place = Location("a.yaml")
    (line,) = render(Report((), (Finding("rule", Severity.ERROR, place, **parts),))).splitlines()
    message = line.partition("::")[2].partition("::")[2].replace("%0A", "\n").replace("%25", "%")
    assert len(message.encode("utf-16-le")) <= 2 * LONGEST
    return message.split("\n")


def test_a_long_message_leaves_room_for_its_hint() -> None:
    related = tuple(Related(Location("b.yaml", number + 1), "😀" * 400) for number in range(8))
    lines = shown(message="ü" * 9000, hint="write it shorter", related=related)

    assert lines[:2] == ["ü" * 1000 + "...", "hint: write it shorter"]
    assert lines[2:] == [f"related: b.yaml:{each}: {'😀' * 400}" for each in (1, 2, 3)] + ["and 5 lines more"]


def test_a_message_that_fits_is_whole() -> None:
    assert shown(message="%" * 4096) == ["%" * 4096]
    assert shown(message="%" * 4097) == ["%" * 1000 + "..."]
