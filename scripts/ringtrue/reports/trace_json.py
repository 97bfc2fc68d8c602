"""`ringtrue trace --format json`: the same answer for programs; names and enums are those of the check's report."""

from collections.abc import Mapping
from typing import Any

from ringtrue import __version__
from ringtrue.checking.question import Trace, Traced
from ringtrue.findings import Location
from ringtrue.reports.json_text import written

VERSION = 1
"""Rises only when a key is removed or changes its meaning."""


def render(trace: Trace) -> str:
    """One JSON document in ASCII, keys in a fixed order."""
    proof, reference = trace.proof, trace.proof.reference
    client = reference.client
    document = {
        "version": VERSION,
        "tool": {"name": "ringtrue", "version": __version__},
        "assumptions": [each.sentence for each in trace.assumptions],
        "environment": trace.environment,
        "client": {"kind": client.kind, "namespace": client.namespace, "name": client.name, **_place(trace.client)},
        "host": reference.host,
        "port": reference.port,
        "scheme": reference.scheme,
        "verdict": proof.verdict.value,
        "reason": proof.reason.value,
        "message": proof.message,
        "hint": trace.hint,
        "steps": [_step(stage) for stage in trace.stages],
        "curl": [{"status": each.status, "says": each.says, "when": each.when} for each in trace.curl],
    }
    return written(document) + "\n"


def _step(stage: Traced) -> Mapping[str, Any]:
    return {
        "stage": stage.step.stage.value,
        "result": stage.step.result.value,
        "evidence": stage.step.evidence,
        "details": [
            {"subject": each.subject, "result": each.result, **_place(each.location)} for each in stage.evidence
        ],
    }


def _place(location: Location | None) -> Mapping[str, Any]:
    """Of what no manifest holds, such as an answer of DNS, path and line are null."""
    return {"path": location and location.path, "line": location and location.line}
