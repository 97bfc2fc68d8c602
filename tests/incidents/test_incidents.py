"""Faults that people met: `before` shows exactly the rule that would have caught it, `after` shows nothing.

Where there is a folder `deployed`, both are changes of what is there.
"""

import os
import tomllib
from pathlib import Path

import pytest

from ringtrue.checking import Options, Report, check
from ringtrue.config import load
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

HERE = Path(__file__).parent
INCIDENTS = tomllib.loads((HERE / "incidents.toml").read_text())


def checked(folder: Path) -> Report:
    deployed = folder.parent / "deployed"
    before = judged(deployed) if deployed.is_dir() else None
    return judged(folder, before)


def judged(folder: Path, before: Report | None = None) -> Report:
    return check(working_tree(folder), load(folder), choose(Limits(), os.environ), Options(places=True), before=before)


@pytest.mark.parametrize("situation", INCIDENTS)
def test_before_shows_exactly_the_rule(situation: str) -> None:
    incident = INCIDENTS[situation]
    findings = checked(HERE / situation / "before").findings
    found = [(each.rule, str(each.severity), str(each.object or "")) for each in findings]
    assert found == [(incident["rule"], incident["severity"], incident["object"])]


@pytest.mark.parametrize("situation", INCIDENTS)
def test_after_shows_nothing(situation: str) -> None:
    report = checked(HERE / situation / "after")
    assert report.environments, "nothing was looked at"
    assert report.findings == ()


def test_every_folder_is_in_the_table() -> None:
    assert {path.parent.name for path in HERE.glob("*/before")} == set(INCIDENTS)
