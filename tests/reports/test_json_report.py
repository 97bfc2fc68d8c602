"""The JSON contract, held against its schema."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ringtrue import __version__
from ringtrue.checking import Report
from ringtrue.reachability.proof import Result, Stage
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.references.reference import Via
from ringtrue.reports.json_report import render

SCHEMA: dict[str, Any] = json.loads(files("ringtrue.reports").joinpath("check.v1.schema.json").read_text())


@pytest.mark.parametrize("verbose", [False, True], ids=["short", "verbose"])
def test_a_report_is_valid(report: Report, verbose: bool) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(render(report, verbose=verbose)))


def test_an_empty_report_is_valid() -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(render(Report((), ()))))


def test_the_whole_document(report: Report) -> None:
    document = json.loads(render(report))

    assert {key: document[key] for key in ("version", "tool", "assumptions")} == {
        "version": 1,
        "tool": {"name": "ringtrue", "version": __version__},
        "assumptions": [
            "the repository is this one",
            "CoreDNS with the cluster domain cluster.local",
            "the network plugin enforces NetworkPolicy",
        ],
    }
    assert document["environments"] == [
        {
            "name": "prod",
            "cluster": "in-cluster",
            "complete": False,
            "sources": [
                {"path": "overlays/prod", "revision": "", "application": None, "status": "rendered", "reason": ""},
                {
                    "path": "charts/x",
                    "revision": "",
                    "application": None,
                    "status": "skipped",
                    "reason": "a Helm chart",
                },
            ],
            "references": {"proved": 1, "refuted": 1, "unknown": 1, "external": 1, "unread": 0},
        }
    ]
    assert document["references"][0] == {
        "id": "r0",
        "environment": "prod",
        "client": {"kind": "Pod", "namespace": "shop", "name": "client", "container": "curl"},
        "via": "env",
        "field": "env HOST",
        "text": "web",
        "host": "web",
        "port": 80,
        "port_name": None,
        "scheme": "http",
        "target": {"namespace": "shop", "service": "web", "port": 80, "port_name": None},
        "verdict": "proved",
        "reason": "ok",
        "rule": None,
        "steps": [],
        "path": "base/client.yaml",
        "line": 10,
        "column": 9,
    }
    assert document["findings"][0] == {
        "rule": "reference-port-undeclared",
        "severity": "error",
        "path": "base/client.yaml",
        "line": 12,
        "column": 9,
        "end_line": 12,
        "end_column": 20,
        "message": "Service 'db' has no port 5432",
        "hint": "did you mean 5433?",
        "object": {"kind": "Pod", "namespace": "shop", "name": "client"},
        "environments": ["prod"],
        "references": ["r1"],
        "related": [{"path": "base/db.yaml", "line": 9, "column": 3, "message": "its ports"}],
        "fingerprint": "f1",
        "docs": "docs/rules/reference-port-undeclared.md",
    }
    assert document["findings"][1]["object"] is None


def test_the_text_of_a_secret_is_left_out(report: Report) -> None:
    assert "text" not in json.loads(render(report))["references"][1]


def test_steps_of_proved_references_are_for_verbose_only(report: Report) -> None:
    short, verbose = (json.loads(render(report, verbose=verbose))["references"] for verbose in (False, True))

    assert [len(each["steps"]) for each in short] == [0, 2, 0, 0]
    assert [len(each["steps"]) for each in verbose] == [2, 2, 0, 0]
    assert short[1]["steps"][1] == {
        "stage": "port",
        "result": "broken",
        "evidence": "Service shop/db has no port 5432",
    }


def test_the_closed_enums_are_those_of_the_code() -> None:
    reference = SCHEMA["properties"]["references"]["items"]["properties"]
    step = reference["steps"]["items"]["properties"]

    assert reference["via"]["enum"] == [each.value for each in Via]
    assert reference["verdict"]["enum"] == [each.value for each in Verdict]
    assert reference["reason"]["enum"] == [each.value for each in Reason]
    assert step["stage"]["enum"] == [each.value for each in Stage]
    assert step["result"]["enum"] == [each.value for each in Result]


def test_nothing_of_the_contract_is_left_unsaid() -> None:
    """Every key is required, but for the two that are left out where they would say nothing, or too much."""
    assert sorted(_optional(SCHEMA)) == ["baseline", "text"]


def _optional(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for each in schema:
            yield from _optional(each)
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False
            yield from schema["properties"].keys() - set(schema["required"])
        for each in schema.values():
            yield from _optional(each)
