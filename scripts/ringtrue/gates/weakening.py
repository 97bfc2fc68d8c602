"""What a push to main makes ringtrue see less of: listed for a reviewer, never refused."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ringtrue.checking.severities import effective, lower
from ringtrue.config import FILE, Config
from ringtrue.config.lines import key_lines, line_of
from ringtrue.findings import Route, Severity
from ringtrue.gates.ignoring import Ignoring, ignoring
from ringtrue.gates.settings import Settings
from ringtrue.repository.revision import RevisionTree


@dataclass(frozen=True, slots=True, order=True)
class Weakening:
    path: str
    line: int
    what: str


def weakened(old: Settings, new: Settings) -> tuple[Weakening, ...]:
    """By the settings, in the order of the file's lines."""
    lines = key_lines(new.text)
    found = [*_accepted(old.config, new.config), *_turned_down(old.config, new.config), *_rules(old.config, new.config)]
    found += _changed(old.config, new.config)
    return tuple(sorted(Weakening(FILE, _line(lines, where), what) for where, what in found))


def ignored(old: RevisionTree, new: RevisionTree) -> tuple[Weakening, ...]:
    """Comments and annotations that accept findings and that the older tree does not have; of changed files only."""
    before, now = old.snapshot.blobs, new.snapshot.blobs
    changed = [path for path in new.files() if before.get(_full(new, path)) != now.get(_full(new, path))]
    known = Counter(_key(each) for path in changed if old.is_file(path) for each in ignoring(path, old.read(path)))
    found = []
    for each in (each for path in changed for each in ignoring(path, new.read(path))):
        known[_key(each)] -= 1
        if known[_key(each)] < 0:
            found.append(Weakening(each.path, each.line, f"accepts {each.what}"))
    return tuple(sorted(found))


def _full(tree: RevisionTree, path: str) -> str:
    return f"{tree.folder}/{path}" if tree.folder else path


def _key(each: Ignoring) -> tuple[str, str, str]:
    """The same ignore after lines have moved."""
    return each.path, each.what, each.about


def _line(lines: dict[Route, int], where: Route | int) -> int:
    return where if isinstance(where, int) else line_of(lines, where)


Found = Iterator[tuple[Route | int, str]]


def _accepted(old: Config, new: Config) -> Found:
    """`[[ignore]]` and `[[external]]` entries that are new or wider."""
    ignores = Counter((each.rule, each.object, each.environment) for each in old.ignores)
    for entry in new.ignores:
        key = (entry.rule, entry.object, entry.environment)
        ignores[key] -= 1
        if ignores[key] < 0:
            where = "".join((f" of {entry.object}" if entry.object else "", _within(entry.environment)))
            yield entry.line, f"[[ignore]] accepts {entry.rule!r}{where}: {entry.reason}"
    externals = {(each.namespace, each.service, each.ports) for each in old.external}
    for each in new.external:
        if (each.namespace, each.service, each.ports) not in externals:
            ports = f" at {', '.join(map(str, sorted(each.ports)))}" if each.ports else ""
            yield each.line, f"[[external]] believes in Service {each.namespace}/{each.service}{ports}: {each.reason}"


def _within(environment: str) -> str:
    return f" in {environment!r}" if environment else ""


def _turned_down(old: Config, new: Config) -> Found:
    for name, route in (("policy", ("rules", "policy")), ("complete", ("cluster", "complete"))):
        if getattr(old, name) and not getattr(new, name):
            yield route, f"[{route[0]}] {name} is no longer true"
    if _is_lower(new.unknown, old.unknown):
        yield ("verdicts", "unknown"), f"[verdicts] unknown: {old.unknown.value} -> {new.unknown.value}"
    for name, before, now in (("skip", old.skip, new.skip), ("shared", old.shared, new.shared)):
        added = sorted(set(now) - set(before))
        if added:
            yield ("environments", name), f"[environments] {name} has more: {', '.join(map(repr, added))}"


def _rules(old: Config, new: Config) -> Found:
    """Rules that are less grave than they were, whichever key did it; those of a whole class are told by theirs."""
    before, now = effective(old), effective(new)
    for name in sorted(before):
        told = name in old.rules or name in new.rules
        if told and _is_lower(now[name], before[name]):
            yield ("rules", name), f"[rules] {name}: {_said(before[name])} -> {_said(now[name])}"


def _is_lower(now: Severity | None, before: Severity | None) -> bool:
    if now is None or before is None:
        return before is not None
    return now is not before and lower(now, before) is now


def _said(severity: Severity | None) -> str:
    return severity.value if severity else "off"


def _changed(old: Config, new: Config) -> Found:
    """What decides which files and which branches are looked at at all."""
    for table, name in (("environments", "order"), ("environments", "main"), ("environments", "branches")):
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            yield (table, name), f"[{table}] {name}: {_shown(before)} -> {_shown(now)}"
    if old.names != new.names:
        yield ("environments", "names"), "[environments] names has changed"
    if old.repository != new.repository:
        yield ("argocd", "repository"), f"[argocd] repository: {_shown(old.repository)} -> {_shown(new.repository)}"
    if _places(old) != _places(new):
        yield ("clusters",), "[[clusters]] has changed"


def _places(config: Config) -> Sequence[tuple[object, ...]]:
    return [(each.name, each.applications, each.destinations, each.paths) for each in config.clusters]


def _shown(value: str | Iterable[str]) -> str:
    return repr(value) if isinstance(value, str) else f"[{', '.join(map(repr, value))}]"
