"""What an Application says of itself: project, sources, destination."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.argocd.projects import DEFAULT, Target
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, follow, text_at

IN_CLUSTER = Target("in-cluster", "https://kubernetes.default.svc")
"""The cluster that Argo CD runs on."""

_CREATES = "CreateNamespace=true"


def project_name(application: Resource) -> str:
    return text_at(application.data, "spec", "project") or DEFAULT


def namespace(application: Resource) -> str:
    return text_at(application.data, "spec", "destination", "namespace")


def target(application: Resource) -> Target | None:
    """The destination's cluster; None where it has both name and server, or neither, which Argo CD refuses.

    An address may have any name, Argo CD's own cluster too. The name `in-cluster` always means that one.
    """
    name = text_at(application.data, "spec", "destination", "name")
    server = text_at(application.data, "spec", "destination", "server").rstrip("/")
    if bool(name) is bool(server):
        return None
    return IN_CLUSTER if name == IN_CLUSTER.name else Target(name, server)


def source_routes(application: Mapping[str, Any]) -> tuple[Route, ...]:
    """Where its sources stand: `spec.sourceHydrator` wins over `spec.sources`, and that over `spec.source`."""
    if follow(application, ("spec", "sourceHydrator")):
        return (("spec", "sourceHydrator", "drySource"),)
    sources = follow(application, ("spec", "sources"))
    count = len(sources) if isinstance(sources, list) else 0
    return tuple(("spec", "sources", index) for index in range(count)) or (("spec", "source"),)


def repositories(application: Resource) -> Iterator[tuple[Route, str]]:
    """The `repoURL`s that its project must permit, each with where it stands."""
    routes = [(*route, "repoURL") for route in source_routes(application.data)]
    synced = ("spec", "sourceHydrator", "syncSource", "repoURL")
    for route in (*routes, synced):
        url = text_at(application.data, *route)
        if url and (route != synced or url != text_at(application.data, *routes[0])):
            yield route, url


def creates_namespace(application: Resource) -> Route:
    """Where its sync option `CreateNamespace=true` stands; () without it. Argo CD reads it to the letter."""
    options = application.get("spec", "syncPolicy", "syncOptions")
    if not isinstance(options, list) or _CREATES not in options:
        return ()
    return "spec", "syncPolicy", "syncOptions", options.index(_CREATES)
