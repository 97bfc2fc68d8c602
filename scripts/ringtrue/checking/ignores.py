"""Findings that somebody accepts, with a reason: comments, annotations and `[[ignore]]` entries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ringtrue.checking.catalogue import entries, near
from ringtrue.checking.comments import comments
from ringtrue.checking.places import Places
from ringtrue.checking.raised import Placed
from ringtrue.config import FILE, Config, Ignore
from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.repository.tree import Tree

ANNOTATION = "ringtrue/ignore"
RULE = "ignore-unused"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One rule that is ignored at one place; without a reason it silences nothing."""

    rule: str
    reason: str
    location: Location
    """Where the ignore stands."""
    lines: tuple[int, ...] = ()
    """A comment's: the lines whose findings it silences."""
    entry: Ignore | None = None


class Ignores:
    """Silences findings and remembers which ignore did; what is left over is itself a finding."""

    def __init__(self, config: Config, tree: Tree, places: Places) -> None:
        self._tree = tree
        self._places = places
        self._used: set[Accepted] = set()
        self._files: dict[tuple[int, str], tuple[Accepted, ...]] = {}
        self._entries = tuple(
            Accepted(entry.rule, entry.reason, Location(FILE, entry.line), entry=entry) for entry in config.ignores
        )

    def silence(self, placed: Placed) -> bool:
        """Whether an ignore with a reason accepts this finding; every one that does counts as used."""
        matching = [
            ignore for ignore in self._candidates(placed) if ignore.reason and ignore.rule == placed.raised.rule
        ]
        self._used.update(matching)
        return bool(matching) and placed.raised.rule != RULE

    def unused(
        self, environments: Sequence[Environment], files: Iterable[str], severities: Mapping[str, Severity | None]
    ) -> Iterator[tuple[Location, Problem]]:
        """Ignores that silenced nothing; those of a rule that is off cannot be judged."""
        everything = [*self._entries, *(ignore for path in files for ignore in self._in_file(path, self._tree))]
        annotated = [r for e in environments for r in e.resources if ANNOTATION in r.mapping("metadata", "annotations")]
        self._places.ask(resource.at("metadata", "annotations", ANNOTATION) for resource in annotated)
        everything += [ignore for resource in annotated for ignore in self._on_object(resource)]
        for ignore in dict.fromkeys(everything):
            known = ignore.rule in entries()
            if ignore in self._used or (known and severities[ignore.rule] is None):
                continue
            yield ignore.location, _problem(ignore, known)

    def _candidates(self, placed: Placed) -> Iterator[Accepted]:
        yield from (ignore for ignore in self._entries if ignore.entry and _fits(ignore.entry, placed))
        for resource in (placed.raised.resource, placed.raised.client):
            yield from self._on_object(resource) if resource else ()
        at = placed.location
        tree = self._places.tree_of(placed.raised.problem.where)
        yield from (ignore for ignore in self._in_file(at.path, tree) if at.line in ignore.lines)

    def _on_object(self, resource: Resource) -> tuple[Accepted, ...]:
        if ANNOTATION not in resource.annotations:
            return ()
        place = self._places.of(resource.at("metadata", "annotations", ANNOTATION))
        return tuple(
            Accepted(rule.strip(), reason.strip(), place)
            for line in resource.annotations[ANNOTATION].splitlines()
            for rule, _, reason in [line.partition("--")]
            if line.strip()
        )

    def _in_file(self, path: str, tree: Tree) -> tuple[Accepted, ...]:
        key = (id(tree), path)
        if key not in self._files:
            self._files[key] = tuple(
                Accepted(rule, comment.reason, Location(path, comment.line, comment.column), lines=comment.lines)
                for comment in comments(_read(path, tree))
                for rule in comment.rules
            )
        return self._files[key]


def _read(path: str, tree: Tree) -> bytes:
    """Nothing for a file that cannot be read, which has a finding of its own, and for a folder."""
    try:
        return tree.read(path)
    except OSError:
        return b""


def _fits(entry: Ignore, placed: Placed) -> bool:
    if entry.environment and entry.environment not in placed.raised.names:
        return False
    subject = placed.raised.object
    return not entry.object or (subject is not None and fnmatchcase(str(subject), entry.object))


def _problem(ignore: Accepted, known: bool) -> Problem:
    where, value = ignore.location, ignore.rule
    if not known:
        return Problem(
            where, f"no rule is called {ignore.rule!r}, so this ignore silences nothing", near(value), value=value
        )
    if not ignore.reason:
        message = f"the ignore of {ignore.rule!r} has no reason, so it silences nothing"
        return Problem(where, message, f"say why it is accepted: {ignore.rule} -- <reason>", value=value)
    return Problem(where, f"the ignore of {ignore.rule!r} silences nothing", "remove it", value=value)
