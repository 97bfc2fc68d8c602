"""Text of other people in a comment on GitHub or GitLab: it must not become markup, a link, a mention or a picture.

Entities keep it from being Markdown or HTML. Mentions, references to issues and links are found again in what was
rendered, so a space of no width stands in those; the forges look for none of them inside a fence.
"""

import re
from collections.abc import Iterable

from ringtrue.reports.lines import clean

LONGEST = 65_536
"""Letters of a comment on GitHub, counted here as UTF-16 units; GitLab takes a million."""

_ENTITIES = {letter: f"&#{ord(letter)};" for letter in "|`*_[]\\~"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ENTITIES["$"] = "<span>&#36;</span>"  # Two on one line would be a formula.
_LINKS = re.compile(r"@|[#!%](?=\w)|(?<=:)(?=//)|\bwww(?=\.)", re.I)
_NO_WIDTH = "\u200b"
_MORE = "..."


def said(text: str, longest: int | None = None) -> str:
    """On one line, for a paragraph, a list or the cell of a table; cut after so many letters of Markdown."""
    # No letter gets fewer: what is behind the last that fits need not be looked at.
    read = clean(text if longest is None else text[: longest + 1])
    parts = [_ENTITIES.get(letter, letter) for letter in _LINKS.sub(lambda at: at[0] + _NO_WIDTH, read)]
    if longest is None or sum(map(units, parts)) <= longest:
        return "".join(parts)
    size, kept = len(_MORE), list[str]()
    for part in parts:
        size += units(part)
        if size > longest:
            break
        kept.append(part)
    return "".join((*kept, _MORE))


def code(text: str, longest: int | None = None) -> str:
    """The same in the letters of code; a span of backticks could not hold every text in a table."""
    return f"<code>{said(text, longest)}</code>"


def fenced(lines: Iterable[str], language: str) -> str:
    """A fence that no line can close: longer than all the backticks in them."""
    body = "\n".join(lines)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", body)), default=0))
    return f"{fence}{language}\n{body}\n{fence}"


def folded(title: str, body: str) -> str:
    """A part that is shown on a click; the blank lines make its body Markdown."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
