"""`# ringtrue: ignore[rule] -- reason` in the text of a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = b"ringtrue:"
_COMMENT = re.compile(r"#\s*ringtrue:\s*ignore\[([^\]]*)\]\s*(?:--\s*(.*?))?\s*$")
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Comment:
    rules: tuple[str, ...]
    reason: str
    """"" when none is given."""
    line: int
    column: int
    lines: tuple[int, ...]
    """What it is about: its own line, or the next one that is no comment when it stands alone. Where that line is a
    key whose value starts below, the next line too: a finding about the value may stand there."""


def comments(data: bytes) -> tuple[Comment, ...]:
    """The ignore comments of a file; () for most files, which are not even decoded."""
    return tuple(_found(data.decode(errors="replace").splitlines())) if _MARK in data else ()


def may_hold_comments(path: str) -> bool:
    return path.endswith(_SUFFIXES)


def _found(lines: list[str]) -> Iterator[Comment]:
    for index, line in enumerate(lines):
        match = _COMMENT.search(line)
        if match is None:
            continue
        rules = tuple(name.strip() for name in match[1].split(",") if name.strip())
        alone = not line[: match.start()].strip()
        about = _next(lines, index) if alone else index
        below = (about + 2,) if lines[about].partition(" #")[0].rstrip().endswith(":") else ()
        yield Comment(rules, match[2] or "", index + 1, match.start() + 1, (about + 1, *below))


def _next(lines: list[str], index: int) -> int:
    while index + 1 < len(lines) and lines[index].lstrip().startswith("#"):
        index += 1
    return index
