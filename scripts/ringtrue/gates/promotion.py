"""The rules of the refs: what may become of main and of the environment branches, whatever the commits hold.

An environment branch is a pointer to a commit of main. It moves by fast-forward, only to commits that every earlier
environment has, and is never merged into. Several refs of one push are judged as they are when all of them have moved.
"""

from collections.abc import Iterator, Sequence

from ringtrue.gates.refs import After, Branches, History, Update, after, brief, short
from ringtrue.gates.refusal import Refusal

REMOTE = "origin"
"""What the commands call the server: a hook cannot know the name that the pusher has for it."""


def refused(updates: Sequence[Update], branches: Branches, history: History) -> tuple[Refusal, ...]:
    """At most one refusal for each ref, in the order of the push; refs that are not guarded pass."""
    world = after(updates, history)
    found = (next(_reasons(update, branches, world), None) for update in updates if branches.guards(update.ref))
    return tuple(refusal for refusal in found if refusal is not None)


def _reasons(update: Update, branches: Branches, world: After) -> Iterator[Refusal]:
    """The first is the one that is told."""
    name = branches.environment(update.ref)
    if not update.new:
        # An environment that main no longer names is cleared away by deleting its branch.
        if not name or branches.knows(name):
            yield _deleted(update, name, branches)
        return
    if name and not branches.knows(name):
        yield _unknown(update, name, branches)
    elif (commit := world.history.commit(update.new)) != update.new:
        yield _not_commit(update, commit)
    else:
        yield from _moved(update, branches, world)
        if name:
            yield from _ahead(update, name, branches, world)


def _deleted(update: Update, name: str, branches: Branches) -> Refusal:
    condition = ""
    if name and branches.order:
        condition = f" while [environments] order on {branches.main} names {name!r}"
    elif name:
        condition = f": [environments] branches on {branches.main} makes it an environment"
    return Refusal("branch-deleted", update.ref, "", f"{short(update.ref)} may not be deleted{condition}")


def _unknown(update: Update, name: str, branches: Branches) -> Refusal:
    near = branches.nearest(name)
    sentence = f"no environment is called {name!r} in [environments] order on {branches.main}; {branches.choices(name)}"
    command = _push(brief(update.new), branches.ref(near)) if near else ""
    return Refusal("environment-unknown", update.ref, update.new, sentence, command)


def _not_commit(update: Update, commit: str) -> Refusal:
    if not commit:
        sentence = f"{brief(update.new)} is no commit, so {short(update.ref)} cannot point to it"
        return Refusal("branch-not-commit", update.ref, update.new, sentence)
    sentence = f"{brief(update.new)} is a tag object, and a branch must point to a commit: the tag's is {brief(commit)}"
    return Refusal("branch-not-commit", update.ref, update.new, sentence, _push(brief(commit), update.ref))


def _moved(update: Update, branches: Branches, world: After) -> Iterator[Refusal]:
    """A branch that is there moves forward only."""
    if not update.old or world.history.is_ancestor(update.old, update.new):
        return
    name = short(update.ref)
    old, new = brief(update.old), brief(update.new)
    if world.history.is_ancestor(update.new, update.old):
        sentence = f"{name} is at {old} and would move back to {new}; roll back by reverting on {branches.main}"
        command = f"git revert --no-edit {new}..{old} && git push {REMOTE} {branches.main}"
        yield Refusal("branch-moved-back", update.ref, update.new, sentence, command)
        return
    sentence = f"{name} is at {old}, which {new} does not contain: only a fast-forward may move it"
    yield Refusal("branch-rewritten", update.ref, update.new, sentence, _forward(update.ref, branches))


def _forward(ref: str, branches: Branches) -> str:
    if branches.is_main(ref):
        return f"git pull --rebase {REMOTE} {short(ref)} && git push {REMOTE} {short(ref)}"
    return _promotion(ref, branches)


def _ahead(update: Update, name: str, branches: Branches, world: After) -> Iterator[Refusal]:
    """The first branch before this one that lacks the commit."""
    missing = next((ref for ref in branches.before(name) if not world.holds(ref, update.new)), "")
    if not missing:
        return
    there = "" if world.tip(missing) else ", which is not there yet"
    if missing != branches.main_ref:
        about = there or f", which comes before {short(update.ref)}"
        sentence = f"the commit has not reached {short(missing)}{about}"
        command = _push(brief(update.new), missing)
        yield Refusal("promotion-skips-environment", update.ref, update.new, sentence, command)
        return
    sentence = f"the commit is not on {branches.main}{there}"
    tip = world.tip(missing)
    lands = not tip or world.history.is_ancestor(tip, update.new)
    command = _push(brief(update.new), missing) if lands else _promotion(update.ref, branches)
    yield Refusal("commit-not-on-main", update.ref, update.new, sentence, command)


def _promotion(ref: str, branches: Branches) -> str:
    """The push that moves an environment to where the one before it is."""
    return _push(f"{REMOTE}/{short(branches.before(branches.environment(ref))[-1])}", ref)


def _push(source: str, ref: str) -> str:
    return f"git push {REMOTE} {source}:{ref}"
