"""Argo CD does not see changes in a folder that an Application is built from.

## What it does
Follows the kustomization of each source to every file that it is built from, and reports folders that the annotation
`argocd.argoproj.io/manifest-generate-paths` of the Application leaves out. Without the annotation every commit counts.

## Why it matters
Argo CD passes over a commit that changes none of the listed paths, and says nothing: the change is merged, the
Application stays Synced and Healthy, and what runs is the old version until a listed path changes, or the cache
expires. Before 2.11 only webhooks heeded the list, so it is a warning there.

## How to fix
List every folder that the source reaches. Paths are relative to the source's own, or begin with `/` and are read from
the top of the repository; a pattern such as `/apps/*` covers files, not the folders below.
"""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ringtrue.argocd.refresh import ANNOTATION, is_seen, refresh_paths
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import applications, together

NAME = "application-paths-incomplete"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR

_NAMED = 3
_ALWAYS_SINCE = (2, 11)
"""Before, the annotation counted for webhooks only, and polling found the change some minutes later."""


def check(environment: Environment) -> Iterator[Problem]:
    yield from together(_found(environment))


def _found(environment: Environment) -> Iterator[Problem]:
    for application, sources in applications(environment):
        written = application.annotations.get(ANNOTATION, "")
        paths = refresh_paths(written, _paths(application), environment.instance.version)
        for source in sources if paths else ():
            missed = [file for file in _files(source, environment) if not is_seen(file, paths)]
            if missed:
                late = environment.instance.version < _ALWAYS_SINCE
                yield replace(
                    _problem(application, source, written, missed), severity=Severity.WARNING if late else None
                )


def _problem(application: Resource, source: Source, written: str, missed: Sequence[str]) -> Problem:
    folders = _folders(missed)
    more = len(folders) - _NAMED
    named = ", ".join(map(repr, folders[:_NAMED])) + (f" and {more} more" if more > 0 else "")
    return Problem(
        application.at("metadata", "annotations", ANNOTATION),
        f"Application {application.name!r} does not see changes in {named}, "
        f"which {source.path!r} is built from: its paths are {written!r}",
        hint=_hint(written, missed, folders),
        value=f"{written} {' '.join(folders)}",
    )


def _hint(written: str, missed: Sequence[str], folders: Sequence[str]) -> str:
    for item in filter(None, (each.strip() for each in written.split(";"))):
        if not item.startswith(("/", ".")) and all(is_seen(file, [f"/{item}"]) for file in missed):
            return f"did you mean '/{item}'? Without the slash it is below the source's own path"
    if len(folders) > _NAMED:
        return "list them too, or the folder above them"
    return "list them too: " + ";".join(
        [written.rstrip("; "), *(f"/{'' if each == '.' else each}" for each in folders)]
    )


def _paths(application: Resource) -> list[str]:
    """Of all its sources, as written."""
    sources = application.items("spec", "sources") or [application.mapping("spec", "source")]
    return [path for source in sources if isinstance(path := source.get("path", ""), str)]


def _files(source: Source, environment: Environment) -> Iterable[str]:
    if source.foreign or source.status is Status.SKIPPED:
        return ()
    if source.graph.get(source.path):
        added = source.overrides.components if source.overrides else ()
        folders = (source.path, *(posixpath.normpath(posixpath.join(source.path, each)) for each in added))
        return sorted({file for folder in folders for file in source.graph.closure(folder)})
    return sorted({resource.source for resource in source.resources})


def _folders(files: Iterable[str]) -> list[str]:
    """The folders of files, without those below another one."""
    found: list[str] = []
    for folder in sorted({posixpath.dirname(file) or "." for file in files}):
        if not any(above == "." or folder.startswith(above + "/") for above in found):
            found.append(folder)
    return found
