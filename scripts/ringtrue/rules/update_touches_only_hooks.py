"""An Application changes in nothing but its hooks, so Argo CD does not sync.

## What it does
Compares the objects of each Application that syncs by itself with those that are deployed: only hooks are new or
changed (`argocd.argoproj.io/hook`, or Helm's). It runs where the deployed state is known: in `ringtrue diff` and
`ringtrue gate`.

## Why it matters
Hooks are no part of the state that Argo CD compares. The new revision shows Synced and Healthy at once, but nothing
ran: a smoke test that was mended, or a migration that was added, waits for the next change of something else.

## How to fix
Sync by hand after the push, or change something else of the Application in the same revision, such as an annotation
with a version.
"""

from collections.abc import Iterator, Mapping, Sequence

from ringtrue.argocd.hooks import is_hook, phases
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Key, Resource
from ringtrue.rules._applications import applications, is_automated

NAME = "update-touches-only-hooks"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_Objects = Mapping[Key, tuple[Resource, ...]]


def check(environment: Environment) -> Iterator[Problem]:
    if environment.deployed is None:
        return
    before = {application.key: sources for application, sources in applications(environment.deployed)}
    for application, sources in applications(environment):
        if not is_automated(application) or application.key not in before:
            continue
        if not all(map(_is_rendered, (*sources, *before[application.key]))):
            continue
        touched = _touched(before[application.key], sources, environment)
        if touched:
            yield _problem(application, touched)


def _is_rendered(source: Source) -> bool:
    return source.status is Status.RENDERED


def _touched(before: Sequence[Source], after: Sequence[Source], environment: Environment) -> list[Resource]:
    """Hooks that are new or changed; none where anything else is."""
    old, new = _objects(before), _objects(after)
    keys = [key for key in {**old, **new} if _data(old.get(key, ())) != _data(new.get(key, ()))]
    if not all(_is_hook(each) for key in keys for each in (*old.get(key, ()), *new.get(key, ()))):
        return []
    version = environment.instance.version
    return [each for key in keys for each in new.get(key, ()) if phases(each.annotations, version)]


def _objects(sources: Sequence[Source]) -> _Objects:
    found: dict[Key, tuple[Resource, ...]] = {}
    for source in sources:
        for each in source.resources:
            found[each.key] = (*found.get(each.key, ()), each)
    return found


def _data(objects: Sequence[Resource]) -> list[object]:
    return [each.data for each in objects]


def _is_hook(resource: Resource) -> bool:
    return is_hook(resource.annotations)


def _problem(application: Resource, touched: Sequence[Resource]) -> Problem:
    first, *others = touched
    more = f" and {len(others)} more" if others else ""
    return Problem(
        first.at("metadata", "annotations"),
        f"of Application {application.name!r} only hooks change, {first.called}{more}: Argo CD does not sync for that",
        hint="sync by hand after the push, or change something else of the Application too",
        related=tuple((each.at("metadata", "annotations"), "changes too") for each in others),
        value=application.name,
    )
