"""What became of the connections, a section for each kind of change; what broke stands above the finding for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ringtrue.changes import Change, ConnectionChange, FindingChange, Group
from ringtrue.reports.chain import chain
from ringtrue.reports.connection_words import called, environments, verdict
from ringtrue.reports.diff_findings import changed, first, more
from ringtrue.reports.lines import Line, Style, clean

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

_LONG = 40
"""Letters that the names of environments may take in front of a line."""

Faults = Mapping[str, FindingChange]
"""New findings by fingerprint."""


def section(groups: Sequence[Group], faults: Faults, *, verbose: bool) -> Iterator[Line]:
    """The groups of one kind of change, with its heading; `verbose` adds the chains, and shows all of a long list."""
    change = groups[0][0].change
    yield ()
    yield ((_HEADINGS[change], _STYLES.get(change, "heading")),)
    by_label = _by_label(groups)
    if change is Change.BROKEN:
        yield from _broken(by_label, faults, verbose)
        return
    label = ""
    for group in first(by_label, verbose):
        told = "" if change is Change.TURNED_UNKNOWN else outcome(group[0])
        yield from _told(group, label, f": {told}" if told else "")
        if change is Change.TURNED_UNKNOWN:
            yield _why(group[0])
        yield from _chains(group, verbose)
        label = environments(group)
    yield from more(groups, verbose)


def _by_label(groups: Sequence[Group]) -> list[Group]:
    """Those of the same environments beside each other, in the order of the first of them."""
    labels = list(dict.fromkeys(map(environments, groups)))
    return sorted(groups, key=lambda group: labels.index(environments(group)))


def _told(group: Group, label: str, outcome: str = "") -> Iterator[Line]:
    """Its environments and what became of it; names that fill a line stand above it once, unless `label` was them."""
    names = environments(group)
    if len(names) <= _LONG:
        yield ((f"  {names}", "faint"), (called(group), ""), (outcome, ""))
        return
    if names != label:
        yield ((f"  {names.rstrip()}", "faint"),)
    yield (("    ", ""), (called(group), ""), (outcome, ""))


def outcome(change: ConnectionChange) -> str:
    """The verdict, where the kind of change does not say it; else ""."""
    before, here = change.before, change.here
    if before is None:
        return verdict(here)
    if change.change in (Change.LOST, Change.MENDED):
        return "" if change.change is Change.LOST else f"was {verdict(before)}"
    same = before.verdict is here.verdict and before.reason is here.reason
    return verdict(here) if same else f"{verdict(here)}, was {verdict(before)}"


def why(change: ConnectionChange) -> str:
    """What a finding would say, where its rule is off or it is accepted."""
    return f"{verdict(change.here)}: {change.here.decisive.proof.message}"


def _broken(groups: Sequence[Group], faults: Faults, verbose: bool) -> Iterator[Line]:
    """The callers that one fault breaks together, above it."""
    by_fault: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        by_fault.setdefault(tuple(name for name in group[0].findings if name in faults), []).append(group)
    for names, broken in by_fault.items():
        label = ""
        for group in broken:
            yield from _told(group, label)
            if not names:
                yield _why(group[0])
            yield from _chains(group, verbose)
            label = environments(group)
        seen = {each.environment for group in broken for each in group}
        for name in names:
            fault = faults[name]
            # Where the lines above name the same environments, they are not said again.
            yield from changed(replace(fault, environments=()) if seen == {*fault.environments} else fault, "    ")


def _why(change: ConnectionChange) -> Line:
    return (("    ", ""), (clean(why(change)), ""))


def _chains(group: Group, verbose: bool) -> Iterator[Line]:
    if not verbose:
        return
    for change in group:
        for checked in change.here.references:
            yield from (((("    ", ""), *line)) for line in chain(checked))
