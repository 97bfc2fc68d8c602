"""The same object comes twice: from two sources of one cluster, or twice from one source.

## What it does
Compares group, kind, namespace and name of everything that lands on one cluster. One finding for each pair of sources.

## Why it matters
The last writer wins, at every sync anew. Argo CD says "SharedResourceWarning" or "RepeatedResourceWarning" only once it
is live, and prunes the object when one of the two lets go of it.

## How to fix
Keep the object in one source. If two environments need one each, give each its own namespace or name.

In a folder that no Application names it is a warning: its files may be alternatives, of which one is applied.
"""

from collections import defaultdict
from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Key, Resource

NAME = "resource-duplicated"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for (_, other), pairs in _twice(environment).items():
        # By name, not by place: the finding stays the same when documents change places.
        resource, earlier = min(pairs, key=lambda pair: pair[0].id)
        more = f" and {len(pairs) - 1} more of {resource.source!r} are" if len(pairs) > 1 else " is"
        yield Problem(
            resource.at("metadata", "name"),
            f"{resource.called_in_full}{more} already rendered from {other!r}: the last one synced wins",
            hint="keep it in one source, or give each its own name or namespace",
            related=((earlier.at("metadata", "name"), "the other one"),),
            severity=Severity.WARNING if environment.scope.leaf else None,
        )


def _twice(environment: Environment) -> dict[tuple[str, str], list[tuple[Resource, Resource]]]:
    """The environment's objects that came before, each with the earlier one, by the two sources."""
    own = set(map(id, environment.resources))
    first: dict[Key, Resource] = {}
    pairs: dict[tuple[str, str], list[tuple[Resource, Resource]]] = defaultdict(list)
    for resource in environment.cluster.resources:
        if not resource.name:
            continue
        earlier = first.setdefault(resource.key, resource)
        if earlier is not resource and id(resource) in own:
            pairs[resource.source, earlier.source].append((resource, earlier))
    return pairs
