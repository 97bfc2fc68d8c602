"""The history of a repository, asked from git: a bare one's own refs, or in a clone what it knows of its server's."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ringtrue.gates.refs import HEADS
from ringtrue.repository import git, objects


@dataclass(frozen=True)
class Commits:
    """A `History`. Nothing is written, replaced or fetched; a hook's quarantine is looked into."""

    repository: Path
    """The git directory."""
    variables: Mapping[str, str]
    remote: str = ""
    """Whose branches count; "" where this repository is the server."""

    def tip(self, ref: str) -> str:
        return self._verified(f"{self.tracked(ref)}^{{commit}}")

    def tracked(self, ref: str) -> str:
        """Where this repository keeps a ref of the server."""
        if self.remote and ref.startswith(HEADS):
            return f"refs/remotes/{self.remote}/{ref.removeprefix(HEADS)}"
        return ref

    def commit(self, identity: str) -> str:
        return self._verified(f"{identity}^{{commit}}")

    def is_ancestor(self, older: str, newer: str) -> bool:
        asked = ["merge-base", "--is-ancestor", older, newer]
        return older == newer or git.succeeds(asked, self.repository, self.variables)

    @cached_property
    def is_shallow(self) -> bool:
        asked = ["rev-parse", "--is-shallow-repository"]
        return git.output(asked, self.repository, self.variables).strip() == b"true"

    @cached_property
    def default(self) -> str:
        """The server's ref that its HEAD names; "" where that is not known."""
        head = f"refs/remotes/{self.remote}/HEAD" if self.remote else "HEAD"
        named = _text(git.output(["symbolic-ref", "--quiet", head], self.repository, self.variables))
        return HEADS + named.removeprefix(f"refs/remotes/{self.remote}/") if self.remote and named else named

    @cached_property
    def lacks_main(self) -> bool:
        """Whether this is a clone that follows branches of its server, and was not told which one is the default."""
        asked = ["for-each-ref", "--count=1", f"refs/remotes/{self.remote}/"]
        if not self.remote or self.default:
            return False
        return git.output(asked, self.repository, self.variables) != b""

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """Where the remote's branches are fetched from and pushed to."""
        asked = ["remote", "get-url", "--all", self.remote]
        push = ["remote", "get-url", "--all", "--push", self.remote]
        found = [_text(git.output(each, self.repository, self.variables)) for each in (asked, push) if self.remote]
        return tuple(dict.fromkeys(line for text in found for line in text.splitlines()))

    def fetch(self, identity: str) -> str:
        """The command that brings a commit which a clone lacks."""
        return f"git fetch --unshallow {self.remote}" if self.is_shallow else f"git fetch {self.remote} {identity}"

    def subjects(self, older: str, newer: str, most: int) -> tuple[tuple[str, ...], int]:
        """What the newer has and the older has not: the last commits as "id subject", and how many there are."""
        span = f"{older}..{newer}" if older else newer
        shown = ["log", f"--max-count={most}", "--no-decorate", "--no-show-signature", "--format=%h %s", span, "--"]
        lines = git.run(shown, self.repository, self.variables).decode(errors="replace").splitlines()
        counted = git.run(["rev-list", "--count", span, "--"], self.repository, self.variables)
        return tuple(lines), int(counted)

    def _verified(self, expression: str) -> str:
        asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", expression]
        return _text(git.output(asked, self.repository, self.variables))


def commits(root: Path, environ: Mapping[str, str]) -> Commits:
    """Of the repository around a root. Raises GitError outside of git."""
    variables = git.environment(root, environ)
    repository = Path(_text(git.run(["rev-parse", "--absolute-git-dir"], root, variables)))
    own = objects.environment(repository, variables)
    bare = git.run(["rev-parse", "--is-bare-repository"], root, variables).strip() == b"true"
    names = _text(git.output(["remote"], repository, own)).split()
    remote = "" if bare or not names else "origin" if "origin" in names else names[0]
    return Commits(repository, own, remote)


def _text(output: bytes) -> str:
    return os.fsdecode(output).strip()
