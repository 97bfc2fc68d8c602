"""What a refusal can be called, each with its page."""

from pathlib import Path

_FOLDER = Path(__file__).with_name("pages")

NAMES = (
    "branch-deleted",
    "branch-moved-back",
    "branch-not-commit",
    "branch-rewritten",
    "commit-not-on-main",
    "environment-unknown",
    "promotion-skips-environment",
    "settings-invalid",
    "check-failed",
    "environment-broken",
)
"""First what refs alone decide, then what needs the settings and the check."""

REFUSES = "`ringtrue gate` refuses the push; no setting changes that."


def page(name: str) -> str:
    """The page of a refusal; its first line says what is wrong, headings follow."""
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip() + "\n"
