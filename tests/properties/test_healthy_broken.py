"""Recall and precision: a healthy repository, broken in one way at a time, is told exactly that of prod."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringtrue.checking import Options, Report, check
from ringtrue.config import load
from ringtrue.reachability.reasons import Reason
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

HERE = Path(__file__).parent
HEALTHY = HERE.parent / "scenarios" / "healthy"
BREAKS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "breaks.yaml").read_text())
ELSEWHERE = {Reason.OK, Reason.SHADOWED}
"""Reasons without a break: shadowing takes a second namespace, and has its cases under tests/cases."""


def broken(fault: dict[str, Any], folder: Path) -> Path:
    root = shutil.copytree(HEALTHY, folder / "repository")
    overlay = root / "overlays" / "prod"
    patches = [{"target": each["target"], "patch": yaml.safe_dump(each["ops"])} for each in fault.get("patches", ())]
    if "url" in fault:
        variable = {"name": "OTHER_URL", "value": fault["url"]}
        ops = [{"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": variable}]
        patches.append({"target": {"name": "dep-centos"}, "patch": yaml.safe_dump(ops)})
    if "delete" in fault:
        policy = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": fault["delete"]}}
        patches.append({"patch": yaml.safe_dump({"$patch": "delete", **policy})})
    layer = yaml.safe_load((overlay / "kustomization.yaml").read_text())
    layer |= {"resources": [*layer["resources"], *(["added.yaml"] if "add" in fault else [])], "patches": patches}
    (overlay / "kustomization.yaml").write_text(yaml.safe_dump(layer) + fault.get("field", ""))
    files = {"overlays/prod/added.yaml": fault["add"]} if "add" in fault else {}
    for path, documents in {**files, **fault.get("files", {})}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(yaml.safe_dump_all(documents))
    if fault.get("policy"):
        settings = root / "ringtrue.toml"
        settings.write_text(f"{settings.read_text()}\n[rules]\npolicy = true\n")
    return root


def checked(root: Path) -> Report:
    report = check(working_tree(root), load(root), choose(Limits(), os.environ), Options())
    assert report.bugs == ()
    return report


@pytest.mark.parametrize("name", BREAKS)
def test_a_fault_is_told_and_nothing_else(name: str, tmp_path: Path) -> None:
    fault = BREAKS[name]
    report = checked(broken(fault, tmp_path))

    said = {finding.rule for finding in report.findings if "prod" in finding.environments}
    assert set(fault["rules"]) <= said <= {*fault["rules"], *fault.get("also", ())}
    if not fault.get("policy"):
        assert {environment for finding in report.findings for environment in finding.environments} <= {"prod"}
    if "reason" in fault:
        reasons = {each.proof.reason.value for each in report.references if each.environment == "prod"}
        assert fault["reason"] in reasons


def test_the_healthy_repository_has_no_finding() -> None:
    assert checked(HEALTHY).findings == ()


def test_every_reason_has_a_fault() -> None:
    assert {fault["reason"] for fault in BREAKS.values() if "reason" in fault} == {
        reason.value for reason in Reason if reason not in ELSEWHERE
    }
