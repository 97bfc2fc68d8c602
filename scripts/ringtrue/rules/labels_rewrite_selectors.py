"""A kustomization writes its labels into selectors.

## What it does
Reports `commonLabels`, and `labels` with `includeSelectors: true`, where they change the selector of a Service or a
workload, or what a NetworkPolicy selects or lets through. Labels that the selectors hold anyway are left alone. It is a
note where all these objects stand in the kustomization's own folder: there the labels are part of how they are written.
A Service whose endpoints are written by hand gets a selector too: an error when its Endpoints would be overwritten, or
when pods carry the labels.

## Why it matters
The selector of a workload cannot be changed once it is deployed, so a label that is added or edited later stops every
sync. Peers of a NetworkPolicy may be pods of somebody else, which do not carry the label.

## How to fix
Use `labels` with `includeTemplates: true`, and without `includeSelectors`. Keep what is deployed as it is: write its
selectors out in full before you take the labels away.
"""

import posixpath
from collections.abc import Iterator, Sequence

from ringtrue.cluster.endpoints import selected
from ringtrue.cluster.labels import join
from ringtrue.cluster.operated import operated
from ringtrue.cluster.services import service
from ringtrue.environments.environment import Environment, Relabelled
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource

NAME = "labels-rewrite-selectors"
CLASS = RuleClass.RISK
SEVERITY = Severity.ERROR

_NAMED = 3
_HINT = "use labels with includeTemplates: true, and without includeSelectors"


def check(environment: Environment) -> Iterator[Problem]:
    for change in environment.relabelled:
        for made in change.invented:
            yield _invented(change, made, environment)
        selecting = tuple(each for each in change.selecting if not _is_told(each, change, environment))
        if selecting or change.peers:
            yield Problem(
                change.location,
                f"{change.field} writes {join(change.pairs)} into {_said(selecting, change.peers)}",
                hint=_HINT,
                severity=Severity.NOTE if _is_at_home(change) else Severity.WARNING,
                value=join(change.pairs),
            )


def _is_told(changed: Resource, change: Relabelled, environment: Environment) -> bool:
    """Whether it is a Service of which another finding says that its pods do not carry the label."""
    rendered = _rendered(changed, change, environment) if changed.kind == "Service" else None
    made = service(rendered) if rendered is not None else None
    known = operated(made, environment.cluster) if made is not None else None
    return known is not None and not known.lacking.keys().isdisjoint(change.pairs)


def _is_at_home(change: Relabelled) -> bool:
    folder = posixpath.dirname(change.layer)
    return not change.peers and all(posixpath.dirname(each.source) == folder for each in change.selecting)


def _said(selecting: Sequence[Resource], peers: Sequence[Resource]) -> str:
    clauses = []
    if selecting:
        fixed = ", and a workload's cannot be changed once it is deployed" if _has_workload(selecting) else ""
        clauses.append(f"the selectors of {_names(selecting)}{fixed}")
    if peers:
        clauses.append(f"the peers of {_names(peers)}, which then leave out pods without it")
    return "; and into ".join(clauses)


def _has_workload(resources: Sequence[Resource]) -> bool:
    return any(each.group in ("apps", "batch") for each in resources)


def _invented(change: Relabelled, made: Resource, environment: Environment) -> Problem:
    rendered = _rendered(made, change, environment)
    effect = _effect(rendered, environment) if rendered else ""
    return Problem(
        change.location,
        f"{change.field} gives Service {made.name!r} the selector {join(change.pairs)}, "
        f"although its endpoints are written by hand{': ' if effect else ''}{effect}",
        hint=_HINT,
        related=((rendered.at("metadata", "name"), "the Service"),) if rendered else (),
        severity=None if effect else Severity.WARNING,
        value=f"{made.name} {join(change.pairs)}",
    )


def _rendered(made: Resource, change: Relabelled, environment: Environment) -> Resource | None:
    """The Service as it comes out; layers further out may have put something around its name."""
    for resource in environment.resources:
        of_that_name = (resource.group, resource.kind) == ("", "Service") and made.name in resource.name
        if of_that_name and change.pairs.items() <= resource.mapping("spec", "selector").items():
            return resource
    return None


def _effect(rendered: Resource, environment: Environment) -> str:
    """What breaks (SEL-02); nothing does where no pod is selected and the addresses stand in EndpointSlices."""
    found = service(rendered)
    if found is None:
        return ""
    if environment.cluster.find("Endpoints", found.namespace, found.name):
        return "they will be overwritten"
    pods = sorted({pod.called for pod in selected(found, environment.cluster)})
    if pods:
        return f"it leads to {', '.join(pods)} too"
    return ""


def _names(resources: Sequence[Resource]) -> str:
    named = sorted({each.called for each in resources})
    more = len(named) - _NAMED
    if more > 1:
        return f"{', '.join(named[:_NAMED])} and {more} others"
    return ", ".join(named[:-1]) + (" and " if len(named) > 1 else "") + named[-1]
