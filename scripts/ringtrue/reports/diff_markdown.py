"""`ringtrue diff --format markdown`: a comment on a pull request, short enough to be read, and whole when unfolded."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ringtrue.changes import Change, Difference, Sides
from ringtrue.findings import Severity
from ringtrue.reports.assumed import assumed
from ringtrue.reports.diff_sections import Row, Section, sections
from ringtrue.reports.diff_summary import summary
from ringtrue.reports.diff_text import View
from ringtrue.reports.lines import plain
from ringtrue.reports.markdown import LONGEST, fenced, folded, said, units
from ringtrue.reports.rendered import Rendered
from ringtrue.reports.selection import named
from ringtrue.reports.summary import counted

ROWS = 44
"""Lines of tables and lists before unfolding: with what stands around them, a comment has 60 at most."""
_LINES = 300
"""Of the rendered difference of one environment."""
_ASSUMED = 10
_SENTENCE = 500
_RESERVE = 2_000
"""Letters for the sentences that say what is left out."""


def render(difference: Difference, sides: Sides, objects: Sequence[Rendered], view: View) -> str:
    """The verdict and what matters most; folded, all of it where that is more, and what is rendered otherwise now.

    What does not fit into a comment is left out from the end of the folded parts, and counted.
    """
    parts = sections(difference, notes=view.verbose)
    shown = _shown(parts)
    lines = [*_head(difference, sides, view, bool(objects)), *_lines(parts, shown)]
    above, resting = "\n".join(lines), _assumed(difference, view)
    room = LONGEST - _RESERVE - units(above) - units(resting)
    full = _full(parts, shown, room)
    otherwise = _objects(objects, room - units(full))
    return "\n\n".join(filter(None, (above, full, otherwise, resting))) + "\n"


def _head(difference: Difference, sides: Sides, view: View, otherwise: bool) -> Iterator[str]:
    yield f"### ringtrue: {_verdict(difference, otherwise)}"
    for line in summary(difference, sides, otherwise=otherwise) if view.summary else ():
        yield ""
        yield said(plain([line]).rstrip("\n"), _SENTENCE)


def _verdict(difference: Difference, otherwise: bool) -> str:
    broken = sum(each.change is Change.BROKEN for each in difference.connections)
    new = Counter(each.finding.severity for each in difference.findings if each.gained)
    told = [f"{counted(broken, 'connection')} broken"] * bool(broken)
    told += [counted(new[Severity.ERROR], "new error")] * bool(new[Severity.ERROR])
    if told:
        return ", ".join(told)
    unknown = sum(each.change is Change.TURNED_UNKNOWN for each in difference.connections)
    if unknown:
        return f"nothing broke, {counted(unknown, 'connection')} no longer known"
    if new[Severity.WARNING]:
        return f"nothing broke, {counted(new[Severity.WARNING], 'new warning')}"
    return "nothing got worse" if difference.changed or otherwise else "nothing changed"


def _shown(parts: Sequence[Section]) -> list[list[Row]]:
    """The rows of each section that are shown before unfolding: those that matter most, as far as there is room."""
    order = sorted(
        (row.rank, place, number) for place, part in enumerate(parts) for number, row in enumerate(part.rows)
    )
    kept: list[list[int]] = [[] for _ in parts]
    room = ROWS
    for _, place, number in order:
        cost = 1 if kept[place] else 1 + parts[place].overhead
        if cost <= room:
            kept[place].append(number)
            room -= cost
    return [[part.rows[number] for number in sorted(own)] for part, own in zip(parts, kept, strict=True)]


def _lines(parts: Sequence[Section], shown: Sequence[Sequence[Row]]) -> Iterator[str]:
    for part, rows in zip(parts, shown, strict=True):
        if rows:
            yield from part.lines([row.short for row in rows])


def _full(parts: Sequence[Section], shown: Sequence[Sequence[Row]], room: int) -> str:
    """All rows with nothing left out of them; "" where they stand above like that."""
    above = sum(map(len, shown))
    rows = [row for part in parts for row in part.rows]
    if above == len(rows) and all(row.short == row.full for row in rows):
        return ""
    lines: list[str] = []
    left = 0
    for part in parts:
        room -= units("\n".join(part.lines(())))
        own = [row.full for row in part.rows]
        fitting = _fitting(own, room)
        room -= sum(units(row) + 1 for row in own[:fitting])
        left += len(own) - fitting
        lines += part.lines(own[:fitting]) if fitting else ()
    if left:
        lines += ["", f"{counted(left, 'more line')} left out: a comment holds {LONGEST:,} letters."]
    title = f"all {counted(len(rows), 'change')} in full" if above == len(rows) else f"all {len(rows)} changes"
    return folded(f"{title}, of which {above} stand above" if above < len(rows) else title, "\n".join(lines).lstrip())


def _fitting(lines: Sequence[str], room: int) -> int:
    """How many of the first lines fit."""
    for number, line in enumerate(lines):
        room -= units(line) + 1
        if room < 0:
            return number
    return len(lines)


def _objects(objects: Sequence[Rendered], room: int) -> str:
    """Each environment has the same room, and what those before it left."""
    bodies: list[str] = []
    left = 0
    for place, each in enumerate(objects):
        body = _object(each, room // (len(objects) - place))
        left += not body
        room -= units(body)
        bodies += [body] * bool(body)
    if left:
        bodies.append(f"{counted(left, 'more environment')} left out: a comment holds {LONGEST:,} letters.")
    names = said(named(each.environment for each in objects), _SENTENCE)
    return (
        folded(f"what is rendered otherwise now{f': {names}' if names else ''}", "\n\n".join(bodies)) if bodies else ""
    )


def _object(each: Rendered, room: int) -> str:
    """The part of one environment; "" where not even its first line fits."""
    counts = ((each.changed, "changed"), (each.added, "added"), (each.removed, "removed"))
    told = ", ".join(f"{counted(number, 'object')} {word}" for number, word in counts if number)
    name = said(named((each.environment,)), _SENTENCE)
    head = f"**{name}**: {told}" if name else told
    fitting = min(_LINES, _fitting(each.lines, room - units(head) - _RESERVE // 4))
    if fitting <= 0:
        return ""
    left = len(each.lines) - fitting
    more = f"\n\nand {counted(left, 'line')} more, left out here" if left else ""
    return f"{head}\n\n{fenced(each.lines[:fitting], 'diff')}{more}"


def _assumed(difference: Difference, view: View) -> str:
    lines = [plain([line]).rstrip("\n") for line in assumed(difference.assumptions, in_full=view.verbose)]
    if not lines or not view.summary:
        return ""
    rows = [f"- {said(line.removeprefix('assumed: '), _SENTENCE)}" for line in lines[:_ASSUMED]]
    rows += [f"- and {len(lines) - _ASSUMED} more"] * (len(lines) > _ASSUMED)
    return folded("what was assumed", "\n".join(rows))
