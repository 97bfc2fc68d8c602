"""Lines of a text report as styled pieces; plain text is the pieces without their styles."""

from collections.abc import Iterable
from typing import Literal

Style = Literal["", "place", "error", "warning", "note", "rule", "heading", "good", "faint"]
Piece = tuple[str, Style]
Line = tuple[Piece, ...]


def plain(lines: Iterable[Line]) -> str:
    return "".join("".join(text for text, _ in line) + "\n" for line in lines)


def clean(text: str) -> str:
    """The text on one line, with every control character spelt out: a manifest must not steer a terminal."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode()
