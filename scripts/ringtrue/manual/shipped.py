"""The generated pages and their table, as an install has them: read without loading a single rule."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ringtrue.findings import RuleClass, Severity
from ringtrue.manual.entry import Entry

TABLE = "rules.json"
"""Beside the pages, and on the site: every name with what its page says of it at its top."""

_SHIPPED = Path(__file__).with_name("pages")
_CHECKOUT = Path(__file__).parents[3] / "docs" / "rules"

Kind = Literal["rule", "reason", "refusal"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule, the reason of a reference, or why a push is refused."""

    name: str
    kind: Kind
    summary: str
    entry: Entry | None
    """None for a refusal, which no setting grades."""


@cache
def listed() -> dict[str, Listed]:
    """By name: rules, then reasons, then refusals, each in the order of the alphabet."""
    rows = json.loads((_folder() / TABLE).read_text(encoding="utf-8"))
    return {row["name"]: Listed(row["name"], row["kind"], row["summary"], _entry(row)) for row in rows}


def page(name: str) -> str:
    """The page in Markdown, with its examples; KeyError for a name that is not listed."""
    return (_folder() / f"{listed()[name].name}.md").read_text(encoding="utf-8")


def written(rows: Iterable[Listed]) -> str:
    """What `listed` reads; a line each, so that a change of one is a change of one line."""
    lines = [json.dumps(_row(each), ensure_ascii=False) for each in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _folder() -> Path:
    # A wheel brings the pages along (pyproject.toml); a checkout and an editable install have them in docs.
    return _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT


def _entry(row: Mapping[str, Any]) -> Entry | None:
    if row["kind"] == "refusal":
        return None
    return Entry(row["name"], RuleClass(row["class"]), Severity(row["severity"]), row["verdict"])


def _row(each: Listed) -> Mapping[str, str]:
    graded = each.entry
    grades = {"class": graded.rule_class, "severity": graded.severity, "verdict": graded.verdict} if graded else {}
    return {"name": each.name, "kind": each.kind, **grades, "summary": each.summary}
