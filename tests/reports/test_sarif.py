"""SARIF 2.1.0, held against what the standard asks of the objects that are used."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from jsonschema import Draft202012Validator

from ringtrue.checking import Report, entries, page
from ringtrue.findings import Finding, Location, Severity
from ringtrue.reports.sarif import render

TEXT = {"type": "string", "minLength": 1}
MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": TEXT, "markdown": TEXT}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
POSITIVE = {"type": "integer", "minimum": 1}


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def each(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


ARTIFACT = closed(["uri", "uriBaseId"], uri=TEXT, uriBaseId={"const": "SRCROOT"})
REGION = closed(
    ["startLine", "startColumn"], startLine=POSITIVE, startColumn=POSITIVE, endLine=POSITIVE, endColumn=POSITIVE
)
PHYSICAL = closed(["artifactLocation", "region"], artifactLocation=ARTIFACT, region=REGION)
LOGICAL = closed(["fullyQualifiedName"], fullyQualifiedName=TEXT, kind=TEXT)
LOCATION = closed(["physicalLocation"], physicalLocation=PHYSICAL, logicalLocations=each(LOGICAL))
RELATED = closed(
    ["id", "physicalLocation", "message"],
    id={"type": "integer", "minimum": 0},
    physicalLocation=PHYSICAL,
    message=MESSAGE,
)
RULE = closed(
    ["id", "shortDescription", "help", "defaultConfiguration"],
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed(["level"], level=LEVEL),
    properties=closed(["tags"], tags=each(TEXT)),
)
RESULT = closed(
    ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations={**each(LOCATION), "minItems": 1, "maxItems": 1},
    relatedLocations=each(RELATED),
    partialFingerprints={"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    properties={"type": "object"},
)
NOTIFICATION = closed(["message"], level=LEVEL, message=MESSAGE)
RUN = closed(
    ["tool", "results"],
    tool=closed(["driver"], driver=closed(["name"], name=TEXT, semanticVersion=TEXT, rules=each(RULE))),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={"type": "object", "additionalProperties": closed([], description=MESSAGE)},
    invocations=each(
        closed(
            ["executionSuccessful"],
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=each(NOTIFICATION),
        )
    ),
    results=each(RESULT),
)
LOG = closed(["version", "runs"], **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": each(RUN)})


def made(report: Report, *, notes: bool = False) -> Any:
    document = json.loads(render(report, notes=notes))
    Draft202012Validator(LOG).validate(document)
    (run,) = document["runs"]
    return run


def test_a_report_is_valid(report: Report) -> None:
    for shown in (report, replace(report, bugs=("rule x failed",)), Report((), ())):
        for notes in (False, True):
            made(shown, notes=notes)


def test_one_result_a_finding_notes_when_asked_for(report: Report) -> None:
    assert [each["level"] for each in made(report)["results"]] == ["error", "warning"]
    assert [each["level"] for each in made(report, notes=True)["results"]] == ["error", "warning", "note"]


def test_the_whole_result(report: Report) -> None:
    artifact = {"uri": "base/client.yaml", "uriBaseId": "SRCROOT"}
    region = {"startLine": 12, "startColumn": 9, "endLine": 12, "endColumn": 20}

    assert made(report)["results"][0] == {
        "ruleId": "reference-port-undeclared",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "Service 'db' has no port 5432\ndid you mean 5433?"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": region},
                "logicalLocations": [{"fullyQualifiedName": "Pod shop/client", "kind": "resource"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "base/db.yaml", "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 9, "startColumn": 3},
                },
                "message": {"text": "its ports"},
            }
        ],
        "partialFingerprints": {"ringtrue/v1": "f1"},
        "properties": {"environments": ["prod"]},
    }


def test_every_rule_that_is_used_is_explained(report: Report) -> None:
    run = made(report, notes=True)
    rules = run["tool"]["driver"]["rules"]

    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert len({each["id"] for each in rules}) == len(rules) == 3
    for rule in rules:
        assert rule["shortDescription"]["text"] == page(rule["id"]).splitlines()[0]
        assert rule["defaultConfiguration"]["level"] == entries()[rule["id"]].severity
        assert "## How to fix" in rule["help"]["markdown"]


def test_a_path_is_a_uri() -> None:
    finding = Finding("yaml-unreadable", Severity.ERROR, Location("a b/ü#%.yaml"), "broken", fingerprint="f")
    (uri,) = _uris(made(Report((), (finding,))))

    assert (uri, urlsplit(uri).fragment, unquote(uri)) == ("a%20b/%C3%BC%23%25.yaml", "", "a b/ü#%.yaml")


def _uris(run: Any) -> Iterator[str]:
    for result in run["results"]:
        yield from (each["physicalLocation"]["artifactLocation"]["uri"] for each in result["locations"])


def test_a_fault_of_ringtrue_itself_is_no_result(report: Report) -> None:
    run = made(replace(report, bugs=("rule x failed",)))

    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [{"level": "error", "message": {"text": "rule x failed"}}],
        }
    ]
    assert len(run["results"]) == 2
