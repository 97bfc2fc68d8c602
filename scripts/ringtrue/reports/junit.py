"""`--format junit`: JUnit XML, which Jenkins, GitLab, Azure DevOps, CircleCI and others show as tests.

An error is a test that failed, a warning or a note one that passed and has something to say: so a run with failures is
one that exits with 1. Every address is a test too: passed when it is proved, else skipped with the reason, for what
is wrong with it is a finding. A fault of ringtrue itself is an `error`.

There is no standard. Only what the schema of Jenkins (`junit-10.xsd`) has is written, which the others read as well: no
`file`, `line` or time. Two tests of one class and name are one test to GitLab, which also reads no file above 30 MB.
XML 1.0 has no way to write most control characters, and none for half a surrogate pair: they are spelt out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ringtrue.checking import CheckedReference, Report
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import Finding, Severity
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.reports.block import block
from ringtrue.reports.chain import asked
from ringtrue.reports.lines import clean, plain
from ringtrue.reports.selection import shown

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_LONGEST = 500
"""Characters of a name or a `message`; the text of the element has everything."""


@dataclass(frozen=True, slots=True)
class _Test:
    group: str
    name: str
    tie: str
    """Told apart by this where group and name are those of another test: stays the same from run to run."""
    outcome: str = ""
    """`failure`, `error`, `skipped`, `system-out`, or "" for a test that passed in silence."""
    message: str = ""
    text: str = ""


def render(report: Report, *, notes: bool = False) -> str:
    """One suite of the findings, and one of the sources and addresses of each environment."""
    found = [_finding(each) for each in shown(report, notes=notes)]
    found += [_Test("ringtrue", "fault of ringtrue itself", bug, "error", bug) for bug in report.bugs]
    asked_in = {each.name: list[CheckedReference]() for each in report.listed}
    for checked in report.references:
        asked_in.setdefault(checked.environment, []).append(checked)
    suites = [("findings", found), *((_called(each.name), _environment(each, asked_in)) for each in report.listed)]
    every = [test for _, tests in suites for test in tests]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="ringtrue"{_figures(every)}>']
    for name, tests in suites:
        lines += [f'  <testsuite name="{_escaped(name)}"{_figures(tests, skipped=True)}>', *_cases(tests)]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _finding(finding: Finding) -> _Test:
    subject = finding.object.shown if finding.object else finding.location.path
    failed = finding.severity is Severity.ERROR
    text = plain(block(finding))
    outcome, message = ("failure", finding.message) if failed else ("system-out", "")
    return _Test(finding.rule, f"{subject}: {finding.message}", finding.fingerprint, outcome, message, text)


def _environment(environment: Environment, asked_in: Mapping[str, Iterable[CheckedReference]]) -> list[_Test]:
    name = _called(environment.name)
    left = [source for source in environment.sources if source.status is not Status.RENDERED]
    reasons = "; ".join(map(_unrendered, left))
    sources = _Test(name, "every source is rendered", "", "skipped" if left else "", reasons)
    return [sources, *(_reference(name, each) for each in asked_in[environment.name])]


def _unrendered(source: Source) -> str:
    if source.status is Status.SKIPPED and source.application_name:
        return f"Application {source.application_name!r} is not checked: its source {source.reason}"
    return f"{source.path or '.'}: {source.status.value}: {source.reason}"


def _reference(group: str, checked: CheckedReference) -> _Test:
    proof = checked.proof
    if proof.verdict is Verdict.PROVED:
        return _Test(group, asked(proof.reference), checked.id)
    said = f": {proof.message}" if proof.message else ""
    verdict = "external" if proof.reason is Reason.EXTERNAL else f"{proof.verdict.value} ({proof.reason.value})"
    return _Test(group, asked(proof.reference), checked.id, "skipped", f"{verdict}{said}")


def _called(environment: str) -> str:
    return environment if environment not in ("", ".") else "the one environment"


def _figures(tests: Iterable[_Test], *, skipped: bool = False) -> str:
    outcomes = [test.outcome for test in tests]
    found = {"tests": len(outcomes), "failures": outcomes.count("failure"), "errors": outcomes.count("error")}
    found |= {"skipped": outcomes.count("skipped")} if skipped else {}
    return "".join(f' {key}="{value}"' for key, value in found.items())


def _cases(tests: Iterable[_Test]) -> Iterator[str]:
    seen: set[str] = set()
    for test in tests:
        name = _name(test, seen)
        head = f'    <testcase classname="{_escaped(test.group)}" name="{name}"'
        if not test.outcome:
            yield f"{head}/>"
            continue
        yield f"{head}>"
        yield f"      {_outcome(test)}"
        yield "    </testcase>"


def _name(test: _Test, seen: set[str]) -> str:
    name = _escaped(_cut(test.name))
    if f"{test.group}\0{name}" in seen:
        name = _escaped(f"{_cut(test.name)} ({test.tie})")
    seen.add(f"{test.group}\0{name}")
    return name


def _outcome(test: _Test) -> str:
    if test.outcome == "system-out":
        return f"<system-out>{_text(test.text)}</system-out>"
    message = f'<{test.outcome} message="{_escaped(_cut(test.message))}"'
    text = test.text or (test.message if len(test.message) > _LONGEST else "")
    return f"{message}>{_text(text)}</{test.outcome}>" if text else f"{message}/>"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _escaped(text: str) -> str:
    return clean(text).translate(_ESCAPES)


def _text(block_text: str) -> str:
    return "\n".join(map(_escaped, block_text.rstrip("\n").split("\n")))
