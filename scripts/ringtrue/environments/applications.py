"""Argo CD Applications: what each of them reads, and where it puts it."""

import json
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


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """One source of one Application, or a Flux Kustomization. `path` is normalised."""

    document: Document
    name: str
    own_namespace: str
    """Of the Application itself, "" when it names none."""
    project: str
    labels: Mapping[str, Any]
    route: Route
    """Leads to the source in the Application."""
    parameters: Mapping[str, Any]
    """The source as written there."""
    url: str
    path: str
    text: str
    """The path as written."""
    revision: str
    cluster: str
    namespace: str
    """Of the destination; "" when it names none."""
    kind: str = "Application"
    """Or Flux's "Kustomization"."""
    outside: str = ""
    """What it reads instead of a git repository, as the end of "its source ...": "" for most."""

    @property
    def called(self) -> str:
        return f"{self.kind} {self.name!r}"

    @property
    def flux(self) -> bool:
        return self.kind != "Application"

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, apart from its name. A Flux Kustomization has more to say than where it reads."""
        where = (self.route, self.url, self.path, self.cluster, self.namespace)
        return (*where, json.dumps(self.parameters, sort_keys=True, default=str)) if self.flux else where

    @property
    def chart(self) -> bool:
        """A chart of a Helm repository: not read from git."""
        return bool(self.parameters.get("chart"))


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
    return known_destination(_text(name) or _text(server)), _text(namespace)


def known_destination(text: str) -> str:
    """The name or address of a cluster; the one that Argo CD runs on has both."""
    plain = text.rstrip("/") or IN_CLUSTER
    return IN_CLUSTER if plain == _HERE else plain


def _source_routes(spec: Any) -> list[Route]:
    sources = follow(spec, ("sources",))
    if isinstance(sources, list) and sources:
        return [("spec", "sources", index) for index in range(len(sources))]
    return [("spec", "source")]


def _declared(document: Document, route: Route, source: Mapping[str, Any]) -> Declared:
    cluster, namespace = destination(document.value)
    text = _text(source.get("path"))
    labels = follow(document.value, ("metadata", "labels"))
    return Declared(
        document,
        _text(follow(document.value, ("metadata", "name"))),
        _text(follow(document.value, ("metadata", "namespace"))),
        _text(follow(document.value, ("spec", "project"))),
        labels if isinstance(labels, Mapping) else {},
        route,
        source,
        _text(source.get("repoURL")),
        posixpath.normpath(text) if text else ".",
        text,
        _text(source.get("targetRevision")),
        cluster,
        namespace,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
