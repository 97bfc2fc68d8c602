"""The comment on a pull request where there is more than it holds, and where texts are not meant well."""

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from markdown_it import MarkdownIt

from ringtrue.changes import Change, Connection, ConnectionChange, Difference, FindingChange, Side, Sides
from ringtrue.changes.connections import address
from ringtrue.checking import CheckedReference, Report
from ringtrue.checking.assumptions import Assumption
from ringtrue.findings import Finding, Location, ObjectId, Severity
from ringtrue.reports.diff_markdown import render
from ringtrue.reports.diff_text import View
from ringtrue.reports.markdown import LONGEST, units
from ringtrue.reports.rendered import Rendered

SIDES = Sides(Side("origin/main"), Side("HEAD"))
HOSTILE = "a|b\n```\n</details><script>alert(1)</script> @all [x](http://x) `y` $(A)$(B) 😀 "
READER = MarkdownIt("commonmark").enable("table")


def lost(report: Report, number: int, environment: str = "prod", name: str = "caller") -> ConnectionChange:
    """The one proved reference of `report`, under another name."""
    checked: CheckedReference = report.references[0]
    client = ObjectId("Pod", "shop", f"{name}-{number:04}")
    before = Connection(environment, client, address(checked.proof), (checked,))
    return ConnectionChange(Change.LOST, before, None, shape=(str(client),))


def new(number: int, severity: Severity, message: str = "it does not work", hint: str = "mend it") -> FindingChange:
    finding = Finding("rule", severity, Location("a.yaml", number + 1), message, hint, fingerprint=f"f{number}")
    return FindingChange(True, finding, ("prod",))


def shown(text: str) -> str:
    return re.sub("<details>.*?\n</details>", "", text, flags=re.S)


def test_what_matters_most_stands_above_and_all_of_it_below(report: Report) -> None:
    connections = tuple(lost(report, number) for number in range(100))
    found = (new(0, Severity.ERROR), *(new(number, Severity.WARNING) for number in range(1, 50)))
    text = render(Difference(connections, found, ("prod",)), SIDES, (), View())
    above, below = shown(text), text.partition("<details>")[2]

    assert len(above.splitlines()) <= 60
    assert above.startswith("### ringtrue: 1 new error\n")
    assert (above.count("a.yaml:1:1"), above.count("a.yaml:"), above.count("caller-")) == (1, 38, 0)
    assert below.startswith("<summary>all 150 changes, of which 38 stand above</summary>")
    assert (below.count("a.yaml:"), below.count("caller-")) == (50, 100)


def test_a_table_for_the_environments_that_share_it(report: Report) -> None:
    names = ("dev", "staging", "prod")
    same = tuple(lost(report, 1, name) for name in names)
    text = render(Difference((*same, lost(report, 2, "prod")), (), names), SIDES, (), View())

    assert re.findall("^#### (.*)", text, re.M) == ["dev, staging", "prod"]
    assert re.findall(r"^\| Pod \S+-(\d+)", text, re.M) == ["0001", "0001", "0002"]


def test_more_than_a_comment_holds(report: Report) -> None:
    """What is rendered goes first, then what stands below; what is above stays."""
    connections = tuple(lost(report, number) for number in range(2_000))
    objects = (Rendered("prod", 1, 0, 0, ("+x" * 50,) * 200),)
    text = render(Difference(connections, (new(0, Severity.ERROR),), ("prod",)), SIDES, objects, View())
    left = int(re.findall(r"^(\d+) more lines left out: a comment holds 65,536 letters.$", text, re.M)[0])

    assert LONGEST * 0.9 < units(text) <= LONGEST
    assert text.startswith("### ringtrue: 1 new error\n")
    assert len(re.findall(r"^\| Pod|^- .*a\.yaml", text.partition("<details>")[2], re.M)) == 2_001 - left
    assert text.count("1 more environment left out: a comment holds 65,536 letters.") == 1


