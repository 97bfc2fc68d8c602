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


@dataclass(frozen=True, slots=True, eq=False)
class Tool:
    repository: str
    commit: str
    under: str
    """The folder that the files of the verdicts are in."""
    told_by: str
    """Where the tool says what it expects."""
    checks: tuple[Check, ...]


def connections() -> Connections:
    data = _read()["connections"]
    return Connections(data["repo"], data["commit"], data["manifests"], data["answers"])


def tools() -> tuple[Tool, ...]:
    return tuple(
        Tool(each["repo"], each["commit"], each["under"], each["told_by"], tuple(map(_check, each["check"])))
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
    )


def _read() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
