"""What is asked of which tool's answers: sources.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOTHING = "nothing to check"
"""Stands in `rules` for the exit status 2 of a run that finds no manifest."""


@dataclass(frozen=True, slots=True)
class Connections:
    """Where np-guard's answers are: `answers`/<name>_connlist_output.txt is about `manifests`/<name>."""

    repository: str
    commit: str
    manifests: str
    answers: str


@dataclass(frozen=True, slots=True)
class Check:
    """A check of another tool, and the rules of ours that look for the same fault.

    A verdict is `FILE`, or `FILE: WORDS` for a part of it: the words stand in our finding, as whole words.
    """

    name: str
    rules: tuple[str, ...]
    bad: tuple[str, ...]
    """What the tool's own tests want reported."""
    good: tuple[str, ...]
    """What they want left alone."""
    beside: tuple[str, ...]
    """Files that go along with each of them."""
    reasons: Mapping[str, str]
    """Why we say otherwise, by verdict."""
    cases: "Cases | None" = None
    """Instead of `bad` and `good`: where the verdicts are read."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Folders `test/<case>` below the tool's own of this check: `input/` holds manifests, `expected.json` the alerts.

    A verdict is `CASE: KIND NAMESPACE/NAME`, one for each object of these kinds in a case.
    """

    folder: str
    kinds: tuple[str, ...]
    told: str
    """What an alert says about an object of these kinds: it is the `object` of one, `related` to it, or stands in a
    `case` that has one."""
    sound: bool
    """Whether an alert means that the object does its work, so that we say nothing of it."""
    only: tuple[str, ...]
    """Patterns of the cases that can be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Tool:
    repository: str
    commit: str
    under: str
    """The folder that the files of the verdicts are in."""
    told_by: str
    """Where the tool says what it expects."""
    checks: tuple[Check, ...]
    apart: tuple["Apart", ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers that say nothing about us."""

    names: tuple[str, ...]
    reason: str


def connections() -> Connections:
    data = _read()["connections"]
    return Connections(data["repo"], data["commit"], data["manifests"], data["answers"])


def tools() -> tuple[Tool, ...]:
    return tuple(
        Tool(
            each["repo"],
            each["commit"],
            each["under"],
            each["told_by"],
            tuple(map(_check, each["check"])),
            tuple(Apart(tuple(part["names"]), part["reason"]) for part in each.get("apart", ())),
        )
        for each in _read()["tool"]
    )


def _check(data: Mapping[str, Any]) -> Check:
    return Check(
        data["name"],
        tuple(data["rules"]),
        tuple(data.get("bad", ())),
        tuple(data.get("good", ())),
        tuple(data.get("beside", ())),
        data.get("reasons", {}),
        _cases(data),
    )


def _cases(data: Mapping[str, Any]) -> Cases | None:
    if "kinds" not in data:
        return None
    return Cases(
        data.get("folder", data["name"]),
        tuple(data["kinds"]),
        data.get("told", "object"),
        data.get("sound", False),
        tuple(data.get("only", ("*",))),
    )


def _read() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
