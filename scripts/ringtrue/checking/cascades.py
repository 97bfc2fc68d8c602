"""Callers of a broken object are shown at that object's own finding, not each as a fault of its own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ringtrue.checking.callers import callers
from ringtrue.checking.raised import Raised
from ringtrue.checking.repeats import folded
from ringtrue.checking.severities import lower
from ringtrue.findings import Route
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.proof import Proof


def joined(raised: Sequence[Raised], refuted: Sequence[tuple[Proof, Raised]]) -> list[Raised]:
    """The raised problems; each caller whose proof blames one of them is added to it, the others stand for themselves.

    A caller joins the problem at the blamed object whose field is nearest to the blamed one, if that problem is at
    least as grave: a caller that is broken is never shown under a warning, and never lost.
    """
    at: dict[int, list[int]] = defaultdict(list)
    for index, each in enumerate(raised):
        if each.resource is not None:
            at[id(each.resource)].append(index)
    broken: dict[int, list[tuple[Proof, Raised]]] = defaultdict(list)
    alone: list[tuple[Proof, Raised]] = []
    for proof, caller in refuted:
        found = _blamed(proof.blame, caller, raised, at)
        if found is None:
            alone.append((proof, caller))
        else:
            broken[found].append((proof, caller))
    told = [_with(each, broken[index]) if index in broken else each for index, each in enumerate(raised)]
    return told + folded(alone)


def _blamed(blame: Spot | None, caller: Raised, raised: Sequence[Raised], at: dict[int, list[int]]) -> int | None:
    if blame is None:
        return None
    fitting = [
        (-near, index)
        for index in at.get(id(blame.resource), ())
        if isinstance(where := raised[index].problem.where, Spot)
        and (near := shared(where.route, blame.route)) is not None
        and lower(raised[index].severity, caller.severity) is caller.severity
    ]
    return min(fitting)[1] if fitting else None


def shared(one: Route, other: Route) -> int | None:
    """How many leading steps the two routes share; None when they have nothing to do with each other."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count if count or not one or not other else None


def _with(raised: Raised, broken: Sequence[tuple[Proof, Raised]]) -> Raised:
    others = [proof.reference for proof, _ in broken if proof.reference.client is not raised.resource]
    ids = tuple(name for _, caller in broken for name in caller.problem.references)
    problem = replace(raised.problem, references=(*raised.problem.references, *ids))
    return replace(raised, problem=problem, callers=callers(others))
