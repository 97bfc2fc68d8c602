"""Argo CD Applications: what each of them reads, and where it puts it."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.environments.outputs import Document
from ringtrue.findings import Route
from ringtrue.manifests.resource import follow

IN_CLUSTER = "in-cluster"
"""The cluster that Argo CD runs on: this name and this address are one destination."""

_HERE = "https://kubernetes.default.svc"

_HARMLESS_OVERRIDES = frozenset(
    {
        "images",
        "commonAnnotations",
        "commonAnnotationsEnvsubst",
        "forceCommonAnnotations",
        "forceCommonLabels",
        "version",
    }
)
"""`spec.source.kustomize` fields that change no name, namespace, label, port or policy."""


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """One source of one Application. `path` is normalised; `why_not` says why it cannot be rendered here."""

    document: Document
    name: str
    labels: Mapping[str, Any]
    route: Route
    """Leads to the source in the Application."""
    url: str
    path: str
    text: str
    """The path as written."""
    revision: str
    cluster: str
    namespace: str
    """Of the destination; "" when it names none."""
    chart: bool = False
    """A chart of a Helm repository: not read from git."""
    kind: str = ""
    """"kustomize", "directory", "helm" or "plugin" when the source says so itself."""
    why_not: str = ""
    options: Mapping[str, Any] | None = None
    """Of a directory source: recurse, include, exclude."""


def is_application(value: Mapping[str, Any]) -> bool:
    return value.get("kind") == "Application" and str(value.get("apiVersion", "")).startswith("argoproj.io/")


def is_application_set(value: Mapping[str, Any]) -> bool:
    return value.get("kind") == "ApplicationSet" and str(value.get("apiVersion", "")).startswith("argoproj.io/")


def declared(document: Document) -> Iterator[Declared]:
    """The sources of an Application that name something to render; `spec.sources` wins over `spec.source`."""
    spec = document.value.get("spec")
    for route in _source_routes(spec):
        source = follow(document.value, route)
        if isinstance(source, Mapping) and ("ref" not in source or "path" in source or "chart" in source):
            yield _declared(document, route, source)


def destination(value: Mapping[str, Any]) -> tuple[str, str]:
    """Cluster and namespace; without a cluster the one Argo CD runs on (it would refuse the Application, C5)."""
    name, server = follow(value, ("spec", "destination", "name")), follow(value, ("spec", "destination", "server"))
    namespace = follow(value, ("spec", "destination", "namespace"))
    cluster = _text(name) or _text(server).rstrip("/") or IN_CLUSTER
    return IN_CLUSTER if cluster == _HERE else cluster, _text(namespace)


def _source_routes(spec: Any) -> list[Route]:
    sources = follow(spec, ("sources",))
    if isinstance(sources, list) and sources:
        return [("spec", "sources", index) for index in range(len(sources))]
    return [("spec", "source")]


def _declared(document: Document, route: Route, source: Mapping[str, Any]) -> Declared:
    cluster, namespace = destination(document.value)
    text = _text(source.get("path"))
    labels = follow(document.value, ("metadata", "labels"))
    kind = next((key for key in ("helm", "kustomize", "directory", "plugin") if source.get(key)), "")
    return Declared(
        document,
        _text(follow(document.value, ("metadata", "name"))),
        labels if isinstance(labels, Mapping) else {},
        route,
        _text(source.get("repoURL")),
        posixpath.normpath(text) if text else ".",
        text,
        _text(source.get("targetRevision")),
        cluster,
        namespace,
        bool(source.get("chart")),
        kind,
        _why_not(source),
        source.get("directory") if isinstance(source.get("directory"), Mapping) else None,
    )


def _why_not(source: Mapping[str, Any]) -> str:
    if source.get("chart"):
        return f"is the Helm chart {_text(source['chart'])!r}"
    if source.get("plugin"):
        return "is rendered by a plugin"
    if source.get("helm"):
        return "is rendered by Helm"
    overrides = source.get("kustomize")
    active = {key for key, value in overrides.items() if value} if isinstance(overrides, Mapping) else set()
    changing = sorted(map(str, active - _HARMLESS_OVERRIDES))
    return f"has overrides that are not applied yet: {', '.join(changing)}" if changing else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
