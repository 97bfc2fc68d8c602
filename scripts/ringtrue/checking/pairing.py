"""Each environment with what it was before the change that is judged."""

from collections.abc import Iterable
from dataclasses import replace

from ringtrue.environments.environment import Environment


def paired(environments: Iterable[Environment], before: Iterable[Environment]) -> tuple[Environment, ...]:
    """By name and cluster; one that is new has nothing before it."""
    former = {(each.name, each.cluster.name): each for each in before}
    return tuple(replace(each, deployed=former.get((each.name, each.cluster.name))) for each in environments)
