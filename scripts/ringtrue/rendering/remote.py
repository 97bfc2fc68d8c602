"""Which names Kustomize would fetch: the same tests as scripts/renderer/remote.go."""

import re
from pathlib import PurePath

_WEB_ADDRESS = re.compile(r"https?:[^\n]*", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"(https?|ssh|file)://", re.IGNORECASE)
_FORCED_GIT = re.compile(r"git::", re.IGNORECASE)
_USER_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*@")
_GITHUB = re.compile(r"github\.com[/:]", re.IGNORECASE)
_SECRET_USER = re.compile(r"://[^/@\s]+@")
_HOST_END = re.compile(r"[/:]")


def remote_file(name: str) -> bool:
    """Whether Kustomize would get the name over HTTP where it wants a file."""
    return _WEB_ADDRESS.fullmatch(name) is not None


def remote_root(name: str) -> bool:
    """Whether Kustomize would clone the name where it wants a directory.

    A URL, or what it takes for `user@host:path` or `github.com/owner/repository`, even when a local directory has
    that name.
    """
    if PurePath(name).is_absolute():
        return False
    name = _FORCED_GIT.sub("", name, count=1) if _FORCED_GIT.match(name) else name
    name = name.partition("?")[0]
    if remote_file(name) or _ANY_SCHEME.match(name):
        return True
    user = _USER_NAME.match(name)
    name = name[user.end() :] if user else name
    if not user and not _GITHUB.match(name):
        return False
    host = _HOST_END.search(name)
    return host is not None and _names_repository(name[host.end() :])


def _names_repository(path: str) -> bool:
    return any(mark in path for mark in ("_git/", "//", ".git", "/"))


def without_password(address: str) -> str:
    """Hide user names and passwords of a URL."""
    return _SECRET_USER.sub("://***@", address)
