"""One fault at a time in prod, and good twins: whole repositories, rendered for real; `expected.txt` is the report."""

import importlib.util
import os
import shutil
import sys
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
ONE_CALLER = ("bare-name-across-namespaces", "base-typo", "tutorial-other-namespace")
ONLY = {"base-typo": ("dev", "staging", "prod"), "base-nobody-let-in": ("dev", "staging", "prod")}
"""Environments that show a fault, for those that are not of prod alone."""
REASONS = {
    "base-nobody-let-in": Reason.BLOCKED,
    "base-typo": Reason.NXDOMAIN,
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


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"scenarios{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MENDS = loaded("_mends").MENDS


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
    only = (".",) if scenario.name.startswith("tutorial") else ONLY.get(scenario.name, ("prod",))
    assert {finding.environments for finding in report.findings} == {only}
    assert all(finding.hint for finding in report.findings)
    edited = {edit.path for edit in MENDS[scenario.name][0]}
    assert all(each.location.path in edited or each.hint.startswith(("add ", "allow ")) for each in report.findings)
    rules = [finding.rule for finding in report.findings]
    if scenario.name in OWN_ERRORS:
        assert rules == [OWN_ERRORS[scenario.name]]
        callers = [each.message.split("'")[1] for each in report.findings[0].related if "depends on it" in each.message]
        assert callers == ["httpd-prod/dep-centos", "httpd-prod/job-smoke-test"]
    else:
        count = 1 if scenario.name in ONE_CALLER else 2
        assert rules == [REASONS[scenario.name].rule] * count
        assert len({finding.object for finding in report.findings}) == count


@pytest.mark.parametrize(
    ("name", "way"),
    [pytest.param(name, way, id=f"{name}-{way + 1}") for name in MENDS for way in range(len(MENDS[name]))],
)
def test_what_the_hint_says_mends_it(name: str, way: int, tmp_path: Path) -> None:
    mended = shutil.copytree(HERE / name, tmp_path / name)
    for edit in MENDS[name][way]:
        path = mended / edit.path
        before = path.read_text() if edit.old else ""
        assert edit.old in before
        path.write_text(before.replace(edit.old, edit.new) if edit.old else edit.new)

    _, printed = checked(mended, text.View(notes=True, summary=False))

    assert printed == ""


def test_every_fault_has_a_mend() -> None:
    assert sorted(MENDS) == [path.name for path in FAULTS]


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
    script = loaded("_make")
    for scenario in (*script.FAULTS, *script.GOOD):
        folder = HERE / scenario.name
        found = {
            path.relative_to(folder).as_posix(): path.read_text()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "expected.txt"
        }
        assert found == script.made(scenario), f"run python tests/scenarios/_make.py: {scenario.name} is stale"
