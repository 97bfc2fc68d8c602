"""A push out of a clone: what pre-commit or git tells its hook, and what CI was told."""

from collections.abc import Mapping, Sequence

from ringtrue.errors import GitError, UsageError
from ringtrue.gates import incoming
from ringtrue.gates.commits import Commits
from ringtrue.gates.refs import HEADS, Update
from ringtrue.repository.remotes import same_repository

_BRANCH = "PRE_COMMIT_REMOTE_BRANCH"


def pushed(text: str, environ: Mapping[str, str], commits: Commits) -> tuple[Update, ...]:
    """What is being pushed: pre-commit's exports when it runs the hook, else git's own lines on stdin.

    pre-commit tells of one branch only, the first that brings a commit.
    """
    if environ.get("PRE_COMMIT") == "1":
        return _exported(environ, commits)
    return incoming.pushed(text)


def elsewhere(words: Sequence[str], environ: Mapping[str, str], commits: Commits) -> bool:
    """Whether the push goes to another repository than the one whose branches this clone follows.

    `words` are the remote's name and URL, as git gives them to its hook.
    """
    told = words or [environ.get("PRE_COMMIT_REMOTE_NAME", ""), environ.get("PRE_COMMIT_REMOTE_URL", "")]
    name, url = told[0], told[-1]
    return name not in ("", commits.remote) and not any(same_repository(url, each) for each in commits.urls)


def updated(ref: str, old: str, new: str, commits: Commits) -> Update:
    """One ref; the commits may be named as git names them, zeros for none. Raises GitError for one that is not here."""
    full = ref if ref.startswith("refs/") else HEADS + ref
    return Update(full, _named(old, "--old", commits), _named(new, "--new", commits))


def _named(text: str, option: str, commits: Commits) -> str:
    try:
        found = incoming.identity(text)
    except ValueError:
        found = commits.commit(text)
        if not found:
            raise UsageError(f"{option} must be a commit, or zeros for none, not {text!r}") from None
    if found and not commits.commit(found) and commits.remote:
        raise GitError(f"commit {found} is not in this clone; run `{commits.fetch(found)}`")
    return found


def _exported(environ: Mapping[str, str], commits: Commits) -> tuple[Update, ...]:
    """PRE_COMMIT_FROM_REF is where the branch is, but for one that is new: then it is where the new commits begin.

    Both ids are left out when the push brings a whole history.
    """
    ref = environ.get(_BRANCH, "")
    if not ref:
        return ()
    new = commits.commit(environ.get("PRE_COMMIT_TO_REF") or environ.get("PRE_COMMIT_LOCAL_BRANCH", ""))
    if not new:
        raise UsageError(f"{_BRANCH} is set to {ref!r}, and neither PRE_COMMIT_TO_REF nor PRE_COMMIT_LOCAL_BRANCH is")
    old = commits.tip(ref)
    return (Update(ref, commits.commit(environ.get("PRE_COMMIT_FROM_REF", "")) or old if old else "", new),)
