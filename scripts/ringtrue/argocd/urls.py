"""Repository URLs as Argo CD compares them."""

import re

from ringtrue.repository.remotes import normalise_url

_REWRITTEN = re.compile(r"[^\w\-.~:/@*?!$&'()+,;=\[\]]", re.ASCII)
"""What Go's URL parser escapes, braces among them, or treats as no part of the path."""

_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*://(?=.)")

_AFTER_SCHEME = re.compile(r"(?:[^/@]*@)?[^/:@\[]*(?::\d*)?(?:/.*)?")
"""Anything else around the host, such as a port that is no number, makes the whole URL the empty text."""


def normalised(url: str) -> str | None:
    """Lower case, without `.git`, one form for ssh; None where Go's URL parser does more to it than that."""
    normal = normalise_url(url)
    plain = _AFTER_SCHEME.fullmatch(_SCHEME.sub("", normal, count=1))
    return normal if plain and not _REWRITTEN.search(normal) else None
