"""Fields that came with a version of Argo CD: an older CRD does not know them, so the API server drops them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ringtrue.argocd.applications import source_routes
from ringtrue.argocd.settings import Version
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_EACH = "[]"
"""Any item of a list."""


@dataclass(frozen=True, slots=True)
class Newer:
    since: Version
    route: tuple[str, ...]
    without: str
    """What happens without the field."""
    same: tuple[Any, ...] = ()
    """Values that mean what its absence means, beside empty ones."""
    harmless: bool = False
    """Nothing depends on it."""


_DRY = "the source is not rendered in that way"
_OF_SOURCES = (
    Newer((3, 0), ("kustomize", "ignoreMissingComponents"), "a missing component fails the build"),
    Newer((3, 0), ("kustomize", "labelIncludeTemplates"), "pod templates do not get the labels"),
    Newer((3, 5), ("tagPrefix",), "tags that carry the prefix do not match, and others may"),
    Newer((3, 6), ("directory", "disableExtensionFilter"), "files with other extensions are not read"),
)
_OF_APPLICATIONS = (
    Newer((3, 2), ("spec", "syncPolicy", "retry", "refresh"), "a retry does not see a newer revision"),
    Newer((3, 2), ("operation", "retry", "refresh"), "a retry does not see a newer revision"),
    *(
        Newer((3, 3), ("spec", "sourceHydrator", "drySource", tool), _DRY)
        for tool in ("directory", "helm", "kustomize", "plugin")
    ),
    Newer((3, 5), ("spec", "sourceHydrator", "syncSource", "repoURL"), "it syncs from the dry source's repository"),
)
_ENABLED = Newer((3, 1), ("spec", "syncPolicy", "automated", "enabled"), "it syncs by itself all the same", (True,))
_OF_PROJECTS = (
    Newer((3, 0), ("spec", "syncWindows", _EACH, "andOperator"), "the window is of all that any of its lists matches"),
    Newer((3, 1), ("spec", "syncWindows", _EACH, "description"), "nobody sees it", harmless=True),
    Newer((3, 3), ("spec", "clusterResourceWhitelist", _EACH, "name"), "the entry permits every name", ("*",)),
    Newer((3, 3), ("spec", "clusterResourceBlacklist", _EACH, "name"), "the entry forbids every name", ("*",)),
    Newer((3, 5), ("spec", "sourceIntegrity"), "no signature is asked for"),
    Newer((3, 5), ("spec", "syncWindows", _EACH, "syncOverrun"), "a sync may not outlast its window"),
)


def dropped(resource: Resource, version: Version) -> Iterator[tuple[Newer, Route]]:
    """The fields of an Application or AppProject that this Argo CD drops, and whose absence changes something."""
    found: list[Route] = []
    for newer, prefix in _fields(resource):
        for route in _routes(resource, prefix, newer.route) if newer.since > version else ():
            inside = any(route[: len(each)] == each for each in found)
            if not inside and _matters(resource, route, newer):
                found.append(route)
                yield newer, route


def _fields(resource: Resource) -> Iterator[tuple[Newer, Route]]:
    if resource.kind == "AppProject":
        yield from ((newer, ()) for newer in _OF_PROJECTS)
        return
    yield from ((newer, ()) for newer in (_ENABLED, *_OF_APPLICATIONS))
    for base in source_routes(resource.data):
        yield from ((newer, base) for newer in _OF_SOURCES)


def _routes(resource: Resource, before: Route, rest: tuple[str, ...]) -> Iterator[Route]:
    if _EACH not in rest:
        yield (*before, *rest)
        return
    at = rest.index(_EACH)
    whole = (*before, *rest[:at])
    items = resource.get(*whole)
    for index in range(len(items) if isinstance(items, list) else 0):
        yield from _routes(resource, (*whole, index), rest[at + 1 :])


def _matters(resource: Resource, route: Route, newer: Newer) -> bool:
    value = resource.get(*route)
    if newer is _ENABLED:
        return value is False
    if route[-2:] == ("syncSource", "repoURL") and value == resource.get(
        "spec", "sourceHydrator", "drySource", "repoURL"
    ):
        return False
    return bool(value) and value not in newer.same
