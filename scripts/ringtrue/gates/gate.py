"""A push, judged: the refs first, which costs nothing; then what it weakens, and what is checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ringtrue.errors import ConfigError, GitError
from ringtrue.findings import Finding, Severity
from ringtrue.gates import promotion, weakening
from ringtrue.gates.commits import Commits
from ringtrue.gates.judging import World, checked
from ringtrue.gates.refs import HEADS, After, Branches, Update, after, brief, short
from ringtrue.gates.refusal import Refusal
from ringtrue.gates.settings import Settings, settings
from ringtrue.gates.verdict import faults, refusals
from ringtrue.gates.weakening import Weakening
from ringtrue.rendering.request import Progress, Renderer
from ringtrue.repository.deployed import Deployed, deployed


@dataclass(frozen=True, slots=True)
class Answer:
    updates: tuple[Update, ...]
    branches: Branches = field(default_factory=Branches)
    refusals: tuple[Refusal, ...] = ()
    weakened: tuple[Weakening, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Errors that refuse the push, and warnings."""
    bugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """Where pushes arrive, and what judges them."""

    root: Path
    environ: Mapping[str, str]
    commits: Commits
    renderer: Callable[[], Renderer]
    """Made when there is something to check."""
    progress: Progress | None = None

    def judge(self, updates: Sequence[Update]) -> Answer:
        """Raises RingtrueError for what cannot be judged; nothing of what is pushed is executed, no ref is written."""
        updates = tuple(updates)
        if not any(update.ref.startswith(HEADS) for update in updates):
            return Answer(updates)
        world = after(updates, self.commits)
        pushed = {update.ref: update.new for update in updates if update.new and self.commits.commit(update.new)}
        old = {update.ref: update.old for update in updates if update.old}
        with (
            deployed(self.root, self.environ, old, lenient=True) as now,
            deployed(self.root, self.environ, pushed, lenient=True) as then,
        ):
            try:
                return self._judged(updates, world, now, then)
            except ConfigError as error:
                return Answer(updates, refusals=(self._invalid(updates, str(error)),))

    def settings(self) -> Settings:
        """Those of main as it is; raises ConfigError."""
        with deployed(self.root, self.environ, lenient=True) as now:
            return settings(after((), self.commits), self.commits.default, now.open)

    def _judged(self, updates: tuple[Update, ...], world: After, now: Deployed, then: Deployed) -> Answer:
        found = settings(world, self.commits.default, then.open)
        branches = found.branches
        guarded = tuple(update for update in updates if branches.guards(update.ref))
        self._check_history(guarded)
        if guarded and not found.commit and self.commits.lacks_main:
            where = repr(self.commits.remote)
            command = f"git remote set-head {self.commits.remote} --auto"
            raise GitError(f"this clone does not know which branch of {where} is main; fetch it and run `{command}`")
        refused = promotion.refused(updates, branches, self.commits)
        if refused:
            return Answer(updates, branches, refused)
        weakened = self._weakened(updates, found, now, then)
        moving = tuple(update for update in guarded if update.new)
        if not moving:
            return Answer(updates, branches, weakened=weakened)
        result = checked(moving, World(found, self.renderer(), self.progress), now, then)
        told = [each for each in faults(moving, result, branches) if each.finding.severity is not Severity.NOTE]
        findings = tuple(each.finding for each in told)
        return Answer(updates, branches, refusals(told, moving), weakened, findings, result.bugs)

    def _check_history(self, guarded: Sequence[Update]) -> None:
        """A clone may lack what the server has."""
        remote = self.commits.remote
        if not guarded or not remote:
            return
        if self.commits.is_shallow:
            where = short(guarded[0].ref)
            raise GitError(f"this clone is shallow, so {where} cannot be judged; run `git fetch --unshallow {remote}`")
        for update in guarded:
            if update.old and not self.commits.commit(update.old):
                at = f"{short(update.ref)} of {remote!r} is at {brief(update.old)}"
                raise GitError(f"{at}, which is not in this clone; run `git fetch {remote}`")

    def _weakened(
        self, updates: Sequence[Update], found: Settings, now: Deployed, then: Deployed
    ) -> tuple[Weakening, ...]:
        """What the settings and main's files let pass that they did not before; nothing for the first push."""
        try:
            world = After(self.commits, {update.ref: update.old for update in updates})
            former = settings(world, self.commits.default, now.open)
        except ConfigError:
            return ()
        if not former.commit or former.commit == found.commit:
            return ()
        ignored = weakening.ignored(now.open(former.commit), then.open(found.commit))
        return (*weakening.weakened(former, found), *ignored)

    def _invalid(self, updates: Sequence[Update], sentence: str) -> Refusal:
        main = next((update for update in updates if update.ref == self.commits.default), updates[0])
        return Refusal("settings-invalid", main.ref, main.new, sentence)
