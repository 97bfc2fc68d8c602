"""`--baseline`: what a former report found is counted and not shown, so that a team can begin with what is new."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.checking.severities import lower
from ringtrue.errors import UsageError
from ringtrue.findings import Finding, Severity


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding of the former report."""

    path: str
    rule: str
    message: str
    severity: Severity
    fingerprint: str


Baseline = Mapping[str, Known]
"""By fingerprint, which holds no line number."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is new, how much is known, and what the baseline holds in vain."""

    new: tuple[Finding, ...]
    known: int
    gone: tuple[Known, ...]


def read(text: str, name: str) -> Baseline:
    """The findings in a `--format json` report; raises UsageError for any other text."""
    try:
        document = json.loads(text)
        return {known.fingerprint: known for known in map(_known, _findings(document))}
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = "make one with `ringtrue check --format json --output FILE`"
        raise UsageError(f"--baseline {name!r} is no report of `ringtrue check --format json`; {hint}") from None


def compared(findings: Iterable[Finding], baseline: Baseline, complete: bool) -> Compared:
    """Known is a finding whose fingerprint is in the baseline and that is no graver now than it was then.

    `complete`: the run looked at everything, so that an entry that did not occur is gone.
    """
    found = tuple(findings)
    seen = {each.fingerprint for each in found}
    new = tuple(each for each in found if not _is_known(each, baseline))
    gone = sorted(known for name, known in baseline.items() if name not in seen)
    return Compared(new, len(found) - len(new), tuple(gone) if complete else ())


def _is_known(finding: Finding, baseline: Baseline) -> bool:
    known = baseline.get(finding.fingerprint)
    return known is not None and lower(finding.severity, known.severity) is finding.severity


def _findings(document: Any) -> Iterable[Any]:
    if document["tool"]["name"] != "ringtrue" or document["version"] != 1 or not isinstance(document["findings"], list):
        raise ValueError
    return document["findings"]


def _known(finding: Any) -> Known:
    path, rule, message, name = (str(finding[key]) for key in ("path", "rule", "message", "fingerprint"))
    return Known(path, rule, message, Severity(finding["severity"]), name)
