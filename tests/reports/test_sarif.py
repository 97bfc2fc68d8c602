"""SARIF 2.1.0, held against its schema and against what GitHub takes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from ringtrue.checking import Report, entries, page
from ringtrue.findings import Finding, Location, Related, Severity
from ringtrue.reports.sarif import MESSAGE, RELATED, RESULTS, render

Valid = Callable[[str, str], Any]


@pytest.fixture
def made(valid: Valid) -> Callable[..., Any]:
    """The one run of a report."""

    def rendered(report: Report, *, notes: bool = False, site: str = "") -> Any:
        (run,) = valid("sarif", render(report, notes=notes, site=site))["runs"]
        return run

    return rendered


def finding(number: int = 0, severity: Severity = Severity.ERROR, **changes: Any) -> Finding:
    made = Finding("yaml-unreadable", severity, Location("a.yaml", number + 1), "broken", fingerprint=f"{number:016x}")
    return replace(made, **changes)


def test_a_report_is_valid(report: Report, made: Any) -> None:
    for shown in (report, replace(report, bugs=("rule x failed",)), Report((), ())):
        for notes in (False, True):
            made(shown, notes=notes)


def test_one_result_a_finding_notes_when_asked_for(report: Report, made: Any) -> None:
    assert [each["level"] for each in made(report)["results"]] == ["error", "warning"]
    assert [each["level"] for each in made(report, notes=True)["results"]] == ["error", "warning", "note"]


def test_the_whole_result(report: Report, made: Any) -> None:
    artifact = {"uri": "base/client.yaml", "uriBaseId": "SRCROOT"}
    region = {"startLine": 12, "startColumn": 9, "endLine": 12, "endColumn": 20}

    assert made(report)["results"][0] == {
        "ruleId": "reference-port-undeclared",
        "ruleIndex": 1,
        "level": "error",
        "message": {
            "text": "Service 'db' has no port 5432\nhint: did you mean 5433?\nrelated: [base/db.yaml:9](1): its ports"
        },
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


def test_every_rule_that_is_used_is_explained(report: Report, made: Any) -> None:
    run = made(report, notes=True)
    rules = run["tool"]["driver"]["rules"]

    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert len({each["id"] for each in rules}) == len(rules) == 3
    for rule in rules:
        assert rule["shortDescription"]["text"] == page(rule["id"]).splitlines()[0]
        assert rule["defaultConfiguration"]["level"] == entries()[rule["id"]].severity
        assert "## How to fix" in rule["help"]["markdown"]


def test_a_path_is_a_uri(made: Any) -> None:
    (uri,) = _uris(made(Report((), (finding(location=Location("a b/ü#%.yaml")),))))

    assert (uri, urlsplit(uri).fragment, unquote(uri)) == ("a%20b/%C3%BC%23%25.yaml", "", "a b/ü#%.yaml")


def _uris(run: Any) -> Iterator[str]:
    for result in run["results"]:
        yield from (each["physicalLocation"]["artifactLocation"]["uri"] for each in result["locations"])


def test_a_fault_of_ringtrue_itself_is_no_result(report: Report, made: Any) -> None:
    run = made(replace(report, bugs=("rule x failed",)))

    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [{"level": "error", "message": {"text": "rule x failed"}}],
        }
    ]
    assert len(run["results"]) == 2


def test_a_name_that_is_no_text_is_still_a_uri(made: Any) -> None:
    assert list(_uris(made(Report((), (finding(location=Location("a\udcff.yaml")),))))) == ["a%3F.yaml"]


def test_the_page_of_a_rule_is_linked_where_the_pages_are_published(made: Any) -> None:
    one = Report((), (finding(),))
    (linked,) = made(one, site="https://docs.example.com/")["tool"]["driver"]["rules"]
    (alone,) = made(one)["tool"]["driver"]["rules"]

    assert linked.pop("helpUri") == "https://docs.example.com/rules/yaml-unreadable/"
    assert linked == alone


def test_every_rule_fits_what_github_shows() -> None:
    for name in entries():
        summary, _, rest = page(name).partition("\n")
        assert (0 < len(name) <= 255, 0 < len(summary) <= 1024, bool(rest.strip())) == (True, True, True), name


def test_the_gravest_are_kept_where_github_would_reject_the_file() -> None:
    notes = [finding(number, Severity.NOTE) for number in range(RESULTS)]
    report = Report((), (*notes, finding(RESULTS), finding(RESULTS + 1, Severity.WARNING)))
    (run,) = json.loads(render(report, notes=True))["runs"]

    assert [each["level"] for each in run["results"][:3]] == ["error", "warning", "note"]
    assert len(run["results"]) == RESULTS
    assert run["invocations"][0] == {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            {
                "level": "warning",
                "message": {
                    "text": "2 findings more, the least grave, left out: GitHub rejects more than 25000 results"
                },
            }
        ],
    }


def test_related_locations_end_where_github_stops(made: Any) -> None:
    related = tuple(Related(Location("b.yaml", number), f"calls it {number}") for number in range(1, RELATED + 4))
    (result,) = made(Report((), (finding(related=related),)))["results"]

    assert len(result["relatedLocations"]) == RELATED
    assert result["message"]["text"].endswith("[b.yaml:100](100): calls it 100\nand 3 related places more")


def test_a_very_long_message_is_cut_and_no_link_is_torn(made: Any) -> None:
    related = tuple(Related(Location("b.yaml", number), "x" * 3000) for number in range(1, 50))
    (result,) = made(Report((), (finding(message="m" * 7000, hint="h" * 5000, related=related),)))["results"]
    first, *rest = result["message"]["text"].split("\n")

    assert len(result["message"]["text"]) <= MESSAGE
    assert (first, [len(line) for line in rest]) == ("m" * 7000, [1000, 1000])
    assert rest[1].startswith("related: [b.yaml:1](1): xxx")
    (result,) = made(Report((), (finding(message="m" * 20_000),)))["results"]
    assert result["message"]["text"] == "m" * (MESSAGE - 3) + "..."


def test_brackets_of_a_manifest_are_no_link(made: Any) -> None:
    related = (Related(Location("a]b[.yaml", 7), "see [x](2)"),)
    (result,) = made(Report((), (finding(message="value '[click](https://evil.example)'", related=related),)))[
        "results"
    ]

    assert result["message"]["text"] == (
        "value '\\[click\\](https://evil.example)'\nrelated: [a\\]b\\[.yaml:7](1): see \\[x\\](2)"
    )
