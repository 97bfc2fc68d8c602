"""One fault at a time in prod, and good twins: whole repositories, rendered for real; `expected.txt` is the report."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

from ringtrue.checking import Options, Report, check
from ringtrue.config import load
from ringtrue.findings import Severity
from ringtrue.reachability.reasons import Reason
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.reports import text
from ringtrue.repository.checkout import working_tree

HERE = Path(__file__).parent
SCENARIOS = sorted(path for path in HERE.iterdir() if (path / "ringtrue.toml").is_file())
GOOD = [path for path in SCENARIOS if path.name.startswith(("good-", "healthy", "tutorial-default"))]
FAULTS = [path for path in SCENARIOS if path not in GOOD]
OWN_ERRORS = {
    "duplicate-port": "object-rejected",
    "selector-matches-nothing": "service-selects-nothing",
    "target-port-quoted": "object-rejected",
    "target-port-unnamed": "service-port-unserved",
}
"""Faults that are one error at the broken object, with its callers as related; the others are one for each caller."""
ONE_CALLER = ("bare-name-across-namespaces", "tutorial-other-namespace")
REASONS = {
    "bare-name-across-namespaces": Reason.WRONG_NAMESPACE,
    "deployment-name": Reason.NXDOMAIN,
    "egress-without-dns": Reason.DNS_BLOCKED,
    "frozen-replacement": Reason.WRONG_NAMESPACE,
    "name-prefix": Reason.NXDOMAIN,
    "namespace-typo": Reason.WRONG_NAMESPACE,
    "nobody-let-in": Reason.BLOCKED,
    "policy-lists-service-port": Reason.BLOCKED,
    "port-undeclared": Reason.PORT_UNDECLARED,
    "service-name-typo": Reason.NXDOMAIN,
    "staging-namespace": Reason.LEAVES_ENVIRONMENT,
    "tutorial-other-namespace": Reason.WRONG_NAMESPACE,
}


def checked(scenario: Path, view: text.View, environments: tuple[str, ...] = ()) -> tuple[Report, str]:
    options = Options(environments=environments, places=view.proofs)
    report = check(working_tree(scenario), load(scenario), choose(Limits(), os.environ), options)
    assert report.bugs == ()
    return report, text.render(report, view)


def assert_expected(scenario: Path, printed: str, request: pytest.FixtureRequest) -> None:
    expected = scenario / "expected.txt"
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.write_text(printed)
    assert printed == expected.read_text()


@pytest.mark.parametrize("scenario", FAULTS, ids=lambda path: path.name)
def test_a_fault_is_reported_where_it_is_and_in_prod_alone(scenario: Path, request: pytest.FixtureRequest) -> None:
    report, printed = checked(scenario, text.View(notes=True, summary=False))

    assert_expected(scenario, printed, request)
    assert {finding.severity for finding in report.findings} == {Severity.ERROR}
    only = "." if scenario.name.startswith("tutorial") else "prod"
    assert {finding.environments for finding in report.findings} == {(only,)}
    assert all(finding.hint for finding in report.findings)
    rules = [finding.rule for finding in report.findings]
    if scenario.name in OWN_ERRORS:
        assert rules == [OWN_ERRORS[scenario.name]]
        callers = [each.message.split()[1] for each in report.findings[0].related if "depends on it" in each.message]
        assert callers == ["httpd-prod/dep-centos", "httpd-prod/job-smoke-test"]
    else:
        count = 1 if scenario.name in ONE_CALLER else 2
        assert rules == [REASONS[scenario.name].rule] * count
        assert len({finding.object for finding in report.findings}) == count


@pytest.mark.parametrize("scenario", GOOD, ids=lambda path: path.name)
def test_a_good_twin_is_proved(scenario: Path, request: pytest.FixtureRequest) -> None:
    """Its expected.txt is what `ringtrue check -v --env prod` prints above the summary: the chains."""
    names = () if scenario.name.startswith("tutorial") else ("prod",)
    report, printed = checked(scenario, text.View(proofs=True, notes=True, summary=False), names)

    assert_expected(scenario, printed, request)
    assert report.findings == ()
    assert {each.proof.reason for each in report.references} - {Reason.EXTERNAL} == {Reason.OK}


@pytest.mark.parametrize("scenario", GOOD, ids=lambda path: path.name)
def test_a_good_twin_is_silent_in_every_environment(scenario: Path) -> None:
    _, printed = checked(scenario, text.View(notes=True, summary=False))

    assert printed == ""


def test_the_folders_are_what_the_script_makes() -> None:
    script = maker()
    for scenario in (*script.FAULTS, *script.GOOD):
        folder = HERE / scenario.name
        found = {
            path.relative_to(folder).as_posix(): path.read_text()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "expected.txt"
        }
        assert found == script.made(scenario), f"run python tests/scenarios/_make.py: {scenario.name} is stale"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scenario_maker", HERE / "_make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
