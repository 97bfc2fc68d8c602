"""A page for the terminal: paragraphs as wide as it is, manifests as they are written."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from ringtrue.reports.lines import Line, Piece, clean

_FENCED = re.compile(r"^```(\w*)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
"""The inside is a file where a language is given, else what is printed; that is wrapped."""
_FILE = re.compile(r"`([^`]+)`")
_HEADING = re.compile(r"(#+) (.*)")


def lines(markdown: str, width: int) -> Iterator[Line]:
    """The page line by line. Of Markdown it knows what pages have: headings, paragraphs, `code`, fenced blocks."""
    below = False
    texts, languages, insides = (_FENCED.split(markdown)[start::3] for start in range(3))
    for text, language, inside in zip_longest(texts, languages, insides):
        for block in filter(None, (each.strip() for each in re.split(r"\n{2,}", text))):
            head, _, rest = block.partition("\n")
            heading = _HEADING.fullmatch(head)
            below = below or bool(heading and heading[1] == "##")
            if not (heading and heading[1] == "#"):
                yield ()
            if heading:
                yield ((heading[2], "heading"),)
            if heading is None or rest:
                yield from _paragraph(rest if heading else block, width, "  " if below else "")
        if inside:
            yield ()
            yield from _file(inside) if language else _printed(inside, width)


def _file(text: str) -> Iterator[Line]:
    yield from (((clean(f"    {line}".rstrip()), "faint"),) for line in text.splitlines())


def _printed(text: str, width: int) -> Iterator[Line]:
    for line in text.splitlines():
        hang = " " * (len(line) - len(line.lstrip()) + 8)
        yield from (((clean(part), ""),) for part in _wrapped(line, width, "    ", hang))


def _paragraph(text: str, width: int, indent: str) -> Iterator[Line]:
    """A file's name stands alone; `code` keeps its marks, and has a colour as well."""
    if name := _FILE.fullmatch(text):
        yield ((f"{indent}{name[1]}", "place"),)
        return
    inside = False
    for line in _wrapped(" ".join(text.split()), width, indent, indent):
        pieces: list[Piece] = []
        for number, part in enumerate(line.split("`")):
            inside ^= bool(number)
            pieces += [("`" if number else "", ""), (clean(part), "rule" if inside else "")]
        yield tuple(piece for piece in pieces if piece[0])


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    # A long word, such as a host, is not torn: it could not be copied from the terminal.
    return wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
