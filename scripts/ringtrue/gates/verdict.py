"""Which findings of the check refuse the push, and which are only shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ringtrue.checking import Report
from ringtrue.findings import Finding, Severity
from ringtrue.gates.judging import Checked, reading
from ringtrue.gates.refs import Branches, Update
from ringtrue.gates.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding, and whose it is."""

    finding: Finding
    update: Update | None
    """What pushes it; None for a finding in an environment that is not pushed."""
    environments: tuple[str, ...]
    """Those for which it counts."""


def faults(updates: Sequence[Update], checked: Checked, branches: Branches) -> tuple[Fault, ...]:
    """What the push has or brings, each fault once: findings in what is pushed, and in the rest
    those that are new and more than notes."""
    found: dict[tuple[str, Severity], Fault] = {}
    for fault in (*_own(checked, branches), *_deployed(updates, checked, branches)):
        found.setdefault((fault.finding.fingerprint, fault.finding.severity), fault)
    return tuple(sorted(found.values(), key=lambda each: (each.finding.location, each.finding.rule)))


def refusals(faults: Sequence[Fault], updates: Sequence[Update]) -> tuple[Refusal, ...]:
    """One for each ref with errors of its own, and one for what the push breaks elsewhere."""
    errors = [each for each in faults if each.finding.severity is Severity.ERROR]
    refused = []
    for update in updates:
        own = [each for each in errors if each.update is update]
        if own:
            sentence = f"the check finds {_counted(own)}{_names(own)}"
            refused.append(Refusal("check-failed", update.ref, update.new, sentence))
    elsewhere = [each for each in errors if each.update is None]
    if elsewhere:
        first = updates[0]
        sentence = f"the push would break what it does not touch: {_counted(elsewhere)}{_names(elsewhere)}"
        refused.append(Refusal("environment-broken", first.ref, first.new, sentence))
    return tuple(refused)


def _own(checked: Checked, branches: Branches) -> Iterator[Fault]:
    for update, report in checked.own:
        name = branches.environment(update.ref)
        mine = {each.name for each in report.listed if each.name.rpartition("/")[2] == name}
        for finding in report.findings:
            if not mine or mine & set(finding.environments):
                yield Fault(finding, update, finding.environments)


def _deployed(updates: Sequence[Update], checked: Checked, branches: Branches) -> Iterator[Fault]:
    if checked.deployed is None:
        return
    pushed = _pushed(updates, checked.deployed, branches)
    known = cache(lambda: _known(checked.before()))
    for finding in checked.deployed.findings:
        own = tuple(name for name in finding.environments if name in pushed)
        if own:
            yield Fault(finding, pushed[own[0]], own)
        elif finding.severity is not Severity.NOTE and (new := tuple(_new(finding, known()))):
            yield Fault(finding, None if finding.environments else updates[0], tuple(filter(None, new)))


def _new(finding: Finding, known: frozenset[tuple[str, str, Severity]]) -> Iterator[str]:
    return (name for name in _places(finding) if (finding.fingerprint, name, finding.severity) not in known)


def _pushed(updates: Sequence[Update], report: Report, branches: Branches) -> dict[str, Update]:
    """What moves an environment, by its name."""
    found: dict[str, Update] = {}
    for update in updates:
        for name in (*reading(update.ref, report, branches), branches.environment(update.ref)):
            if name:
                found.setdefault(name, update)
    return found


def _known(before: Report | None) -> frozenset[tuple[str, str, Severity]]:
    findings = before.findings if before else ()
    return frozenset((each.fingerprint, name, each.severity) for each in findings for name in _places(each))


def _places(finding: Finding) -> tuple[str, ...]:
    """Objects of Argo CD itself are in no environment."""
    return finding.environments or ("",)


def _counted(faults: Sequence[Fault]) -> str:
    return "1 error" if len(faults) == 1 else f"{len(faults)} errors"


def _names(faults: Sequence[Fault]) -> str:
    names = dict.fromkeys(name for each in faults for name in each.environments if name not in ("", "."))
    return f" in {', '.join(map(repr, names))}" if names else ""
