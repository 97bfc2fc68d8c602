"""JSON that every reader takes."""

import json
import re
from typing import Any

_ESCAPES = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\ud[89a-f][0-9a-f]{2}")
_LONE = 6
"""The length of an escape that stands alone; a backslash has two, a pair twelve."""


def written(document: Any, indent: int | None = 2) -> str:
    r"""In ASCII, keys in the order given. Half a surrogate pair, as of YAML's "\ud83d", becomes U+FFFD, as Go makes it:
    it is no character, and strict readers refuse the whole document for it."""
    text = json.dumps(document, indent=indent)
    return _ESCAPES.sub(_character, text) if "\\ud" in text else text


def _character(escape: re.Match[str]) -> str:
    return r"\ufffd" if len(escape[0]) == _LONE else escape[0]
