"""Findings that are new, as blocks that say what to do, and those that are gone, a line each."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from ringtrue.changes import Change, Difference, FindingChange
from ringtrue.findings import Severity
from ringtrue.reports.block import block
from ringtrue.reports.lines import Line, clean

_MANY = 20
"""More lines of one kind than this are not read; what is broken, and new findings, are all shown."""

_Each = TypeVar("_Each")


def gained(changes: Sequence[FindingChange], severity: Severity, told: Collection[str]) -> Iterator[Line]:
    found = [each for each in changes if each.gained and each.finding.severity is severity]
    left = [each for each in found if each.finding.fingerprint not in told]
    if not left:
        return
    yield ()
    yield ((f"new {severity.value}s" + (", beside those above" if len(left) < len(found) else ""), severity.value),)
    for each in left:
        yield from changed(each, "  ")


def changed(change: FindingChange, indent: str) -> Iterator[Line]:
    for line in block(replace(change.finding, environments=change.environments)):
        yield ((indent, ""), *line)


def no_longer_found(difference: Difference, *, verbose: bool) -> list[FindingChange]:
    """What only said why a mended caller failed is told with that caller; notes are for those who ask."""
    mended = [each.before for each in difference.connections if each.change is Change.MENDED and each.before]
    told = {name for each in mended for name in each.ids}
    hidden = () if verbose else (Severity.NOTE,)
    found = [
        each
        for each in difference.findings
        if not each.gained
        and each.finding.severity not in hidden
        and not (each.finding.references and told.issuperset(each.finding.references))
    ]
    # With an environment went all that was wrong with it.
    return [each for each in found if verbose or not each.environments or {*each.environments} - {*difference.removed}]


def gone(difference: Difference, *, verbose: bool) -> Iterator[Line]:
    """One line each: there is nothing to be done about them."""
    shown = no_longer_found(difference, verbose=verbose)
    if not shown:
        return
    yield ()
    yield (("no longer found", "heading"),)
    for each in first(shown, verbose):
        names = ", ".join(name for name in each.environments if name not in ("", "."))
        where = f"{names}: " if names else ""
        finding = each.finding
        yield (
            (clean(f"  {where}"), "faint"),
            (finding.severity.value, finding.severity.value),
            (clean(f": {finding.message} "), ""),
            (f"[{finding.rule}]", "rule"),
        )
    yield from more(shown, verbose)


def first(found: Sequence[_Each], verbose: bool) -> Sequence[_Each]:
    """As many as are read."""
    return found if verbose else found[:_MANY]


def more(found: Sequence[object], verbose: bool) -> Iterator[Line]:
    """How many `first` left out."""
    left = len(found) - len(first(found, verbose))
    if left:
        yield ((f"  and {left} more; -v lists them", "faint"),)
