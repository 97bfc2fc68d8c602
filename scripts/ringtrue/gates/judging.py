"""What a push is checked for: main as it will be, and what is deployed, without the push and with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ringtrue.checking import Options, Report, Standing, judged, standing
from ringtrue.environments.views import Revisions
from ringtrue.errors import ConfigError, NothingToCheck
from ringtrue.gates.refs import Branches, Update
from ringtrue.gates.settings import Settings
from ringtrue.rendering.request import Progress, Renderer
from ringtrue.repository.deployed import Deployed, NotDeployed
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class World:
    """What is needed to check one state of the server."""

    settings: Settings
    renderer: Renderer
    """One that remembers: most of the two states is the same."""
    progress: Progress | None = None

    def standing(self, tree: Tree, revisions: Revisions | None = None) -> Standing:
        config = self.settings.config
        return standing(tree, config, self.renderer, Options(), progress=self.progress, revisions=revisions)


@dataclass(frozen=True, slots=True)
class Checked:
    """The reports on one push."""

    deployed: Report | None
    """What is deployed with the push; None where no Application reads this repository, or there is no main."""
    before: Callable[[], Report | None]
    """The same without it, as long as the server's trees are open; None where that cannot be told. Most pushes have
    findings only in what they push, and need not know."""
    own: tuple[tuple[Update, Report], ...] = field(default=())
    """Of main, and of environments that no Application here reads: the check of the commit alone."""
    faults: tuple[str, ...] = ()
    """Of ringtrue itself, in what was proved before the push."""

    @property
    def bugs(self) -> tuple[str, ...]:
        reports = (self.deployed, *(report for _, report in self.own))
        found = (bug for report in reports if report for bug in report.bugs)
        return tuple(dict.fromkeys((*self.faults, *found)))


def checked(updates: Sequence[Update], world: World, now: Deployed, then: Deployed) -> Checked:
    """`now` opens the server as it is, `then` as it will be. The updates are those of guarded branches.

    Raises RingtrueError for what stops a check, such as a commit of main that holds no manifest.
    """
    branches = world.settings.branches
    before = _before(world, now, branches)
    deployed = _deployed(world, then, before)
    own = [
        (update, judged(world.standing(then.open(update.new)), Options()))
        for update in updates
        if update.ref == branches.main_ref or not _is_read(update, deployed, branches)
    ]
    known = cache(lambda: judged(before, Options()) if before else None)
    return Checked(deployed, known, tuple(own), before.bugs if before else ())


def _before(world: World, now: Deployed, branches: Branches) -> Standing | None:
    try:
        tree = now.open(branches.main_ref)
    except NotDeployed:
        return None
    try:
        return world.standing(tree, now)
    except (ConfigError, NothingToCheck):  # the settings are those after the push, and may not fit what is there now
        return None


def _deployed(world: World, then: Deployed, before: Standing | None) -> Report | None:
    """Nothing where no Application is."""
    try:
        at = world.standing(then.open(world.settings.commit), then)
    except NothingToCheck:
        return None
    return judged(at, Options(), before=before.environments if before else ())


def _is_read(update: Update, report: Report | None, branches: Branches) -> bool:
    return report is not None and any(True for _ in reading(update.ref, report, branches))


def reading(ref: str, report: Report, branches: Branches) -> Iterator[str]:
    """The environments with a source that is read at a branch."""
    names = branches.names(ref)
    for environment in report.environments:
        if any(source.declared_by and source.revision in names for source in environment.sources):
            yield environment.name
