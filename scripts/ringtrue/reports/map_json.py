"""`ringtrue map --format json`: the contract of `map.v1.schema.json`, and the data of the page."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ringtrue import __version__
from ringtrue.checking import CheckedReference, Report
from ringtrue.findings import Finding, Location
from ringtrue.reports.map_graph import parts
from ringtrue.reports.map_parts import Edge, Mark, Node, Part, Policy, mark_of

Json = Mapping[str, Any]

VERSION = 1
"""Rises only when a key is removed or changes its meaning."""


def render(report: Report) -> str:
    """One JSON document in ASCII, keys in a fixed order."""
    return json.dumps(document(report, parts(report)), indent=2) + "\n"


def document(report: Report, made: Sequence[Part]) -> Json:
    return {
        "version": VERSION,
        "tool": {"name": "ringtrue", "version": __version__},
        "assumptions": [each.sentence for each in report.assumptions],
        "environments": [_environment(each) for each in made],
        "nodes": [_node(node) for each in made for node in each.nodes],
        "edges": [_edge(edge) for each in made for edge in each.edges],
        "policies": [_policy(policy) for each in made for policy in each.policies],
    }


def _environment(part: Part) -> Json:
    return {
        "name": part.name,
        "cluster": part.cluster,
        "complete": part.complete,
        "references": {mark.value: part.count(mark) for mark in Mark},
        "findings": [_finding(each) for each in part.findings],
    }


def _node(node: Node) -> Json:
    return {
        "id": node.id,
        "environment": node.environment,
        "role": node.role.value,
        "kind": node.kind,
        "namespace": node.namespace,
        "name": node.name,
        "detail": node.detail,
        "own": node.own,
        "findings": [_finding(each) for each in node.findings],
    }


def _edge(edge: Edge) -> Json:
    return {
        "id": edge.id,
        "environment": edge.environment,
        "kind": edge.kind.value,
        "from": edge.source,
        "to": edge.target,
        "verdict": edge.mark.value,
        "detail": edge.detail,
        "references": [_reference(each) for each in edge.references],
    }


def _reference(checked: CheckedReference) -> Json:
    proof, reference = checked.proof, checked.proof.reference
    place = checked.location or Location(reference.spot.resource.source)
    return {
        "id": checked.id,
        "container": reference.container,
        "via": reference.via.value,
        "field": reference.field,
        **({} if reference.secret else {"text": reference.text}),
        "host": reference.host,
        "port": reference.port,
        "port_name": reference.port_name,
        "verdict": mark_of(checked).value,
        "reason": proof.reason.value,
        "message": proof.message,
        "hint": proof.hint,
        "steps": [
            {"stage": step.stage.value, "result": step.result.value, "evidence": step.evidence} for step in proof.steps
        ],
        "path": place.path,
        "line": place.line,
    }


def _policy(policy: Policy) -> Json:
    return {
        "id": policy.id,
        "environment": policy.environment,
        "namespace": policy.namespace,
        "name": policy.name,
        "selects": list(policy.selects),
        "allows": list(policy.allows),
        "cuts": list(policy.cuts),
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.location.path,
        "line": finding.location.line,
        "message": finding.message,
        "hint": finding.hint,
    }
