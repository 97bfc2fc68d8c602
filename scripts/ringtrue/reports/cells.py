"""How many cells of a terminal a text fills, and lines wrapped to a width."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import combining, east_asian_width

from ringtrue.reports.lines import Line, Piece

_WORDS = re.compile(r"`[^`]*`\S*|\S+|\s+")
"""What stands between backticks is a command: broken in two it cannot be copied."""
_HANGING = 4


def cells(text: str) -> int:
    """Wide characters (Chinese, most emoji) fill two cells, combining ones none."""
    return len(text) if text.isascii() else sum(map(_width, text))


def wrapped(lines: Iterable[Line], width: int | None) -> Iterator[Line]:
    """Lines that are too long go on below, hanging; a word is never broken. As they are without a width."""
    for line in lines:
        if width is None or sum(cells(text) for text, _ in line) <= width:
            yield line
        else:
            yield from _folded(line, width)


def _width(character: str) -> int:
    if combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _folded(line: Line, width: int) -> Iterator[Line]:
    start = "".join(text for text, _ in line)
    hanging: Piece = (" " * (len(start) - len(start.lstrip(" ")) + _HANGING), "")
    row: list[Piece] = []
    used, is_fresh = 0, True
    for blank, word in _words(line):
        size = sum(cells(text) for text, _ in word)
        if used + len(blank) + size > width and not is_fresh:
            yield tuple(row)
            row, used = [hanging, *word], len(hanging[0]) + size
        else:
            row += [(blank, ""), *word] if blank else word
            used += len(blank) + size
        is_fresh = False
    yield tuple(row)


def _words(line: Line) -> Iterator[tuple[str, list[Piece]]]:
    """Words with the blanks before each; a word may be of several styles."""
    blank, word = "", list[Piece]()
    for text, style in line:
        for token in _WORDS.findall(text):
            if not token.isspace():
                word.append((token, style))
            elif word:
                yield blank, word
                blank, word = token, []
            else:
                blank += token
    if word:
        yield blank, word
