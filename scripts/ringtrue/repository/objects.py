"""Asking git about a git directory, bare or not, while a hook or a user's own configuration says other things."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ringtrue.errors import GitError
from ringtrue.repository import git

_OBJECTS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")
_LOCATING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "LC_ALL": "C",
}

_CONVERTING = re.compile(rb"eol=crlf|\bcrlf\b|\bident\b|working-tree-encoding")
_DRIVER = re.compile(rb"\bfilter=([\w.-]+)")
_CHECKOUT = ("core.autocrlf=false", "core.eol=lf", "core.safecrlf=false", f"core.attributesFile={os.devnull}")
"""What git has where Argo CD checks out, whatever the user's own configuration says."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Settings and variables with which git, started in the folder, filters content as a checkout would."""

    folder: Path
    settings: tuple[str, ...]
    variables: Mapping[str, str]


def environment(repository: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Variables that name objects are kept for the repository that they belong to."""
    told = environ.get("GIT_DIR")
    foreign = told is not None and Path(told).resolve() != repository.resolve()
    dropped = (*_LOCATING, *(_OBJECTS if foreign else ()))
    kept = {name: value for name, value in environ.items() if name not in dropped}
    # They are relative to where the hook runs, and git is started elsewhere.
    for name in ("GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH"):
        if name in kept:
            kept[name] = str(Path(kept[name]).absolute())
    return kept | _QUIET | {"GIT_DIR": str(repository.resolve())}


def commit_of(repository: Path, revision: str, variables: Mapping[str, str]) -> str:
    if not revision or revision.startswith("-"):
        raise GitError(f"{revision!r} is no revision")
    if not git.succeeds(["rev-parse", "--git-dir"], repository, variables):
        raise GitError(f"{str(repository)!r} is no git repository")
    asked = ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"]
    commit = os.fsdecode(git.output(asked, repository, variables)).strip()
    if commit:
        return commit
    if git.output(["rev-parse", "--is-shallow-repository"], repository, variables).strip() == b"true":
        raise GitError(f"no revision {revision!r} in this clone, which is shallow; run `git fetch --unshallow`")
    raise GitError(f"no revision {revision!r} in this repository; run `git fetch` if it exists elsewhere")


def checkout_of(attributes: Mapping[str, bytes], variables: Mapping[str, str], folder: Path) -> Checkout | None:
    """How to filter content by the `.gitattributes` of a revision; None when they leave it alone, as on Linux most do.

    Git takes attributes from the working tree of the moment, so it is shown another one, made in the empty folder,
    which must stay while content is read. Filter drivers are switched off: they are set by the user's own
    configuration, which Argo CD does not have.
    """
    if not any(_CONVERTING.search(content) for content in attributes.values()):
        return None
    settings = list(_CHECKOUT)
    for path, content in attributes.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        for name in sorted(set(_DRIVER.findall(content))):
            settings.extend(f"filter.{os.fsdecode(name)}.{each}" for each in ("smudge=", "process=", "required=false"))
    given = tuple(part for setting in settings for part in ("-c", setting))
    return Checkout(folder, given, {**variables, "GIT_WORK_TREE": str(folder)})
