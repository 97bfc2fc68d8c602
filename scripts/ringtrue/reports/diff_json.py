"""`ringtrue diff --format json`: the same difference for programs; names and enums are those of the check's report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ringtrue import __version__
from ringtrue.changes import Address, Change, Connection, ConnectionChange, Difference, FindingChange, Side, Sides
from ringtrue.checking import CheckedReference
from ringtrue.reports.json_report import finding_json
from ringtrue.reports.json_text import written

Json = Mapping[str, Any]

VERSION = 1
"""Rises only when a key is removed or changes its meaning."""


def render(difference: Difference, sides: Sides) -> str:
    """One JSON document in ASCII, keys in a fixed order."""
    document = {
        "version": VERSION,
        "tool": {"name": "ringtrue", "version": __version__},
        "assumptions": [each.sentence for each in difference.assumptions],
        "before": _side(sides.before),
        "after": _side(sides.after),
        "worse": difference.worse,
        "environments": [_environment(name, difference) for name in difference.environments],
        "connections": [_change(each) for each in difference.connections],
        "findings": [_finding(each) for each in difference.findings],
    }
    return written(document) + "\n"


def _side(side: Side) -> Json:
    return {"name": side.name, "commit": side.commit or None}


def _environment(name: str, difference: Difference) -> Json:
    counts = Counter(each.change for each in difference.connections if each.environment == name)
    state = "added" if name in difference.added else "removed" if name in difference.removed else "kept"
    return {
        "name": name,
        "state": state,
        "renders": name not in difference.failing,
        "connections": {"same": difference.same.get(name, 0), **{each.value: counts[each] for each in Change}},
    }


def _change(change: ConnectionChange) -> Json:
    return {
        "change": change.change.value,
        "environment": change.environment,
        "before": change.before and _connection(change.before),
        "after": change.after and _connection(change.after),
        "findings": list(change.findings),
    }


def _connection(connection: Connection) -> Json:
    client = connection.client
    return {
        "client": {"kind": client.kind, "namespace": client.namespace, "name": client.name},
        "target": _target(connection.address),
        "host": connection.address.host,
        **_port(connection.address.port),
        "verdict": connection.verdict.value,
        "reason": connection.reason.value,
        "message": connection.decisive.proof.message,
        "references": [_reference(each) for each in connection.references],
    }


def _target(address: Address) -> Json | None:
    return {"namespace": address.namespace, "service": address.service} if address.service else None


def _port(port: int | str | None) -> Json:
    return {"port": port if isinstance(port, int) else None, "port_name": port if isinstance(port, str) else None}


def _reference(checked: CheckedReference) -> Json:
    reference = checked.proof.reference
    return {
        "id": checked.id,
        "container": reference.container,
        "via": reference.via.value,
        "field": reference.field,
        "host": reference.host,
        "port": reference.port,
        "port_name": reference.port_name,
        "verdict": checked.proof.verdict.value,
        "reason": checked.proof.reason.value,
    }


def _finding(change: FindingChange) -> Json:
    shown = replace(change.finding, environments=change.environments)
    return {"change": "gained" if change.gained else "lost", **finding_json(shown)}
