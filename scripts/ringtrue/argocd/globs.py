"""The two kinds of patterns in an AppProject: gobwas globs, and those of Go's `filepath.Match`."""

import re
from functools import cache


def matches(pattern: str, text: str, separators: str = "") -> bool:
    """As gobwas/glob means it: `*` stops at a separator, `**` does not; a broken pattern matches nothing.

    The pattern `*` alone matches everything, separators or not: Argo CD looks at it first. gobwas itself misses a few
    texts that `{a*,b}` beside another wildcard should match; here they match.
    """
    if pattern == "*":
        return True
    compiled = _glob(pattern, separators)
    return compiled is not None and compiled.fullmatch(text) is not None


def path_matches(pattern: str, text: str) -> bool:
    """As Go's filepath.Match does: `*` and `?` stop at a slash, and there are no braces."""
    compiled = _path_pattern(pattern)
    return compiled is not None and compiled.fullmatch(text) is not None


@cache
def _glob(pattern: str, separators: str) -> re.Pattern[str] | None:
    other = f"[^{re.escape(separators)}]" if separators else "."
    made, depth, at = "", 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "[":
            found = _GLOB_CLASS.match(pattern, at)
            if found is None or (found["low"] or "") > (found["high"] or ""):
                return None
            made += _glob_class(found)
            at = found.end()
            continue
        if pattern.startswith("**", at):
            made, at = made + ".*", at + 2
            continue
        if char == "{":
            made, depth = made + "(?:", depth + 1
        elif depth and char in ",}":
            made, depth = made + ("|" if char == "," else ")"), depth - (char == "}")
        elif char == "\\":
            at += 1
            made += re.escape(pattern[at : at + 1])
        else:
            made += f"{other}*" if char == "*" else other if char == "?" else re.escape(char)
        at += 1
    return re.compile(made + ")" * depth, re.DOTALL)


_GLOB_CLASS = re.compile(r"\[(?P<no>!?)(?:(?P<low>[^!])-(?P<high>.)|(?P<list>(?:\\.|[^\]\\])+))\]", re.DOTALL)


def _glob_class(found: re.Match[str]) -> str:
    inside = (
        f"{re.escape(found['low'])}-{re.escape(found['high'])}"
        if found["low"]
        else re.escape(re.sub(r"\\(.)", r"\1", found["list"]))
    )
    return f"[{'^' if found['no'] else ''}{inside}]"


@cache
def _path_pattern(pattern: str) -> re.Pattern[str] | None:
    made, at = "", 0
    while at < len(pattern):
        found = _PATH_TERM.match(pattern, at)
        if found is None:
            return None
        made += _path_term(found)
        at = found.end()
    try:
        return re.compile(made, re.DOTALL)
    except re.error:
        return None


_PATH_TERM = re.compile(
    r"(?P<star>\*+)|(?P<one>\?)|\[(?P<no>\^?)(?P<items>(?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)+)\]"
    r"|\\(?P<escaped>.)|(?P<plain>[^\[\\])",
    re.DOTALL,
)


def _path_term(found: re.Match[str]) -> str:
    if found["star"]:
        return "[^/]*"
    if found["one"]:
        return "[^/]"
    if found["items"]:
        inside = re.sub(r"([\[&~|^])", r"\\\1", found["items"])
        return f"[{'^' if found['no'] else ''}{inside}]"
    return re.escape(found["escaped"] or found["plain"])
