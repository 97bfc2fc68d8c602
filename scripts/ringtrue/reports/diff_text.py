"""`ringtrue diff` for a reviewer: what broke first, then new errors, then what else became of the connections."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from ringtrue.changes import Change, ConnectionChange, Difference, FindingChange, Sides
from ringtrue.findings import Severity
from ringtrue.reports.assumed import assumed
from ringtrue.reports.block import block
from ringtrue.reports.chain import chain
from ringtrue.reports.connection_words import called, environments, verdict
from ringtrue.reports.diff_summary import summary
from ringtrue.reports.lines import Line, Style, clean, plain

_HEADINGS = {
    Change.BROKEN: "broken: proved before, refuted now",
    Change.TURNED_UNKNOWN: "no longer known: decided before, unknown now",
    Change.MOVED: "moved: another Service, host or port is called than before",
    Change.GAINED: "gained: called now, and not before",
    Change.LOST: "lost: called before, and not now",
    Change.MENDED: "mended: refuted before, proved now",
    Change.BECAME_KNOWN: "known now: unknown before",
}

_STYLES: dict[Change, Style] = {Change.BROKEN: "error", Change.TURNED_UNKNOWN: "warning", Change.MENDED: "good"}

_MANY = 20
"""More lines of one kind than this are not read; what is broken, and new findings, are all shown."""

Group = tuple[ConnectionChange, ...]
"""The same change in one or more environments."""


@dataclass(frozen=True, slots=True)
class View:
    """Which parts are shown."""

    verbose: bool = False
    """The chain of every change, notes, and what was assumed, in full."""
    summary: bool = True


def render(difference: Difference, sides: Sides, view: View) -> str:
    return plain(lines(difference, sides, view))


def lines(difference: Difference, sides: Sides, view: View) -> Iterator[Line]:
    """The report line by line; an empty line before each part but the first."""
    return dropwhile(lambda line: not line, _parts(difference, sides, view))


def _parts(difference: Difference, sides: Sides, view: View) -> Iterator[Line]:
    if view.summary:
        yield from summary(difference, sides)
    groups = _grouped(difference.connections)
    told = {name for each in difference.connections if each.change is Change.BROKEN for name in each.findings}
    faults = {each.finding.fingerprint: each for each in difference.findings if each.gained}
    for change in Change:
        found = [group for group in groups if group[0].change is change]
        if found:
            yield ()
            yield ((_HEADINGS[change], _STYLES.get(change, "heading")),)
            yield from _broken(found, faults, view) if change is Change.BROKEN else _section(found, view)
        if change is Change.BROKEN:
            yield from _gained(difference.findings, Severity.ERROR, told)
    yield from _gained(difference.findings, Severity.WARNING, told)
    if view.verbose:
        yield from _gained(difference.findings, Severity.NOTE, told)
    yield from _gone(difference, view)
    if view.summary and difference.assumptions:
        yield ()
        yield from assumed(difference.assumptions, in_full=view.verbose)


def _grouped(changes: Sequence[ConnectionChange]) -> list[Group]:
    """Equal changes of several environments together; two equal ones of one environment stay apart."""
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    groups: dict[tuple[tuple[str, ...], int], list[ConnectionChange]] = {}
    for each in changes:
        number = seen[each.shape, each.environment] = seen.get((each.shape, each.environment), 0) + 1
        groups.setdefault((each.shape, number), []).append(each)
    return [tuple(group) for group in groups.values()]


def _section(groups: Sequence[Group], view: View) -> Iterator[Line]:
    shown = groups if view.verbose else groups[:_MANY]
    for group in shown:
        outcome = "" if group[0].change is Change.TURNED_UNKNOWN else _outcome(group[0])
        yield ((f"  {environments(group)}", "faint"), (called(group), ""), (outcome, ""))
        if group[0].change is Change.TURNED_UNKNOWN:
            yield _why(group[0])
        yield from _chains(group, view)
    yield from _more(groups, shown)


def _outcome(change: ConnectionChange) -> str:
    """The verdict, where the heading does not say it."""
    before, here = change.before, change.here
    if before is None:
        return f": {verdict(here)}"
    if change.change in (Change.LOST, Change.MENDED):
        return "" if change.change is Change.LOST else f": was {verdict(before)}"
    same = before.verdict is here.verdict and before.reason is here.reason
    return f": {verdict(here)}" if same else f": {verdict(here)}, was {verdict(before)}"


def _broken(groups: Sequence[Group], faults: Mapping[str, FindingChange], view: View) -> Iterator[Line]:
    """The callers that one fault breaks together, above it."""
    by_fault: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        by_fault.setdefault(tuple(name for name in group[0].findings if name in faults), []).append(group)
    for names, broken in by_fault.items():
        for group in broken:
            yield ((f"  {environments(group)}", "faint"), (called(group), ""))
            if not names:
                yield _why(group[0])
            yield from _chains(group, view)
        seen = {each.environment for group in broken for each in group}
        for name in names:
            fault = faults[name]
            # Where the lines above name the same environments, they are not said again.
            yield from _block(replace(fault, environments=()) if seen == {*fault.environments} else fault, "    ")


def _why(change: ConnectionChange) -> Line:
    """What a finding would say, where its rule is off or it is accepted."""
    proof = change.here.decisive.proof
    return (("    ", ""), (clean(f"{verdict(change.here)}: {proof.message}"), ""))


def _chains(group: Group, view: View) -> Iterator[Line]:
    if not view.verbose:
        return
    for change in group:
        for checked in change.here.references:
            yield from (((("    ", ""), *line)) for line in chain(checked))


def _gained(changes: Sequence[FindingChange], severity: Severity, told: Collection[str]) -> Iterator[Line]:
    found = [each for each in changes if each.gained and each.finding.severity is severity]
    left = [each for each in found if each.finding.fingerprint not in told]
    if not left:
        return
    yield ()
    yield ((f"new {severity.value}s" + (", beside those above" if len(left) < len(found) else ""), severity.value),)
    for each in left:
        yield from _block(each, "  ")


def _block(change: FindingChange, indent: str) -> Iterator[Line]:
    for line in block(replace(change.finding, environments=change.environments)):
        yield ((indent, ""), *line)


def _gone(difference: Difference, view: View) -> Iterator[Line]:
    """One line each: there is nothing to be done about them. What only said why a mended caller failed is told."""
    mended = [each.before for each in difference.connections if each.change is Change.MENDED and each.before]
    told = {name for each in mended for name in each.ids}
    hidden = () if view.verbose else (Severity.NOTE,)
    gone = [
        each
        for each in difference.findings
        if not each.gained
        and each.finding.severity not in hidden
        and not (each.finding.references and told.issuperset(each.finding.references))
    ]
    if not gone:
        return
    yield ()
    yield (("no longer found", "heading"),)
    shown = gone if view.verbose else gone[:_MANY]
    for each in shown:
        names = ", ".join(name for name in each.environments if name not in ("", "."))
        where = f"{names}: " if names else ""
        finding = each.finding
        yield (
            (clean(f"  {where}"), "faint"),
            (finding.severity.value, finding.severity.value),
            (clean(f": {finding.message} "), ""),
            (f"[{finding.rule}]", "rule"),
        )
    yield from _more(gone, shown)


def _more(found: Sequence[object], shown: Sequence[object]) -> Iterator[Line]:
    if len(shown) < len(found):
        yield ((f"  and {len(found) - len(shown)} more; -v lists them", "faint"),)
