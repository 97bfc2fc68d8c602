"""A kustomization builds on something remote without saying which version of it.

## What it does
Reports every URL under `resources`, `bases` and `components` that names no tag and no commit: no `?ref=`, the ref of a
branch (`main`, `master`, `develop`, `trunk`, `HEAD`), or a file of such a branch or of the latest release.

## Why it matters
What is deployed changes when somebody else pushes, without a commit here. No review sees it, and a roll-back does not
bring the old state back.

## How to fix
Add `?ref=` with a tag, better with a commit. Best is a copy in this repository: a check fetches nothing, so what is
remote cannot be judged.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rendering.remote import without_password
from ringtrue.repository.graph import State
from ringtrue.rules._layers import layers

NAME = "remote-base-unpinned"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_FIELDS = ("resources", "bases", "components")
_BRANCHES = frozenset({"main", "master", "develop", "trunk", "HEAD"})
_FILE = re.compile(r"https?://.*\.(ya?ml|json)", re.IGNORECASE)
_BRANCH_IN_PATH = re.compile(
    r"://raw\.githubusercontent\.com/[^/]+/[^/]+/(?:refs/heads/)?([^/]+)/|/(?:raw|blob)/(?:refs/heads/)?([^/]+)/"
)


def check(environment: Environment) -> Iterator[Problem]:
    for layer in layers(environment):
        for entry in layer.entries:
            why = moving(entry.text) if entry.field in _FIELDS and entry.state is State.REMOTE else ""
            if not why:
                continue
            end = (entry.line, entry.end_column) if entry.end_column else (0, 0)
            yield Problem(
                Location(entry.file, entry.line, entry.column, *end),
                f"{without_password(entry.text)!r} {why}, so what it brings can change without a commit here",
                hint="pin it to a tag or a commit, or keep a copy in this repository",
                value=without_password(entry.text),
            )


def moving(url: str) -> str:
    """Why a URL may bring something else tomorrow; "" for one that names a tag, a commit, or a file of its own."""
    address, _, query = url.partition("?")
    parameters = parse_qs(query)
    version = (parameters.get("ref") or parameters.get("version") or [""])[0].removeprefix("refs/heads/")
    if version:
        return f"follows branch {version!r}" if version in _BRANCHES else ""
    if not _FILE.fullmatch(address):
        return "names no version"
    if "/releases/latest/" in address:
        return "is the latest release"
    branch = next((name for found in _BRANCH_IN_PATH.finditer(address) for name in found.groups() if name), "")
    return f"follows branch {branch!r}" if branch in _BRANCHES else ""