def test_what_is_rendered_is_cut_for_each_environment() -> None:
    objects = tuple(Rendered(f"e{number:02}", 1, 0, 0, ("+x" * 50,) * 400) for number in range(10))
    text = render(Difference(), SIDES, objects, View())

    assert LONGEST * 0.8 < units(text) <= LONGEST
    assert re.findall(r"^\*\*(e\d\d)\*\*: 1 object changed$", text, re.M) == [each.environment for each in objects]
    assert len(re.findall(r"^and \d+ lines more, left out here$", text, re.M)) == 10
    assert text.count("\n```\n") == text.count("\n```diff\n") == 10


@pytest.mark.parametrize("times", [1, 60, 300])
def test_no_text_leaves_its_place(report: Report, times: int) -> None:
    """However long, in all the places that text of others can come to."""
    text = HOSTILE * times
    checked = report.references[0]
    proof = replace(checked.proof, message=text, reference=replace(checked.proof.reference, field=text))
    change = lost(replace(report, references=(replace(checked, proof=proof),)), 1, text, text)
    broken = replace(change, change=Change.BROKEN, after=change.before)
    finding = replace(new(0, Severity.ERROR, text, text).finding, location=Location(text, 1), rule="rule")
    difference = Difference(
        (broken, *(replace(change, shape=(str(number),)) for number in range(50))),
        (FindingChange(True, finding, (text,)), FindingChange(False, finding, (text,))),
        (text,),
        added=(text,),
        removed=(text,),
        same=MappingProxyType({}),
        assumptions=(Assumption(text),) * 100,
    )
    objects = (Rendered(text, 1, 1, 1, ("+ ```", " `````", "-</details>")),)
    made = render(difference, Sides(Side(text), Side(text)), objects, View())
    html = READER.render(made)

    assert units(made) <= LONGEST
    assert len(shown(made).splitlines()) <= 60
    assert set(re.findall(r"<(\w+)", html)) <= set(
        "h3 h4 p table thead tbody tr th td code span strong br details summary ul li pre".split()
    )
    assert made.count("<details>") == len(re.findall("^</details>", made, re.M))
    assert not re.search(r"@\w|://|\balert\(1\)</script", made)


@pytest.mark.parametrize(
    ("difference", "verdict"),
    [
        (Difference(), "nothing changed"),
        (Difference(added=("qa",)), "nothing got worse"),
        (Difference(findings=(new(0, Severity.WARNING),)), "nothing broke, 1 new warning"),
        (Difference(findings=(new(0, Severity.ERROR), new(1, Severity.ERROR))), "2 new errors"),
    ],
    ids=["nothing", "an environment", "a warning", "errors"],
)
def test_the_verdict(difference: Difference, verdict: str) -> None:
    assert render(difference, SIDES, (), View()).splitlines()[0] == f"### ringtrue: {verdict}"


def test_what_is_rendered_otherwise_is_a_change() -> None:
    """Though it is none of connections and findings."""
    lines = render(Difference(same={"prod": 2}), SIDES, (Rendered("prod", 1, 0, 0, ("+x",)),), View()).splitlines()

    assert lines[:5] == [
        "### ringtrue: nothing got worse",
        "",
        "from origin/main to HEAD",
        "",
        "no connection changed: 2 connections as before",
    ]


def test_quiet_leaves_out_what_did_not_change() -> None:
    difference = Difference(findings=(new(0, Severity.ERROR),), assumptions=(Assumption("so"),))

    assert render(difference, SIDES, (), View(summary=False)) == (
        "### ringtrue: 1 new error\n\n#### new errors\n\n"
        "- prod: <code>a.yaml:1:1</code> it does not work <code>rule</code><br>hint: mend it\n"
    )


def test_notes_where_they_are_asked_for() -> None:
    difference = Difference(findings=(new(0, Severity.NOTE),))

    assert "new notes" in render(difference, SIDES, (), View(verbose=True))
    assert "new notes" not in render(difference, SIDES, (), View())
