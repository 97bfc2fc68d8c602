"""What is deployed: the commits that `targetRevision`s name, as far as this repository knows them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ringtrue.errors import GitError
from ringtrue.repository import git
from ringtrue.repository.revision import RevisionTree, revision

_BRANCHES = "refs/heads/"


@dataclass(slots=True)
class Deployed:
    """Opens each commit once, by any of its names."""

    root: Path
    environ: Mapping[str, str]
    remote: str
    """Whose branches Argo CD reads; "" where this repository is the one that it reads (bare, or without a remote)."""
    pushed: Mapping[str, str] = field(default_factory=dict)
    """Commits by full name of a ref that is just being pushed."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _trees: dict[str, RevisionTree] = field(default_factory=dict)

    def open(self, name: str) -> RevisionTree:
        """The tree of a `targetRevision`; HEAD or "" is the default branch.

        Raises GitError when this repository does not have it, with the command that brings it.
        """
        commit = self._commit(name)
        if commit not in self._trees:
            self._trees[commit] = self._stack.enter_context(revision(self.root, commit, self.environ))
        return self._trees[commit]

    def _commit(self, name: str) -> str:
        if name.startswith(_BRANCHES) or name in ("", "HEAD"):
            candidates = self._branch(name.removeprefix(_BRANCHES))
        elif name.startswith("refs/"):
            candidates = (name,)
        else:
            candidates = (*self._branch(name), f"refs/tags/{name}", name)
        variables = git.environment(self.root, self.environ)
        for each in candidates:
            asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{each}^{{commit}}"]
            found = self.pushed.get(each) or os.fsdecode(git.output(asked, self.root, variables)).strip()
            if found:
                return found
        raise GitError(self._missing(name))

    def _branch(self, name: str) -> tuple[str, ...]:
        """The refs that may hold a branch as the server has it."""
        if not self.remote:
            return ("HEAD",) if name in ("", "HEAD") else (f"{_BRANCHES}{name}",)
        return (f"refs/remotes/{self.remote}/{name or 'HEAD'}",)

    def _missing(self, name: str) -> str:
        shown = name.removeprefix(_BRANCHES)
        if not self.remote:
            return f"no revision {shown!r} in this repository"
        if shown in ("", "HEAD"):
            command = f"git remote set-head {self.remote} --auto"
        elif name.startswith("refs/tags/"):
            command = f"git fetch {self.remote} tag {name.removeprefix('refs/tags/')}"
        else:
            command = f"git fetch {self.remote} +{_BRANCHES}{shown}:refs/remotes/{self.remote}/{shown}"
        return f"no revision {shown or 'HEAD'!r} of {self.remote!r} in this clone; run `{command}`"


@contextmanager
def deployed(
    root: Path, environ: Mapping[str, str] | None = None, pushed: Mapping[str, str] | None = None
) -> Iterator[Deployed]:
    """What the server has: in a bare repository its own branches, in a clone those of `origin`, or of its one remote.

    Raises GitError outside of git.
    """
    given = os.environ if environ is None else environ
    variables = git.environment(root, given)
    bare = git.run(["rev-parse", "--is-bare-repository"], root, variables).strip() == b"true"
    names = os.fsdecode(git.output(["remote"], root, variables)).split()
    remote = "" if bare or not names else "origin" if "origin" in names else names[0]
    with ExitStack() as stack:
        yield Deployed(root, given, remote, pushed or {}, stack)
