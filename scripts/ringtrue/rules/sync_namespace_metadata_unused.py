"""Labels and annotations that an Application gives its namespace are not used.

## What it does
Reports `managedNamespaceMetadata` without the sync option `CreateNamespace=true`, and beside a Namespace of that name
among the Application's own objects.

## Why it matters
Argo CD writes that metadata only where it makes the namespace, and a Namespace in git goes before it. Labels of Pod
Security, or of a mesh, are then missing, and nothing says so.

## How to fix
Put the labels and annotations on the Namespace in git. Without one, add `CreateNamespace=true` to `syncOptions`.
"""

from collections.abc import Iterator, Mapping, Sequence

from ringtrue.environments.environment import Environment, Source
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import applications, destination_namespace, together

NAME = "sync-namespace-metadata-unused"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_OPTION = "CreateNamespace=true"


def check(environment: Environment) -> Iterator[Problem]:
    yield from together(_found(environment))


def _found(environment: Environment) -> Iterator[Problem]:
    for application, sources in applications(environment):
        metadata = application.get("spec", "syncPolicy", "managedNamespaceMetadata")
        if destination_namespace(application) and isinstance(metadata, Mapping) and any(metadata.values()):
            yield from _judged(application, sources)


def _judged(application: Resource, sources: Sequence[Source]) -> Iterator[Problem]:
    where = application.at("spec", "syncPolicy", "managedNamespaceMetadata")
    options = application.get("spec", "syncPolicy", "syncOptions")
    namespace = destination_namespace(application)
    written = _namespace(namespace, sources)
    if written is not None:
        yield Problem(
            where,
            f"Application {application.name!r} gives metadata to namespace {namespace!r}, "
            "but that Namespace is among its objects and goes before it",
            hint="write labels and annotations on the Namespace",
            related=((written.at("metadata", "name"), "the Namespace"),),
            value=namespace,
        )
    elif _OPTION not in (options if isinstance(options, list) else []):
        yield Problem(
            where,
            f"Application {application.name!r} gives metadata to namespace {namespace!r}, "
            f"which counts only with sync option {_OPTION!r}",
            hint=f"add {_OPTION} to syncOptions",
            value=namespace,
        )


def _namespace(name: str, sources: Sequence[Source]) -> Resource | None:
    for source in sources:
        for resource in source.resources:
            if (resource.group, resource.kind, resource.name) == ("", "Namespace", name):
                return resource
    return None
