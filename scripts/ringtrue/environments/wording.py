"""Kustomize's errors as one sentence."""

import re

_RECURSED = re.compile(r"recursed accumulation of path '([^']*)': ")
_TARGET = re.compile(r"couldn't make target for path '([^']*)': ")
_ACCUMULATING = re.compile(r"^(?:accumulating (?:resources|components)(?: from '[^']*')?: )+")
_FOLDER = re.compile(
    r"^accumulation err='accumulating resources from '[^']*': '[^']*' must resolve to a file': "
    r"(?:recursed merging from path '[^']*': )?"
)
_FILE = re.compile(
    r"^accumulation err='(?:accumulating|merging) resources from '(?P<file>[^']*)': (?P<why>.*)': must build at .*"
)
_LONGEST = 400


def sentence(error: str) -> tuple[str, str]:
    """The innermost message on one line, and the folder that it is about ("" when it does not say)."""
    words = " ".join(error.split())
    folder = ""
    for pattern in (_RECURSED, _TARGET):
        found = list(pattern.finditer(words))
        if found:
            words, folder = words[found[-1].end() :], found[-1][1]
    words = _FOLDER.sub("", _ACCUMULATING.sub("", words).strip())
    file = _FILE.match(words)
    words = f"{file['file']}: {file['why']}" if file else words
    return (words if len(words) <= _LONGEST else words[:_LONGEST] + " ..."), folder
