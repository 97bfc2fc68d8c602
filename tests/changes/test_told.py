"""How a report for people tells changes, where the cases do not show it."""

from collections.abc import Callable

import pytest

from ringtrue.changes import Side, Sides, compare
from ringtrue.checking import CheckedReference, Report
from ringtrue.findings import Finding, Location, Severity
from ringtrue.reachability.proof import Target
from ringtrue.reachability.reasons import Reason
from ringtrue.reports.diff_text import View, render

Call = Callable[..., CheckedReference]
MakeReport = Callable[..., Report]

SIDES = Sides(Side("v1"), Side("v2"))


def told(before: Report, after: Report, *, verbose: bool = False) -> list[str]:
    return render(compare(before, after), SIDES, View(verbose=verbose, summary=False)).splitlines()[1:]


@pytest.mark.parametrize(
    ("verbose", "last"),
    [
        (False, "  and 5 more; -v lists them"),
        (True, "  prod: Deployment shop-prod/c24 calls Service shop-prod/web:80, by env HOST"),
    ],
    ids=["short", "verbose"],
)
def test_a_long_list(verbose: bool, last: str, call: Call, report: MakeReport) -> None:
    calls = [call(client=f"c{number:02}") for number in range(25)]
    found = [line for line in told(report(*calls), report(), verbose=verbose) if line.startswith("  ")]

    assert [line for line in found if line[2] != " "][-1] == last


def test_broken_callers_are_all_listed(call: Call, report: MakeReport) -> None:
    names = [f"c{number:02}" for number in range(25)]
    before = report(*(call(client=name) for name in names))
    after = report(*(call(client=name, reason=Reason.NXDOMAIN) for name in names))

    assert sum(line.startswith("  prod: ") for line in told(before, after)) == 25


def test_without_a_finding_the_proof_says_why(call: Call, report: MakeReport) -> None:
    """Its rule is off, or the team has accepted it."""
    assert told(report(call()), report(call(reason=Reason.BLOCKED))) == [
        "  prod: Deployment shop-prod/client calls Service shop-prod/web:80, by env HOST",
        "    refuted (blocked): web is blocked",
    ]


def test_another_environments_namespace_is_written_out(call: Call, report: MakeReport) -> None:
    """Only the own namespace goes without saying."""
    shared = Target("monitoring", "push", 9091)
    calls = [call(name, host="push.monitoring", target=shared) for name in ("dev", "prod")]

    assert told(report(environments=["dev", "prod"]), report(*calls)) == [
        "  dev, prod: Deployment client calls Service monitoring/push:9091, by env HOST: proved"
    ]


def test_equal_names_of_equal_environments_keep_their_namespace(call: Call, report: MakeReport) -> None:
    calls = [call(name, namespace="shop") for name in ("dev", "prod")]

    assert told(report(environments=["dev", "prod"]), report(*calls)) == [
        "  dev, prod: Deployment shop/client calls Service shop/web:80, by env HOST: proved"
    ]


def test_the_one_environment_without_a_name(call: Call, report: MakeReport) -> None:
    assert told(report(), report(call("", namespace="shop"))) == [
        "  Deployment shop/client calls Service shop/web:80, by env HOST: proved"
    ]


def test_several_fields(call: Call, report: MakeReport) -> None:
    assert told(report(), report(call(), call(field="args[0]"))) == [
        "  prod: Deployment shop-prod/client calls Service shop-prod/web:80, by env HOST and 1 more: proved"
    ]


def test_a_verdict_that_differs_too(call: Call, report: MakeReport) -> None:
    before, after = call(reason=Reason.EXTERNAL, host="api.example.com"), call()

    assert told(report(before), report(after)) == [
        (
            "  prod: Deployment shop-prod/client calls Service shop-prod/web:80 (was api.example.com:80), by env HOST: "
            "proved, was outside the cluster"
        )
    ]


def test_names_do_not_steer_the_terminal(call: Call, report: MakeReport) -> None:
    assert told(report(), report(call(field="env A\x1b[31m"))) == [
        "  prod: Deployment shop-prod/client calls Service shop-prod/web:80, by env A\\x1b[31m: proved"
    ]


def test_long_names_of_environments_stand_above_their_lines(call: Call, report: MakeReport) -> None:
    names = ("kustomize/tests/with-all-components", "kustomize/tests/with-none", "release")
    made = [call(name, client=client, namespace="shop") for name in names for client in ("a", "b")]

    assert told(report(environments=names), report(*made, call("release", client="c", namespace="shop"))) == [
        "  kustomize/tests/with-all-components, kustomize/tests/with-none, release:",
        "    Deployment shop/a calls Service shop/web:80, by env HOST: proved",
        "    Deployment shop/b calls Service shop/web:80, by env HOST: proved",
        "  release: Deployment shop/c calls Service shop/web:80, by env HOST: proved",
    ]


@pytest.mark.parametrize(("verbose", "shown"), [(False, False), (True, True)], ids=["short", "verbose"])
def test_what_was_wrong_in_an_environment_that_went(verbose: bool, shown: bool, report: MakeReport) -> None:
    finding = Finding("api-removed", Severity.ERROR, Location("qa/web.yaml"), "old", environments=("qa",))
    lines = told(
        report(environments=["qa", "prod"], findings=[finding]), report(environments=["prod"]), verbose=verbose
    )

    assert ("  qa: error: old [api-removed]" in lines) is shown
