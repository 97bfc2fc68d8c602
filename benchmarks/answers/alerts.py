"""The answers of kubescape's library: cases of manifests, each with the alerts that it wants about them."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.accuracy.answers import Answer, ask
from benchmarks.answers.sources import Cases, Check, Tool
from benchmarks.answers.verdicts import Outcome, names, usable
from benchmarks.answers.worlds import resources

_WHOLE = "[cluster]\ncomplete = true\n"
"""As for kubescape, a case is all that the cluster holds."""

Alerts = Sequence[Mapping[str, Any]]
Named = frozenset[tuple[str, str]]
"""Kind and name: an alert leaves the namespace out."""


def alerted(tool: Tool, folder: Path) -> list[Outcome]:
    """Every verdict of the checks of a tool that are told by cases."""
    return [
        outcome
        for check in tool.checks
        if check.cases
        for case in sorted((folder / check.cases.folder / "test").iterdir())
        if any(fnmatch(case.name, form) for form in check.cases.only)
        for outcome in _case(check, check.cases, case)
    ]


def _case(check: Check, cases: Cases, case: Path) -> Iterator[Outcome]:
    alerts = json.loads((case / "expected.json").read_text(encoding="utf-8")) or []
    answer = _asked(case / "input")
    said = _said(alerts, cases.told)
    for resource in resources(case / "input"):
        if resource.kind in cases.kinds:
            verdict = f"{case.name}: {resource.kind} {resource.namespace}/{resource.name}"
            told = bool(alerts) if cases.told == "case" else (resource.kind, resource.name) in said
            yield Outcome(check, verdict, told is not cases.sound, _reported(answer, check, verdict))


def _said(alerts: Alerts, told: str) -> Named:
    if told == "related":
        found = [related["object"] for alert in alerts for related in alert.get("relatedObjects") or ()]
    else:
        found = [each for alert in alerts for each in alert["alertObject"].get("k8sApiObjects") or ()]
    return frozenset((each["kind"], each["metadata"]["name"]) for each in found)


def _reported(answer: Answer, check: Check, verdict: str) -> bool:
    rules = tuple(f"[{rule}]" for rule in check.rules)
    return any(names(each.shown, verdict) for each in answer.findings if each.shown.endswith(rules))


def _asked(manifests: Path) -> Answer:
    with TemporaryDirectory() as made:
        shutil.copytree(manifests, made, dirs_exist_ok=True)
        Path(made, "ringtrue.toml").write_text(_WHOLE, encoding="utf-8")
        return usable(ask(Path(made), ["."]), manifests.parent.name)
