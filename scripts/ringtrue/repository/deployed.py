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


class NotDeployed(Exception):
    """A branch that is not there, where that may be: nothing was pushed to it yet."""


@dataclass(slots=True)
class Deployed:
    """Opens each commit once, by any of its names."""

    root: Path
    environ: Mapping[str, str]
    remote: str
    """Whose branches Argo CD reads; "" where this repository is the one that it reads (bare, or without a remote)."""
    pushed: Mapping[str, str] = field(default_factory=dict)
    """Commits by the full name that the server gives to a ref which is just being pushed."""
    lenient: bool = False
    """A branch may be missing: NotDeployed then, in place of GitError."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _trees: dict[str, RevisionTree] = field(default_factory=dict)

    def open(self, name: str) -> RevisionTree:
        """The tree of a `targetRevision`; HEAD or "" is the default branch.

        Raises GitError when this repository does not have it, with the command that brings it, or NotDeployed.
        """
        commit = self.commit(name)
        if commit not in self._trees:
            self._trees[commit] = self._stack.enter_context(revision(self.root, commit, self.environ))
        return self._trees[commit]

    def commit(self, name: str) -> str:
        """What `open` opens, as a full id; raises as it does."""
        variables = git.environment(self.root, self.environ)
        for each in self._meant(name):
            asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{self._here(each)}^{{commit}}"]
            found = self.pushed.get(each) or os.fsdecode(git.output(asked, self.root, variables)).strip()
            if found:
                return found
        if self.lenient:
            raise NotDeployed(name.removeprefix(_BRANCHES) or "HEAD")
        raise GitError(self._missing(name))

    def _meant(self, name: str) -> tuple[str, ...]:
        """The refs of the server that the name may mean, the likeliest first; a commit is meant by its id."""
        if name in ("", "HEAD"):
            return (*self._default(), "HEAD")
        if name.startswith("refs/"):
            return (name,)
        return (f"{_BRANCHES}{name}", f"refs/tags/{name}", name)

    def _default(self) -> tuple[str, ...]:
        """The server's name of its default branch, which may be just being pushed; () where it is not known."""
        variables = git.environment(self.root, self.environ)
        found = os.fsdecode(git.output(["symbolic-ref", "--quiet", self._here("HEAD")], self.root, variables)).strip()
        tracked = f"refs/remotes/{self.remote}/"
        return (found.replace(tracked, _BRANCHES, 1) if self.remote else found,) if found else ()

    def _here(self, ref: str) -> str:
        """Where this repository keeps a ref of the server."""
        if not self.remote:
            return ref
        if ref == "HEAD":
            return f"refs/remotes/{self.remote}/HEAD"
        return ref.replace(_BRANCHES, f"refs/remotes/{self.remote}/", 1) if ref.startswith(_BRANCHES) else ref

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
    root: Path,
    environ: Mapping[str, str] | None = None,
    pushed: Mapping[str, str] | None = None,
    lenient: bool = False,
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
        yield Deployed(root, given, remote, pushed or {}, lenient, stack)
