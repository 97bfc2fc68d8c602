"""The findings of a check as a comment."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from ringtrue.checking import Report
from ringtrue.findings import Finding, Location, Related, Severity
from ringtrue.reports.check_markdown import render
from ringtrue.reports.markdown import LONGEST, units

HOSTILE = "a|b\n```\n</details><script>alert(1)</script> @all [x](http://x) `y` $(A)$(B) 😀 "


def many(severity: Severity, number: int, message: str = "broken") -> tuple[Finding, ...]:
    return tuple(Finding("rule", severity, Location("a.yaml", each + 1), message) for each in range(number))


def test_to_the_letter(report: Report) -> None:
    """A note is left out, and what is not checked is said."""
    assert render(report) == (
        "### ringtrue: 1 error, 1 warning\n\n"
        "1 environment; 4 references: 1 proved, 1 refuted, 1 unknown, 1 external\n\n"
        "not checked: Application 'charts/x': its source a Helm chart\n\n"
        "| environment | errors | warnings | proved | refuted | unknown | external |\n"
        "|---|--:|--:|--:|--:|--:|--:|\n"
        "| prod | 1 | 0 | 1 | 1 | 1 | 1 |\n\n"
        "- **error** in prod: <code>base/client.yaml:12:9</code> Service 'db' has no port 5432 "
        "<code>reference-port-undeclared</code><br>hint: did you mean 5433?"
        "<br>related: <code>base/db.yaml:9</code> its ports\n"
        "- warning: <code>ringtrue.toml:3:1</code> silences nothing <code>ignore-unused</code>\n"
    )


def test_notes_when_asked_for(report: Report) -> None:
    assert ("- note in prod" in render(report), "- note in prod" in render(report, notes=True)) == (False, True)


def test_nothing_found() -> None:
    assert render(Report((), ())) == (
        "### ringtrue: 0 errors, 0 warnings\n\n"
        "0 environments; 0 references: 0 proved, 0 refuted, 0 unknown, 0 external\n"
    )


def test_the_gravest_stand_above_and_all_of_them_below() -> None:
    above, _, below = render(Report((), (*many(Severity.WARNING, 30), *many(Severity.ERROR, 3)))).partition("<details>")

    assert re.findall("^- (\\S+)", above, re.M) == ["**error**:"] * 3 + ["warning:"] * 17
    assert below.startswith("<summary>all 33 findings</summary>")
    assert re.findall("^- (\\S+)", below, re.M) == ["**error**:"] * 3 + ["warning:"] * 30


def test_what_does_not_fit_is_counted() -> None:
    text = render(Report((), many(Severity.ERROR, 3000)))
    left = int(re.findall("^(\\d+) findings more left out: a comment holds 65,536 letters.$", text, re.M)[0])

    assert LONGEST * 0.9 < units(text) <= LONGEST
    assert text.partition("<details>")[2].count("\n- ") == 3000 - left


def test_environments_beyond_the_first_are_counted(report: Report) -> None:
    """Those with errors come first."""
    one = report.environments[0]
    text = render(replace(report, environments=(*(replace(one, name=f"e{each}") for each in range(30)), one)))

    assert re.findall(r"^\| (prod|e\d+) ", text, re.M) == ["prod", *(f"e{each}" for each in range(19))]
    assert "\n\nand 11 environments more\n" in text


@pytest.mark.parametrize("times", [1, 60, 300])
def test_no_text_leaves_its_place(report: Report, times: int) -> None:
    text = HOSTILE * times
    place = Location(text, 1)
    finding = Finding("rule", Severity.ERROR, place, text, text, None, (text,), related=(Related(place, text),) * 3)
    environments = (replace(report.environments[0], name=text),) * 30
    made = render(replace(report, environments=environments, findings=(finding,) * 30))
    html = MarkdownIt("commonmark").enable("table").render(made)

    assert units(made) <= LONGEST
    assert set(re.findall(r"<(\w+)", html)) <= set(
        "h3 p table thead tbody tr th td code span strong br details summary ul li".split()
    )
    assert made.count("<details>") == made.count("</details>") == 1
    assert not re.search(r"@\w|://", made)
