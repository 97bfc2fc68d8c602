"""JUnit XML, to the letter, and held against what its readers take."""

import xml.etree.ElementTree as XML
from collections.abc import Callable
from dataclasses import replace

import pytest

from ringtrue.checking import Report
from ringtrue.findings import Finding, Location, ObjectId, Severity
from ringtrue.reports.junit import render

Valid = Callable[[str, str], XML.Element]

DOCUMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ringtrue" tests="7" failures="1" errors="0">
  <testsuite name="findings" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="reference-port-undeclared" name="Pod shop/client: Service 'db' has no port 5432">
      <failure message="Service 'db' has no port 5432">\
base/client.yaml:12:9: error: Service 'db' has no port 5432 [reference-port-undeclared]
  seen in: prod
  hint: did you mean 5433?
  related: base/db.yaml:9: its ports</failure>
    </testcase>
    <testcase classname="ignore-unused" name="ringtrue.toml: silences nothing">
      <system-out>ringtrue.toml:3:1: warning: silences nothing [ignore-unused]</system-out>
    </testcase>
  </testsuite>
  <testsuite name="prod" tests="5" failures="0" errors="0" skipped="4">
    <testcase classname="prod" name="every source is rendered">
      <skipped message="charts/x: skipped: a Helm chart"/>
    </testcase>
    <testcase classname="prod" name="shop/client [curl]  env HOST = web"/>
    <testcase classname="prod" name="shop/client [curl]  env DSN -&gt; db:5432">
      <skipped message="refuted (port-undeclared): Service 'db' has no port 5432"/>
    </testcase>
    <testcase classname="prod" name="Ingress shop/edge  spec.rules[0].http.paths[0].backend = web">
      <skipped message="unknown (open-namespace): who knows"/>
    </testcase>
    <testcase classname="prod" name="shop/client [curl]  args[0] -&gt; example.com:80">
      <skipped message="external"/>
    </testcase>
  </testsuite>
</testsuites>
"""


def test_the_whole_document(report: Report, valid: Valid) -> None:
    assert render(report) == DOCUMENT
    valid("junit", DOCUMENT)


def test_notes_when_asked_for(report: Report, valid: Valid) -> None:
    assert len(valid("junit", render(report, notes=True)).findall("testsuite[1]/testcase")) == 3


def test_a_run_with_nothing_in_it_is_valid(valid: Valid) -> None:
    assert [suite.attrib["name"] for suite in valid("junit", render(Report((), ())))] == ["findings"]


def test_a_fault_of_ringtrue_itself_is_an_error(valid: Valid) -> None:
    root = valid("junit", render(Report((), (), bugs=("rule x failed", "rule y failed"))))

    assert [each.attrib["message"] for each in root.iter("error")] == ["rule x failed", "rule y failed"]
    assert root.attrib["errors"] == "2"


def finding(message: str, **changes: object) -> Finding:
    made = Finding("rule", Severity.ERROR, Location("a.yaml"), message, object=ObjectId("Pod", "shop", "web"))
    return replace(made, **changes)


CHARACTERS = {
    "what XML knows": ('<a href="x">&\'', '<a href="x">&\''),
    "the end of a CDATA section": ("]]>", "]]>"),
    "letters": ("größer 東京 😀", "größer 東京 😀"),
    "a control character": ("\x1b[31m\x00\x0b", r"\x1b[31m\x00\x0b"),
    "line ends": ("a\r\nb\tc", r"a\r\nb\tc"),
    "half a pair": ("\udcff\ud800", r"\udcff\ud800"),
    "no character": ("\ufffe\uffff\x85\u2028", r"\ufffe\uffff\x85\u2028"),
}


@pytest.mark.parametrize(("written", "read"), CHARACTERS.values(), ids=CHARACTERS)
def test_every_character_arrives_or_is_spelt_out(written: str, read: str, valid: Valid) -> None:
    root = valid("junit", render(Report((), (finding(written, location=Location(f"{written}.yaml")),))))
    (failure,) = root.iter("failure")

    assert failure.attrib["message"] == read
    assert failure.text == f"{read}.yaml:1:1: error: {read} [rule]"


def test_a_very_long_message_is_whole_in_the_text_only(valid: Valid) -> None:
    (case,) = valid("junit", render(Report((), (finding("x" * 100_000),)))).iter("testcase")

    assert [len(case.attrib["name"]), len(case[0].attrib["message"])] == [503, 503]
    assert case[0].text == f"a.yaml:1:1: error: {'x' * 100_000} [rule]"


def test_two_of_one_name_are_told_apart(valid: Valid) -> None:
    twins = (finding("broken", fingerprint="f1"), finding("broken", location=Location("b.yaml"), fingerprint="f2"))
    cases = valid("junit", render(Report((), twins))).iter("testcase")

    assert [case.attrib["name"] for case in cases] == ["Pod shop/web: broken", "Pod shop/web: broken (f2)"]
