"""`--format sarif`: SARIF 2.1.0, which code scanning and editors read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ringtrue import __version__
from ringtrue.checking import Report, page
from ringtrue.checking.catalogue import Entry, entries, grade
from ringtrue.findings import Finding, Location, Severity

Json = Mapping[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
"""What paths are relative to: the root of the check."""


def render(report: Report, *, notes: bool = False) -> str:
    """One JSON document in ASCII; `notes` are left out unless asked for, as in the other reports for people."""
    shown = [each for each in report.findings if notes or each.severity is not Severity.NOTE]
    known = entries()
    rules = {name: index for index, name in enumerate(sorted({each.rule for each in shown}))}
    driver = {
        "name": "ringtrue",
        "semanticVersion": __version__,
        "rules": [_rule(known[name]) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the check"}}},
        "invocations": [_invocation(report.bugs)],
        "results": [_result(each, rules[each.rule]) for each in shown],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(entry: Entry) -> Json:
    summary, _, rest = page(entry.name).partition("\n")
    text = f"{grade(entry)}\n\n{rest.strip()}"
    return {
        "id": entry.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": entry.severity.value},
        "properties": {"tags": [entry.rule_class.value]},
    }


def _invocation(bugs: Sequence[str]) -> Json:
    """A fault of ringtrue itself is no result: the tool says that it failed."""
    faults = [{"level": "error", "message": {"text": bug}} for bug in bugs]
    return {"executionSuccessful": not bugs, "toolExecutionNotifications": faults}


def _result(finding: Finding, index: int) -> Json:
    hint = f"\n{finding.hint}" if finding.hint else ""
    names = [{"fullyQualifiedName": finding.object.shown, "kind": "resource"}] if finding.object else []
    related = [
        {"id": number, "physicalLocation": _place(each.location), "message": {"text": each.message}}
        for number, each in enumerate(finding.related, 1)
    ]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": f"{finding.message}{hint}"},
        "locations": [{"physicalLocation": _place(finding.location), "logicalLocations": names}],
        "relatedLocations": related,
        "partialFingerprints": {"ringtrue/v1": finding.fingerprint},
        "properties": {"environments": list(finding.environments)},
    }


def _place(location: Location) -> Json:
    region = {"startLine": location.line, "startColumn": location.column}
    if location.end_line:
        region |= {"endLine": location.end_line, "endColumn": location.end_column}
    return {"artifactLocation": {"uri": quote(location.path), "uriBaseId": ROOT}, "region": region}
