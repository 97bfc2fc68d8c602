"""Each rule and reason on small folders of manifests; `expected.txt` is what the user sees, to the letter.

A folder is `<rule>/good-<situation>` or `<rule>/bad-<situation>`: manifests, perhaps a `ringtrue.toml`. Where it holds
`deployed` and `pushed`, the change from the one to the other is judged.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ringtrue.checking import Options, Report, check, entries
from ringtrue.config import load
from ringtrue.findings import Finding, Severity
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.reports import gitlab, json_report, junit, sarif, text
from ringtrue.reports.chain import chain
from ringtrue.reports.lines import plain
from ringtrue.repository.checkout import index, working_tree
from ringtrue.rules import RULES

HERE = Path(__file__).parent
RULES_FOLDER = HERE.parents[1] / "scripts" / "ringtrue" / "rules"
CASES = sorted(path for path in HERE.glob("*/*") if path.name.startswith(("good-", "bad-")))


def checked(case: Path, scratch: Path) -> Report:
    """The case's report; with a file `.untracked` it is judged as a git repository that lacks what that file lists."""
    renderer, options = choose(Limits(), os.environ), Options(places=True)
    if (case / "deployed").is_dir():
        deployed, pushed = case / "deployed", case / "pushed"
        before = check(working_tree(deployed), load(deployed), renderer, options)
        return check(working_tree(pushed), load(pushed), renderer, options, before=before)
    if not (case / ".untracked").exists():
        return check(working_tree(case), load(case), renderer, options)
    shutil.copytree(case, scratch, dirs_exist_ok=True, symlinks=True)
    git("init", "--quiet", at=scratch)
    git("add", *sorted(path.name for path in case.iterdir() if path.name not in untracked(case)), at=scratch)
    with index(scratch) as tree:
        return check(tree, load(scratch), renderer, options)


def untracked(case: Path) -> set[str]:
    return {".untracked", "expected.txt", *(case / ".untracked").read_text().split()}


def git(*words: str, at: Path) -> None:
    subprocess.run(["git", *words], cwd=at, check=True, capture_output=True)


def printed(rule: str, report: Report) -> str:
    """All findings; of a reason that is no finding here, or shown at another, the chain of each reference."""
    found = text.render(report, text.View(notes=True, summary=False))
    if f"[{rule}]" in found:
        return found
    return found + "".join(plain(chain(each)) for each in report.references if each.proof.reason.rule == rule)


def is_wrong_in_a_good_case(finding: Finding, rule: str) -> bool:
    return finding.rule == rule or finding.severity is Severity.ERROR


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest, valid: Callable[[str, str], object]) -> None:
    rule = case.parent.name
    report = checked(case, tmp_path)
    found = printed(rule, report)
    expected = case / "expected.txt"
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.write_text(found)

    assert report.bugs == ()
    assert report.environments, "nothing was looked at"
    if case.name.startswith("good-"):
        assert [finding for finding in report.findings if is_wrong_in_a_good_case(finding, rule)] == []
    else:
        assert f"[{rule}]" in found or f"({rule.removeprefix('reference-')})" in found
    assert found == (expected.read_text() if expected.exists() else "")
    assert len({each.fingerprint for each in report.findings}) == len(report.findings)
    valid("check", json_report.render(report, verbose=True))
    for name, module in (("sarif", sarif), ("gitlab", gitlab), ("junit", junit)):
        valid(name, module.render(report, notes=True))


@pytest.mark.parametrize("name", entries())
def test_every_rule_and_reason_has_a_good_and_a_bad_case(name: str) -> None:
    assert {case.name.partition("-")[0] for case in CASES if case.parent.name == name} == {"bad", "good"}


def test_every_folder_is_of_a_rule_or_reason() -> None:
    assert {case.parent.name for case in CASES} - entries().keys() == set()


def test_every_module_of_a_rule_is_registered() -> None:
    modules = {path.stem.replace("_", "-") for path in RULES_FOLDER.glob("[!_]*.py")}

    assert modules == {rule.NAME for rule in RULES}
