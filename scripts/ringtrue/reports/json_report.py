"""`--format json`: the contract of `check.v1.schema.json`."""

from collections.abc import Mapping
from typing import Any

from ringtrue import __version__
from ringtrue.checking import CheckedReference, Report
from ringtrue.environments.environment import Environment
from ringtrue.findings import Finding, Location
from ringtrue.manual import docs_url
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Verdict
from ringtrue.reports.json_text import written
from ringtrue.reports.summary import count

Json = Mapping[str, Any]

VERSION = 1
"""Rises only when a key is removed or changes its meaning."""


def render(report: Report, *, verbose: bool = False) -> str:
    """One JSON document in ASCII, keys in a fixed order; `verbose` gives the steps of proved references too."""
    document = {
        "version": VERSION,
        "tool": {"name": "ringtrue", "version": __version__},
        "assumptions": [each.sentence for each in report.assumptions],
        **_baseline(report),
        "environments": [_environment(each) for each in report.listed],
        "references": [_reference(each, verbose) for each in report.references],
        "findings": [finding_json(each) for each in report.findings],
    }
    return written(document) + "\n"


def _baseline(report: Report) -> Json:
    """Only with a baseline; a report made without one is what can be the next baseline."""
    if report.known is None:
        return {}
    gone = [
        {"rule": each.rule, "path": each.path, "message": each.message, "fingerprint": each.fingerprint}
        for each in report.gone
    ]
    return {"baseline": {"known": report.known, "gone": gone}}


def _environment(environment: Environment) -> Json:
    counts = count(environment.proofs)
    return {
        "name": environment.name,
        "cluster": environment.cluster.name,
        "complete": environment.complete,
        "sources": [
            {
                "path": source.path,
                "revision": source.revision,
                "application": source.application_name,
                "status": source.status.value,
                "reason": source.reason,
            }
            for source in environment.sources
        ],
        "references": {
            "proved": counts.proved,
            "refuted": counts.refuted,
            "unknown": counts.unknown,
            "external": counts.external,
            "unread": counts.unread,
        },
    }


def _reference(checked: CheckedReference, verbose: bool) -> Json:
    proof, reference = checked.proof, checked.proof.reference
    client, place = reference.client, checked.location or Location(reference.spot.resource.source)
    shown = verbose or proof.verdict is not Verdict.PROVED
    return {
        "id": checked.id,
        "environment": checked.environment,
        "client": {
            "kind": client.kind,
            "namespace": client.namespace,
            "name": client.name,
            "container": reference.container,
        },
        "via": reference.via.value,
        "field": reference.field,
        **({} if reference.secret else {"text": reference.text}),
        "host": reference.host,
        "port": reference.port,
        "port_name": reference.port_name,
        "scheme": reference.scheme,
        "target": _target(proof),
        "verdict": proof.verdict.value,
        "reason": proof.reason.value,
        "rule": checked.rule,
        "steps": [
            {"stage": step.stage.value, "result": step.result.value, "evidence": step.evidence}
            for step in (proof.steps if shown else ())
        ],
        "path": place.path,
        "line": place.line,
        "column": place.column,
    }


def _target(proof: Proof) -> Json | None:
    target = proof.target
    if target is None:
        return None
    return {
        "namespace": target.namespace,
        "service": target.service,
        "port": target.port,
        "port_name": target.port_name,
    }


def finding_json(finding: Finding) -> Json:
    """A finding as the contract has it; a diff repeats it."""
    place, subject = finding.location, finding.object
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line or place.line,
        "end_column": place.end_column or place.column,
        "message": finding.message,
        "hint": finding.hint,
        "object": subject and {"kind": subject.kind, "namespace": subject.namespace, "name": subject.name},
        "environments": list(finding.environments),
        "references": list(finding.references),
        "related": [
            {
                "path": related.location.path,
                "line": related.location.line,
                "column": related.location.column,
                "message": related.message,
            }
            for related in finding.related
        ],
        "fingerprint": finding.fingerprint,
        "docs": docs_url(finding.rule),
    }
