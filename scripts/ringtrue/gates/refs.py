"""A push as git tells it, and the names of the branches that are guarded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

HEADS = "refs/heads/"


@dataclass(frozen=True, slots=True)
class Update:
    """One ref of a push: full ids, "" for the side on which the ref is not there."""

    ref: str
    old: str
    new: str


class History(Protocol):
    """What a repository knows of its refs before the push, and of its commits, those of the push included."""

    def tip(self, ref: str) -> str:
        """The commit of a server's ref, by its full name; "" when it is not there."""

    def commit(self, identity: str) -> str:
        """The commit that an object is, or that a tag object leads to; "" for anything else, and for what is missing.

        The same id comes back exactly when the object is itself a commit.
        """

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether the one can be reached from the other; a commit is its own ancestor."""


@dataclass(frozen=True, slots=True)
class After:
    """The refs as they are after the push: all of its updates count at once."""

    history: History
    pushed: Mapping[str, str]
    """New ids by ref, "" for one that is deleted."""

    def tip(self, ref: str) -> str:
        return self.pushed[ref] if ref in self.pushed else self.history.tip(ref)

    def holds(self, ref: str, commit: str) -> bool:
        """Whether the branch has the commit."""
        tip = self.tip(ref)
        return bool(tip) and self.history.is_ancestor(commit, tip)


@dataclass(frozen=True, slots=True)
class Branches:
    """Which refs are guarded, by `[environments]` of main's settings."""

    main: str = "main"
    pattern: str = "env/*"
    """The `*` stands for the environment's name."""
    order: tuple[str, ...] = ()
    """Of promotion; empty when every branch of the pattern is an environment, and none comes before another."""
    default: str = ""
    """The ref that the server's HEAD names. It is guarded as main is: the settings are looked for there first."""

    @property
    def main_ref(self) -> str:
        return HEADS + self.main

    def environment(self, ref: str) -> str:
        """The name of the environment whose branch this is, be it known or not; "" for main and any other ref."""
        before, _, behind = (HEADS + self.pattern).partition("*")
        fits = ref.startswith(before) and ref.endswith(behind) and len(ref) > len(before) + len(behind)
        return ref[len(before) : len(ref) - len(behind)] if fits and not self.is_main(ref) else ""

    def is_main(self, ref: str) -> bool:
        return ref in (self.main_ref, self.default)

    def guards(self, ref: str) -> bool:
        return self.is_main(ref) or self.environment(ref) != ""

    def knows(self, name: str) -> bool:
        return not self.order or name in self.order

    def nearest(self, name: str) -> str:
        """The known environment that a wrong name is most like; "" when none is."""
        return next(iter(get_close_matches(name, self.order, n=1)), "")

    def choices(self, name: str) -> str:
        """What to write in place of a wrong name."""
        near = self.nearest(name)
        return f"did you mean {near!r}?" if near else f"there are {', '.join(map(repr, self.order))}"

    def ref(self, name: str) -> str:
        return HEADS + self.pattern.replace("*", name, 1)

    def before(self, name: str) -> tuple[str, ...]:
        """The refs that a commit has to pass on its way, main first."""
        earlier = self.order[: self.order.index(name)] if name in self.order else ()
        return (self.main_ref, *map(self.ref, earlier))

    def names(self, ref: str) -> frozenset[str]:
        """The `targetRevision`s that mean a branch."""
        return frozenset((ref, short(ref), *(("", "HEAD") if ref == (self.default or self.main_ref) else ())))


def short(ref: str) -> str:
    """A branch as people name it."""
    return ref.removeprefix(HEADS)


def brief(identity: str) -> str:
    """An id as people read it, long enough for git to know it."""
    return identity[:12]


def after(updates: Iterable[Update], history: History) -> After:
    return After(history, {update.ref: update.new for update in updates})
