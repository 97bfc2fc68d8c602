"""Argo CD Applications: what each of them reads, and where it puts it."""

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.argocd.applications import IN_CLUSTER, source_routes
from ringtrue.environments.outputs import Document
from ringtrue.findings import Route
from ringtrue.manifests.resource import follow, text_at


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
    """The sources of an Application that name something to render."""
    for route in source_routes(document.value):
        source = follow(document.value, route)
        if isinstance(source, Mapping) and ("ref" not in source or "path" in source or "chart" in source):
            yield _declared(document, route, source)


def destination(value: Mapping[str, Any]) -> tuple[str, str]:
    """Cluster and namespace; without a cluster the one Argo CD runs on (it would refuse the Application, C5)."""
    spelt = (text_at(value, "spec", "destination", each) for each in ("name", "server"))
    return known_destination(next(filter(None, spelt), "")), text_at(value, "spec", "destination", "namespace")


def known_destination(text: str) -> str:
    """The name or address of a cluster; the one that Argo CD runs on has both."""
    plain = text.rstrip("/")
    return IN_CLUSTER.name if plain in ("", IN_CLUSTER.server) else plain


def _declared(document: Document, route: Route, source: Mapping[str, Any]) -> Declared:
    cluster, namespace = destination(document.value)
    text = text_at(source, "path")
    labels = follow(document.value, ("metadata", "labels"))
    return Declared(
        document,
        text_at(document.value, "metadata", "name"),
        text_at(document.value, "metadata", "namespace"),
        text_at(document.value, "spec", "project"),
        labels if isinstance(labels, Mapping) else {},
        route,
        source,
        text_at(source, "repoURL"),
        posixpath.normpath(text) if text else ".",
        text,
        text_at(source, "targetRevision"),
        cluster,
        namespace,
    )
