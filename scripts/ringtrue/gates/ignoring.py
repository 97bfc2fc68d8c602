"""Where a file accepts findings: by the comment `# ringtrue: ignore[rule]`, or by the annotation `ringtrue/ignore`.

Read as text, so that patches, inline patches and JSON count too; a JSON patch spells the annotation with `~1`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ringtrue.checking.comments import comments, may_hold_comments

_ANNOTATION = re.compile(r"ringtrue(?:/|~1|\\/)ignore")
_MARK = b"ringtrue"


@dataclass(frozen=True, slots=True)
class Ignoring:
    path: str
    line: int
    what: str
    about: str
    """The text that it stands at, by which it is known again when lines move."""


def ignoring(path: str, data: bytes) -> Iterator[Ignoring]:
    """In the order of the lines of each kind; nothing for most files, which are not even decoded."""
    if _MARK not in data or not (may_hold_comments(path) or path.endswith(".json")):
        return
    lines = data.decode(errors="replace").splitlines()
    for comment in comments(data):
        about = lines[comment.lines[0] - 1].strip()
        yield Ignoring(path, comment.line, f"{', '.join(comment.rules)}: {comment.reason or 'no reason'}", about)
    for number, line in enumerate(lines, 1):
        if _ANNOTATION.search(line) and not line.lstrip().startswith("#"):
            value = " ".join(part.strip() for part in (line, *_below(lines, number)))
            yield Ignoring(path, number, f"findings of an object by {value}", value)


def _below(lines: list[str], number: int) -> Iterator[str]:
    """The lines that are indented more: a value of several lines."""
    depth = _depth(lines[number - 1])
    for line in lines[number:]:
        if line.strip() and _depth(line) <= depth:
            return
        yield line


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
