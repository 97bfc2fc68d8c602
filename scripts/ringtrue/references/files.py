"""The lines of a file that a pod reads: comments left out, the key of each, and the runs that are values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNREAD = (
    ".html",
    ".htm",
    ".md",
    ".css",
    ".svg",
    ".crt",
    ".pem",
    ".cer",
    ".key",
    ".pub",
    ".map",
    ".proto",
    ".xsd",
    ".lock",
)
"""Files that a browser, a reader or a parser of keys gets: nothing in them is called by the pod."""

_COMMENTS = {
    "hash": re.compile(r"(?:^|(?<=\s))#"),
    "slashes": re.compile(r"^\s*(?://|/\*|\*\s)"),
    "semicolon": re.compile(r"^\s*;"),
    "dashes": re.compile(r"^\s*--\s"),
    "tag": re.compile(r"^\s*<!--"),
    "bang": re.compile(r"^\s*!"),
}
_MARKS = {
    "hash": ("#",),
    "slashes": ("//", "/*", "*"),
    "semicolon": (";",),
    "dashes": ("--",),
    "tag": ("<!--",),
    "bang": ("!",),
}
"""A text without any of them has no such comment."""
_ALWAYS = ("slashes",)
_BY_SUFFIX = {
    ".json": (),
    ".sql": ("dashes", "slashes"),
    ".lua": ("dashes",),
    ".xml": ("tag",),
    ".js": _ALWAYS,
    ".ts": _ALWAYS,
    ".go": _ALWAYS,
    ".java": _ALWAYS,
    ".ini": ("hash", "semicolon"),
    ".cnf": ("hash", "semicolon"),
    ".properties": ("hash", "bang"),
    ".conf": ("hash", "semicolon"),
    ".cfg": ("hash", "semicolon"),
}
_KEYED = re.compile(
    r"\s*(?:-\s+)?(?P<quote>[\"']?)(?P<key>[A-Za-z_][\w.-]*)(?P=quote)\s*(?:=|:(?=\s)|=>|:(?=[\"']))\s*"
)
_LISTED = re.compile(r"\s*-\s+")
_DIRECTIVE = re.compile(
    r"\s*(?:server|upstream|target|backend|connect|peer|member|replicaof|slaveof)\s+(?:[\w.-]+\s+(?=\S+:\d))?(?P<value>\S+?:\d+)(?=[\s;]|$)"
)
_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_NOT_CALLED = ("xmlns", "$schema", "<!DOCTYPE", "$id")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its comment; `start` is its place in the file, `values` the runs of it that are values."""

    text: str
    start: int
    key: str
    values: tuple[tuple[int, int], ...]


def is_read(name: str) -> bool:
    """Whether the pod itself acts on such a file."""
    return not name.lower().endswith(_UNREAD)


def is_dashboard(text: str) -> bool:
    """Whether a text is a dashboard of Grafana: it is drawn, and its keys and titles (`object:17`) are no hosts."""
    return '"schemaVersion"' in text and ('"panels"' in text or '"rows"' in text)


def lines(name: str, text: str) -> Iterator[Line]:
    """The lines that may name a host: with a colon, an equals sign or a full in-cluster name."""
    lower = name.lower()
    suffix = next((s for s in _BY_SUFFIX if lower.endswith(s)), "")
    kinds = _BY_SUFFIX.get(suffix, ("hash", "slashes"))
    comments = [_COMMENTS[kind] for kind in kinds if any(mark in text for mark in _MARKS[kind])]
    not_called = [word for word in _NOT_CALLED if word in text]
    start = 0
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip("\r\n")
        if (":" in line or "=" in line or ".svc" in line) and not any(word in line for word in not_called):
            line = _uncommented(line, comments) if comments else line
            if line.strip():
                yield _read(line, start)
        start += len(raw)


def _uncommented(line: str, comments: list[re.Pattern[str]]) -> str:
    for comment in comments:
        if found := comment.search(line):
            line = line[: found.start()]
    return line


def _read(line: str, start: int) -> Line:
    if directive := _DIRECTIVE.match(line):
        return Line(line, start, "", (directive.span("value"),))
    if keyed := _KEYED.match(line):
        return Line(line, start, keyed["key"], tuple(_values(line, keyed.end())))
    if listed := _LISTED.match(line):
        return Line(line, start, "", tuple(_values(line, listed.end())))
    return Line(line, start, "", tuple(found.span(found.lastindex or 0) for found in _QUOTED.finditer(line)))


def _values(line: str, at: int) -> Iterator[tuple[int, int]]:
    """The value that stands here, out of its quotes, without the comma or semicolon that ends it."""
    end = len(line.rstrip().rstrip(",;"))
    if line[at : at + 1] in ("[", "{"):
        yield from (found.span(found.lastindex or 0) for found in _QUOTED.finditer(line, at))
        if line[at] == "[" and "'" not in line and '"' not in line:
            yield at, end
    elif at < end and line[at] in "\"'" and line[end - 1] == line[at] and end - at > 1:
        yield at + 1, end - 1
    elif at < end:
        yield at, end
