"""`make check` proves this repository: every caller of every environment, through all four stages."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from render_environments import ROOT

RINGTRUE = Path(sys.executable).with_name("ringtrue")
STAGES = ["name", "port", "endpoints", "policy"]


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    command = [RINGTRUE, "check", "-v", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def test_there_are_three_environments_and_argocd_is_none(report: dict[str, Any]) -> None:
    assert [(e["name"], [s["path"] for s in e["sources"]], e["complete"]) for e in report["environments"]] == [
        ("dev", ["overlays/dev"], True),
        ("staging", ["overlays/staging"], True),
        ("prod", ["overlays/prod"], True),
    ]


def test_every_reference_is_proved_through_all_stages(report: dict[str, Any]) -> None:
    proved = [
        (r["environment"], r["client"]["name"], r["host"], r["verdict"], [step["stage"] for step in r["steps"]])
        for r in report["references"]
    ]

    assert proved == [
        (environment, client, f"svc-clusterip-httpd.httpd-{environment}.svc.cluster.local", "proved", STAGES)
        for environment in ("dev", "staging", "prod")
        for client in ("dep-centos", "job-smoke-test")
    ]


def test_nothing_is_found(report: dict[str, Any]) -> None:
    assert report["findings"] == []
