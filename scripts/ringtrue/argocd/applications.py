"""What an Application says of itself: project, sources, destination."""

from collections.abc import Iterator

from ringtrue.argocd.projects import DEFAULT, Target
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

IN_CLUSTER = Target("in-cluster", "https://kubernetes.default.svc")
"""The cluster that Argo CD runs on."""

_CREATES = "CreateNamespace=true"


def project_name(application: Resource) -> str:
    return _text(application, "spec", "project") or DEFAULT


def namespace(application: Resource) -> str:
    return _text(application, "spec", "destination", "namespace")


def target(application: Resource) -> Target | None:
    """The destination's cluster; None where it has both name and server, or neither, which Argo CD refuses.

    An address may have any name, Argo CD's own cluster too. The name `in-cluster` always means that one.
    """
    name = _text(application, "spec", "destination", "name")
    server = _text(application, "spec", "destination", "server").rstrip("/")
    if bool(name) is bool(server):
        return None
    return IN_CLUSTER if name == IN_CLUSTER.name else Target(name, server)


def source_routes(application: Resource) -> tuple[Route, ...]:
    """Where its sources stand: `spec.sourceHydrator` wins over `spec.sources`, and that over `spec.source`."""
    if application.mapping("spec", "sourceHydrator"):
        return (("spec", "sourceHydrator", "drySource"),)
    count = len(application.items("spec", "sources"))
    return tuple(("spec", "sources", index) for index in range(count)) or (("spec", "source"),)


def repositories(application: Resource) -> Iterator[tuple[Route, str]]:
    """The `repoURL`s that its project must permit, each with where it stands."""
    routes = [(*route, "repoURL") for route in source_routes(application)]
    synced = ("spec", "sourceHydrator", "syncSource", "repoURL")
    for route in (*routes, synced):
        url = _text(application, *route)
        if url and (route != synced or url != _text(application, *routes[0])):
            yield route, url


def creates_namespace(application: Resource) -> Route:
    """Where its sync option `CreateNamespace=true` stands; () without it. Argo CD reads it to the letter."""
    options = application.get("spec", "syncPolicy", "syncOptions")
    if not isinstance(options, list) or _CREATES not in options:
        return ()
    return "spec", "syncPolicy", "syncOptions", options.index(_CREATES)


def _text(application: Resource, *route: str | int) -> str:
    found = application.get(*route)
    return found if isinstance(found, str) else ""
