"""`promote ENV`: what a promotion would bring, before anybody pushes it."""

from dataclasses import dataclass

from ringtrue.errors import UsageError
from ringtrue.gates.commits import Commits
from ringtrue.gates.promotion import REMOTE
from ringtrue.gates.refs import Branches, Update, brief, short

MOST = 20
"""Commits that are shown, the last ones first."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """An environment takes the commit of the branch before it."""

    update: Update
    source: str
    """That branch: main for the first environment."""
    commits: tuple[str, ...]
    """The last of them, as "id subject"."""
    count: int

    @property
    def command(self) -> str:
        return f"git push {REMOTE} {brief(self.update.new)}:{self.update.ref}"


def promotion(name: str, branches: Branches, commits: Commits) -> Promotion:
    """Raises UsageError for a name that is no environment, and where there is nothing to take."""
    if not branches.knows(name):
        raise UsageError(f"no environment is called {name!r}; {branches.choices(name)}")
    ref = branches.ref(name)
    source = branches.before(name)[-1]
    old, new = commits.tip(ref), commits.tip(source)
    if not new:
        where = f"; if the server has it, run `git fetch {commits.remote}`" if commits.remote else ""
        raise UsageError(f"{short(source)}, which {short(ref)} takes its commits from, is not there{where}")
    shown, count = commits.subjects(old, new, MOST)
    return Promotion(Update(ref, old, new), source, shown, count)
