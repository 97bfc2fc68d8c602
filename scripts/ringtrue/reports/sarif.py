"""`--format sarif`: SARIF 2.1.0, which code scanning and editors read.

What GitHub code scanning takes of one upload, and does with it:
- rejected above 25,000 results, 25,000 rules, 1,000 locations of a result, 20 tags of a rule, 10 MB after gzip;
- shown are 5,000 results, 100 locations of a result, 10 tags; name, short and full description of a rule up to 255,
  1,024 and 1,024 characters; of a message the first sentence where space is short;
- a related location is shown only where the message links to it, `[text](id)`;
- results are told apart by `primaryLocationLineHash` alone. The `upload-sarif` action makes that from the source line,
  and warns of every other value (github/codeql-action issue 4052). So only `ringtrue/v1` is written here, for other
  readers: a hash of rule, file, object, field and value.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ringtrue import __version__
from ringtrue.checking import Report, page
from ringtrue.checking.catalogue import Entry, entries, grade
from ringtrue.findings import Finding, Location, Related, Severity
from ringtrue.manual import docs_url
from ringtrue.manual.links import SITE
from ringtrue.reports.json_text import written
from ringtrue.reports.lines import clean
from ringtrue.reports.selection import gravest_first, shown
from ringtrue.reports.summary import counted

Json = Mapping[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
"""What paths are relative to: the root of the check."""

RESULTS = 25_000
RELATED = 100
DESCRIPTION = 1_024
MESSAGE = 10_000
"""Characters of one message: no limit is known, but one value of a manifest must not fill the 10 MB."""

_PRIORITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def render(report: Report, *, notes: bool = False, site: str = SITE) -> str:
    """One JSON document in ASCII, a result a line, the gravest first; `notes` are left out unless asked for.

    `site`: where the pages of the rules are published, for `helpUri`, which has to be an absolute URI; "" for nowhere.
    """
    found = gravest_first(shown(report, notes=notes))
    results = found[:RESULTS]
    known = entries()
    rules = {name: index for index, name in enumerate(sorted({each.rule for each in results}))}
    driver = {
        "name": "ringtrue",
        "semanticVersion": __version__,
        "rules": [_rule(known[name], site) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the check"}}},
        "invocations": [_invocation(report.bugs, len(found) - len(results))],
        "results": [],
    }
    document = written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"
    return _filled(document, [written(_result(each, rules[each.rule]), None) for each in results])


def _filled(document: str, results: Sequence[str]) -> str:
    """A line each: thousands of results, indented, take four times the space and the time."""
    if not results:
        return document
    before, empty, after = document.rpartition('"results": []')
    lines = ",\n".join(f"        {each}" for each in results)
    return f"{before}{empty[:-1]}\n{lines}\n      ]{after}"


def _rule(entry: Entry, site: str) -> Json:
    summary, _, rest = page(entry.name).partition("\n")
    text = f"{grade(entry)}\n\n{rest.strip()}"
    return {
        "id": entry.name,
        "shortDescription": {"text": _cut(summary, DESCRIPTION)},
        "fullDescription": {"text": _cut(summary, DESCRIPTION)},
        **({"helpUri": docs_url(entry.name, site)} if site else {}),
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": entry.severity.value},
        "properties": {"tags": [entry.rule_class.value], "problem.severity": _PRIORITY[entry.severity]},
    }


def _invocation(bugs: Sequence[str], left: int) -> Json:
    """A fault of ringtrue itself is no result: the tool says that it failed."""
    notices = [{"level": "error", "message": {"text": bug}} for bug in bugs]
    if left:
        said = f"{counted(left, 'finding')} more, the least grave, left out: GitHub rejects more than {RESULTS} results"
        notices.append({"level": "warning", "message": {"text": said}})
    return {"executionSuccessful": not bugs, "toolExecutionNotifications": notices}


def _result(finding: Finding, index: int) -> Json:
    names = [{"fullyQualifiedName": finding.object.shown, "kind": "resource"}] if finding.object else []
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _place(finding.location), "logicalLocations": names}],
        "relatedLocations": [_related(each, number) for number, each in enumerate(finding.related[:RELATED], 1)],
        "partialFingerprints": {"ringtrue/v1": finding.fingerprint},
        "properties": {"environments": list(finding.environments)},
    }


def _related(related: Related, number: int) -> Json:
    message = {"text": _cut(related.message, MESSAGE)}
    return {"id": number, "physicalLocation": _place(related.location), "message": message}


def _message(finding: Finding) -> str:
    """The sentence, the hint, a link to each related location."""
    lines = [_literal(finding.message)]
    lines += [f"hint: {_literal(finding.hint)}"] if finding.hint else []
    for number, each in enumerate(finding.related[:RELATED], 1):
        where = f"{each.location.path}:{each.location.line}"
        lines.append(f"related: [{_linked(where)}]({number}): {_literal(each.message)}")
    left = len(finding.related) - RELATED
    lines += [f"and {counted(left, 'related place')} more"] if left > 0 else []
    return _fitting(lines)


def _fitting(lines: Sequence[str]) -> str:
    """Whole lines as far as they fit, so that no link is torn."""
    kept, size = [_cut(lines[0], MESSAGE)], len(lines[0])
    for line in (_cut(text, MESSAGE // 10) for text in lines[1:]):
        size += len(line) + 1
        if size > MESSAGE:
            break
        kept.append(line)
    return "\n".join(kept)


def _literal(text: str) -> str:
    """SARIF takes `[text](id)` in a message for a link, unless its brackets are escaped."""
    return re.sub(r"[\[\]\\]", r"\\\g<0>", text) if "](" in text else text


def _linked(text: str) -> str:
    return re.sub(r"[\[\]\\]", r"\\\g<0>", clean(text))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


def _place(location: Location) -> Json:
    region = {"startLine": location.line, "startColumn": location.column}
    if location.end_line:
        region |= {"endLine": location.end_line, "endColumn": location.end_column}
    return {
        "artifactLocation": {"uri": quote(location.path, errors="replace"), "uriBaseId": ROOT},
        "region": region,
    }
