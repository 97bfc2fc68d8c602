"""What an AppProject permits: sources, destinations and kinds, as Argo CD decides it.

Where Argo CD knows more than the manifests say, such as the address behind a cluster's name, whatever it may be counts:
False means that it is denied for certain.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ringtrue.argocd.globs import matches, path_matches
from ringtrue.argocd.settings import NEWEST, Version
from ringtrue.argocd.urls import normalised
from ringtrue.manifests.resource import Resource

DEFAULT = "default"
"""The project of an Application that names none; Argo CD makes it, and it permits everything."""


KIND_NAMES: Version = (3, 3)
"""Before it the API server drops `name` from the lists of cluster-scoped kinds: every name is meant."""


@dataclass(frozen=True, slots=True)
class Target:
    """A destination's cluster; "" for what only Argo CD knows: the name of an address, or the address of a name."""

    name: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """An entry of a list of kinds; without a name any."""

    group: str
    kind: str
    name: str = ""

    def covers(self, group: str, kind: str, name: str) -> bool:
        return (
            path_matches(self.kind, kind)
            and path_matches(self.group, group)
            and (not self.name or path_matches(self.name, name))
        )


@dataclass(frozen=True, slots=True)
class Kinds:
    """What may be made of one scope; `allowed` is None where it is not written."""

    allowed: tuple[Kind, ...] | None
    denied: tuple[Kind, ...]

    def permit(self, group: str, kind: str, name: str) -> bool:
        listed = self.allowed is None or any(each.covers(group, kind, name) for each in self.allowed)
        return listed and not any(each.covers(group, kind, name) for each in self.denied)


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    resource: Resource
    repositories: tuple[str, ...]
    destinations: tuple[Mapping[str, Any], ...]
    namespaced: Kinds
    """Everything may be made where there is no list of what may."""
    clusterwide: Kinds
    """Nothing may be made but what is listed."""

    @property
    def name(self) -> str:
        return self.resource.name


def project(resource: Resource, version: Version = NEWEST) -> Project:
    """What it says to an Argo CD of that version."""
    written = resource.get("spec", "sourceRepos")
    clusterwide = _kinds(resource, "clusterResource", named=version >= KIND_NAMES)
    return Project(
        resource,
        tuple(each for each in written if isinstance(each, str)) if isinstance(written, list) else (),
        tuple(resource.items("spec", "destinations")),
        _kinds(resource, "namespaceResource", named=False),
        Kinds(clusterwide.allowed or (), clusterwide.denied),
    )


def named(projects: Iterable[Resource], name: str, version: Version = NEWEST) -> tuple[Project, ...]:
    """Those of a name: several where the tree holds several Argo CDs."""
    return tuple(project(each, version) for each in projects if each.name == name)


def is_source_permitted(repositories: Sequence[str], url: str) -> bool:
    """Whether `sourceRepos` let a `repoURL` in: some entry matches it, and no entry with `!` does.

    A URL or an entry that Argo CD would rewrite in ways not followed here counts as permitted.
    """
    source = normalised(url)
    entries = [(entry.startswith("!"), normalised(entry.removeprefix("!"))) for entry in repositories]
    if source is None or any(entry is None for _, entry in entries):
        return True
    allowed = [matches(entry or "", source, "/") is not denies for denies, entry in entries]
    denied = any(denies and not allows for (denies, _), allows in zip(entries, allowed, strict=True))
    return any(allowed) and not denied


def is_destination_permitted(destinations: Iterable[Mapping[str, Any]], target: Target, namespace: str) -> bool:
    """Whether some entry matches cluster and namespace, and no entry with `!` forbids them."""
    outcomes = [_outcomes(entry, target, namespace) for entry in destinations]
    return any("allowed" in each for each in outcomes) and all(each != {"denied"} for each in outcomes)


def is_kind_permitted(project: Project, group: str, kind: str, name: str, namespaced: bool) -> bool:
    """A cluster-scoped kind must be listed; a namespaced one only where there is a list; neither may be denied."""
    return (project.namespaced if namespaced else project.clusterwide).permit(group, kind, name)


def _kinds(resource: Resource, field: str, named: bool) -> Kinds:
    allowed, denied = (_listed(resource, f"{field}{which}", named) for which in ("Whitelist", "Blacklist"))
    return Kinds(allowed, denied or ())


def _listed(resource: Resource, field: str, named: bool) -> tuple[Kind, ...] | None:
    if not isinstance(resource.get("spec", field), list):
        return None
    items = resource.items("spec", field)
    return tuple(
        Kind(_text(item, "group"), _text(item, "kind"), _text(item, "name") if named else "") for item in items
    )


def _outcomes(entry: Mapping[str, Any], target: Target, namespace: str) -> set[str]:
    """What an entry may come to, for whatever name and address the cluster may have."""
    name, server = _text(entry, "name"), _text(entry, "server")
    inside = _is_matched(_text(entry, "namespace"), namespace)
    return {
        _outcome(entry, by_name, by_server, inside)
        for by_name in _ways(name, target.name)
        for by_server in _ways(server, target.server)
    }


def _outcome(entry: Mapping[str, Any], by_name: bool, by_server: bool, inside: bool) -> str:
    denies = {key: _text(entry, key).startswith("!") for key in ("name", "server", "namespace")}
    if (by_name or by_server) and inside:
        return "allowed"
    if (denies["name"] and not by_name) or (denies["server"] and not by_server and inside):
        return "denied"
    return "denied" if denies["namespace"] and not inside and by_server else "none"


def _ways(pattern: str, text: str) -> tuple[bool, ...]:
    if text or not pattern:
        return (_is_matched(pattern, text) if text else False,)
    return (True,) if pattern == "*" else (True, False)


def _is_matched(pattern: str, text: str) -> bool:
    return not matches(pattern[1:], text) if pattern.startswith("!") else matches(pattern, text)


def _text(entry: Mapping[str, Any], key: str) -> str:
    found = entry.get(key)
    return found if isinstance(found, str) else ""
