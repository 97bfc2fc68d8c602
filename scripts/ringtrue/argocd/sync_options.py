"""Sync options: which of them Argo CD reads from an Application, and which from an object's annotation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from ringtrue.argocd.settings import Version, shown

ANNOTATION = "argocd.argoproj.io/sync-options"
"""On an object: options with commas between them."""

_FIRST: Version = (0, 0)


class Level(StrEnum):
    APPLICATION = "an Application"
    OBJECT = "an object"


@dataclass(frozen=True, slots=True)
class Option:
    """An option; `application` and `object` are the versions since which it is read there, None where it is not."""

    name: str
    application: Version | None = _FIRST
    object: Version | None = None
    values: tuple[str, ...] = ("true", "false")

    def since(self, level: Level) -> Version | None:
        return self.application if level is Level.APPLICATION else self.object

    @property
    def spellings(self) -> tuple[str, ...]:
        return tuple(f"{self.name}={value}" for value in self.values)


_CONFIRMED = ("true", "false", "confirm")
OPTIONS = {
    option.name: option
    for option in (
        Option("ApplyOutOfSyncOnly"),
        Option("ClientSideApplyMigration", (3, 1)),
        Option("CreateNamespace"),
        Option("Delete", (3, 4), _FIRST, _CONFIRMED),
        Option("FailOnSharedResource"),
        Option("Force", None, _FIRST),
        Option("Prune", (3, 4), _FIRST, _CONFIRMED),
        Option("PruneLast", _FIRST, _FIRST),
        Option("PrunePropagationPolicy", values=("foreground", "background", "orphan")),
        Option("Replace", _FIRST, _FIRST),
        Option("RespectIgnoreDifferences"),
        Option("ServerSideApply", _FIRST, _FIRST),
        Option("SkipDryRunOnMissingResource", (3, 1), _FIRST),
        Option("Validate", _FIRST, _FIRST),
    )
}


@dataclass(frozen=True, slots=True)
class Ignored:
    """Why an option has no effect, as the words after "which", and what was probably meant."""

    why: str
    near: str = ""


def ignored(text: str, level: Level, version: Version) -> Ignored | None:
    """Why Argo CD passes over an option as written; None when it reads it. It compares to the letter."""
    name, _, value = text.partition("=")
    option = OPTIONS.get(name)
    if option is None or value not in option.values:
        return Ignored(f"{shown(version)} does not know", _near(text, level))
    since = option.since(level)
    if since is None:
        other = Level.OBJECT if level is Level.APPLICATION else Level.APPLICATION
        return Ignored(f"counts on {other} only")
    return Ignored(f"counts on {level} since {shown(since)} only") if version < since else None


def listed(annotation: str) -> tuple[str, ...]:
    """The options in an object's annotation."""
    return tuple(filter(None, (each.strip() for each in annotation.split(","))))


def contradictions(options: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Options that lose against another of the same list: the loser, the winner, and what comes of it."""
    if "Replace=true" in options and "ServerSideApply=true" in options:
        yield "ServerSideApply=true", "Replace=true", "objects are replaced, not applied"
    first: dict[str, str] = {}
    for text in options:
        name = text.partition("=")[0]
        earlier = first.setdefault(name, text)
        if earlier != text and name in OPTIONS:
            yield text, earlier, "only one of them can hold"


def _near(text: str, level: Level) -> str:
    known = [each for option in OPTIONS.values() if option.since(level) is not None for each in option.spellings]
    plain = {each.lower(): each for each in known}
    asked = "".join(text.split()).replace(":", "=").lower()
    if asked in plain:
        return plain[asked]
    # What the documentation of 3.1 and 3.2 says, and no version reads.
    disabled = plain.get(asked.removeprefix("disable").replace("=true", "=false"))
    if asked.startswith("disable") and disabled:
        return disabled
    named = next((option for option in OPTIONS.values() if option.name.lower() == asked.partition("=")[0]), None)
    if named is not None and named.since(level) is not None:
        return named.spellings[0] if len(named.values) == 2 else ""
    found = get_close_matches(asked, plain, n=1, cutoff=0.75)
    return plain[found[0]] if found else ""
