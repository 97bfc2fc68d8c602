"""Findings gained and lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ringtrue.changes import FindingChange, compare
from ringtrue.checking import CheckedReference, Report
from ringtrue.findings import Finding, Location, ObjectId, Severity
from ringtrue.reachability.reasons import Reason

Call = Callable[..., CheckedReference]
MakeReport = Callable[..., Report]

FINDING = Finding(
    "service-selects-nothing",
    Severity.ERROR,
    Location("base/web.yaml", 7),
    "Service 'web' selects app=wbe, which no pod in namespace 'shop-dev' carries",
    object=ObjectId("Service", "shop-dev", "web"),
    environments=("dev", "prod"),
    fingerprint="f1",
)


def changed(before: Report, after: Report) -> tuple[FindingChange, ...]:
    return compare(before, after).findings


@pytest.mark.parametrize("gained", [True, False], ids=["gained", "lost"])
def test_a_finding_on_one_side(gained: bool, report: MakeReport) -> None:
    one, none = report(findings=[FINDING]), report()

    assert changed(*((none, one) if gained else (one, none))) == (FindingChange(gained, FINDING, ("dev", "prod")),)


def test_a_finding_that_spreads_is_gained_where_it_is_new(report: MakeReport) -> None:
    before = report(findings=[replace(FINDING, environments=("dev",))])

    assert changed(before, report(findings=[FINDING])) == (FindingChange(True, FINDING, ("prod",)),)


SAME = {
    "another line": replace(FINDING, location=Location("base/web.yaml", 70)),
    "another file": replace(FINDING, location=Location("apps/web.yaml", 7), fingerprint="f2"),
    "another namespace": replace(FINDING, object=ObjectId("Service", "store", "web"), fingerprint="f2"),
}


@pytest.mark.parametrize("moved", SAME.values(), ids=SAME)
def test_a_finding_that_only_moved_is_no_change(moved: Finding, report: MakeReport) -> None:
    assert changed(report(findings=[FINDING]), report(findings=[moved])) == ()


def test_a_finding_in_another_environments_words_is_the_same(call: Call, report: MakeReport) -> None:
    """In the base it is worded as dev has it; once dev is mended, as prod has it, in prod's own file."""
    message = FINDING.message.replace("shop-dev", "shop-prod")
    prod = replace(FINDING, message=message, environments=("prod",), fingerprint="f2")
    after = replace(prod, object=ObjectId("Service", "shop-prod", "web"), location=Location("overlays/prod/web.yaml"))
    calls = (call("dev"), call("prod"))

    assert changed(report(*calls, findings=[FINDING]), report(*calls, findings=[after])) == (
        FindingChange(False, FINDING, ("dev",)),
    )


def test_one_fingerprint_in_other_words_is_the_same(report: MakeReport) -> None:
    """As where a message counts something that is beside the fault."""
    other = replace(FINDING, message="Service 'web' selects app=wbe, of 3 pods none")

    assert changed(report(findings=[FINDING]), report(findings=[other])) == ()


def test_other_words_with_another_fingerprint_are_another_finding(report: MakeReport) -> None:
    other = replace(FINDING, message="Service 'web' selects app=wob", fingerprint="f2")

    assert [each.gained for each in changed(report(findings=[FINDING]), report(findings=[other]))] == [True, False]


def test_a_graver_finding_is_gained(report: MakeReport) -> None:
    mild = replace(FINDING, severity=Severity.WARNING)

    assert changed(report(findings=[mild]), report(findings=[FINDING])) == (
        FindingChange(True, FINDING, ("dev", "prod")),
        FindingChange(False, mild, ("dev", "prod")),
    )


def test_a_finding_of_no_environment(report: MakeReport) -> None:
    application = replace(FINDING, environments=())
    found = compare(report(), report(findings=[application], environments=["dev"]))

    assert found.findings == (FindingChange(True, application, ()),)
    assert found.only(["dev"]).findings == found.findings


def test_other_environments_findings_are_left_out(report: MakeReport) -> None:
    found = compare(report(), report(findings=[FINDING, replace(FINDING, environments=("qa",), fingerprint="f2")]))

    assert found.only(["prod"]).findings == (FindingChange(True, FINDING, ("prod",)),)


def test_what_the_first_side_has_against_the_settings_of_the_second_is_left_out(report: MakeReport) -> None:
    unused = Finding("external-unused", Severity.ERROR, Location("ringtrue.toml", 9), "unused", fingerprint="f3")

    assert changed(report(findings=[unused]), report()) == ()
    assert changed(report(), report(findings=[unused])) == (FindingChange(True, unused, ()),)


@pytest.mark.parametrize(
    ("severity", "worse"), [(Severity.ERROR, True), (Severity.WARNING, False), (Severity.NOTE, False)]
)
def test_a_new_error_is_worse(severity: Severity, worse: bool, report: MakeReport) -> None:
    assert compare(report(), report(findings=[replace(FINDING, severity=severity)])).worse is worse


def test_a_finding_that_went_is_not_worse(report: MakeReport) -> None:
    assert not compare(report(findings=[FINDING]), report()).worse


def test_a_broken_connection_names_the_findings_that_say_why(call: Call, report: MakeReport) -> None:
    broken = call(reason=Reason.NO_ENDPOINTS)
    why = replace(FINDING, references=(broken.id,))
    other = replace(FINDING, references=("another",), fingerprint="f2")
    (change,) = compare(report(call()), report(broken, findings=[other, why])).connections

    assert change.findings == ("f1",)
