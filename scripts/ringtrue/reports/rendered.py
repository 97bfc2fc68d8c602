"""What is rendered before and after, by environment, as a unified diff of YAML; never what is in a Secret."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import zip_longest

from ringtrue.checking import Report
from ringtrue.manifests.concealed import concealed
from ringtrue.manifests.resource import Resource
from ringtrue.reports.lines import clean
from ringtrue.reports.object_yaml import HIDDEN, as_yaml

LONGEST = 5_000
"""Lines of an object: a longer one is not compared, since that takes longer than the check."""
_WIDEST = 300

_Id = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """Of one environment; `lines` go into a `diff` fence."""

    environment: str
    changed: int
    added: int
    removed: int
    lines: tuple[str, ...]


def rendered(before: Report, after: Report, names: Collection[str]) -> tuple[Rendered, ...]:
    """Of those of the environments in which an object differs, in their order."""
    old, new = _resources(before), _resources(after)
    found = (_compared(name, old.get(name, ()), new.get(name, ())) for name in names)
    return tuple(each for each in found if each.lines)


def _resources(report: Report) -> Mapping[str, Sequence[Resource]]:
    return {each.name: each.resources for each in report.listed}


def _compared(name: str, old: Iterable[Resource], new: Iterable[Resource]) -> Rendered:
    lines: list[str] = []
    counts = {"changed": 0, "added": 0, "removed": 0}
    for before, after in _pairs(old, new):
        shown = [*_difference(before, after)]
        if shown:
            lines += shown
            counts["removed" if after is None else "added" if before is None else "changed"] += 1
    return Rendered(name, counts["changed"], counts["added"], counts["removed"], tuple(lines))


def _pairs(old: Iterable[Resource], new: Iterable[Resource]) -> Iterator[tuple[Resource | None, Resource | None]]:
    """Those of one key; several of it, such as those without a name, in the order found."""
    before, after = _by_id(old), _by_id(new)
    for key in sorted(before.keys() | after.keys()):
        yield from zip_longest(before.get(key, ()), after.get(key, ()))


def _by_id(resources: Iterable[Resource]) -> Mapping[_Id, list[Resource]]:
    found: dict[_Id, list[Resource]] = {}
    for each in resources:
        found.setdefault((each.kind, each.namespace, each.name, each.group), []).append(each)
    return found


def _difference(before: Resource | None, after: Resource | None) -> Iterator[str]:
    # Not `==`, to which 1 and true are equal.
    if before and after and repr(before.data) == repr(after.data):
        return
    old, new = _lines(before, None), _lines(after, before)
    names = [clean(str(each)) if each else "/dev/null" for each in (before, after)]
    if max(len(old), len(new)) > LONGEST:
        yield from (f"--- {names[0]}", f"+++ {names[1]}", f"@@ {len(old)} and {len(new)} lines are not compared @@")
        return
    yield from map(_cut, unified_diff(old, new, fromfile=names[0], tofile=names[1], lineterm=""))


def _lines(resource: Resource | None, before: Resource | None) -> list[str]:
    """Without what is a Secret's, also where another object holds one in a text or in a patch."""
    if resource is None:
        return []
    text = as_yaml(resource.data, before.data if before else None)
    lines = [clean(line) for line in text.split("\n")[:-1]]
    hidden = frozenset[int]() if resource.kind == "Secret" else concealed(text)
    if hidden is None:
        return [HIDDEN]
    return [_without(line) if number in hidden else line for number, line in enumerate(lines, 1)]


def _without(line: str) -> str:
    return line[: len(line) - len(line.lstrip())] + HIDDEN


def _cut(line: str) -> str:
    return line if len(line) <= _WIDEST else f"{line[:_WIDEST]}..."
