"""The first lines of a diff: how many of what, and which environments came or went."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ringtrue.changes import Change, Difference, Sides
from ringtrue.findings import Severity
from ringtrue.reports.lines import Line, Piece, Style, clean
from ringtrue.reports.summary import counted

WORDS = {
    Change.BROKEN: "broken",
    Change.TURNED_UNKNOWN: "no longer known",
    Change.MOVED: "moved",
    Change.GAINED: "gained",
    Change.LOST: "lost",
    Change.MENDED: "mended",
    Change.BECAME_KNOWN: "known now",
}


def summary(difference: Difference, sides: Sides, *, otherwise: bool = False) -> Iterator[Line]:
    """From what to what; connections by what became of them; findings gained and lost; environments.

    `otherwise`: something else changed, which the report shows.
    """
    yield ((f"from {clean(sides.before.name)} to {clean(sides.after.name)}", "heading"),)
    yield (*_connections(difference, otherwise), *_findings(difference))
    yield from _environments("new", difference.added)
    yield from _environments("no longer there", difference.removed)
    yield from _environments("not rendered, so what was lost there is not listed", difference.failing, "warning")


def _environments(said: str, names: Sequence[str], style: Style = "") -> Iterator[Line]:
    named = ", ".join(name for name in names if name not in ("", "."))
    if named:
        yield ((f"{'environment' if len(names) == 1 else 'environments'} {said}: {clean(named)}", style),)


def _connections(difference: Difference, otherwise: bool) -> Iterator[Piece]:
    counts = Counter(each.change for each in difference.connections)
    told = [f"{counts[change]} {WORDS[change]}" for change in Change if counts[change]]
    same = sum(difference.same.values())
    style: Style = "error" if counts[Change.BROKEN] else ""
    if told:
        yield (f"connections: {', '.join([*told, f'{same} as before'] if same else told)}", style)
        return
    as_before = f": {counted(same, 'connection')} as before" if same else ""
    if difference.failing and not same:
        yield ("no connection is known now", "")
    elif difference.changed or otherwise:
        yield (f"no connection changed{as_before}", "")
    else:
        yield (f"nothing changed{as_before}", "")


def _findings(difference: Difference) -> Iterator[Piece]:
    for severity in (Severity.ERROR, Severity.WARNING):
        changed = [each for each in difference.findings if each.finding.severity is severity]
        gained = sum(each.gained for each in changed)
        told = [f"{gained} new"] * bool(gained) + [f"{len(changed) - gained} gone"] * (gained < len(changed))
        if told:
            yield (f"; {severity.value}s: {', '.join(told)}", "")
