"""Global projects: AppProjects whose rights and restrictions others get too, chosen by label in `argocd-cm`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ringtrue.argocd.projects import Kinds, Project, project
from ringtrue.argocd.settings import Version
from ringtrue.cluster.labels import matches
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.yaml_values import YamlFault, read

_KEY = "globalProjects"


def whole(own: Project, settings: Mapping[str, str], projects: Iterable[Resource], version: Version) -> Project | None:
    """The project with everything that global ones add; None where one of those is not among `projects`."""
    by_name = {each.name: each for each in projects}
    for entry in _entries(settings.get(_KEY, "")):
        name, selector = entry.get("projectName"), entry.get("labelSelector")
        selector = selector if isinstance(selector, Mapping) else {}
        if name == own.name or not matches(selector, own.resource.labels):
            continue
        if name not in by_name:
            return None
        own = _joined(own, project(by_name[name], version))
    return own


def may_be_extended(own: Project, projects: Iterable[Resource], named: Iterable[str]) -> bool:
    """Whether, for all that is seen, a global project may add to it: it has labels, and some project is in no use."""
    return bool(own.resource.labels) and not {each.name for each in projects} <= {*named, "default"}


def _joined(own: Project, other: Project) -> Project:
    return replace(
        own,
        repositories=own.repositories + other.repositories,
        destinations=own.destinations + other.destinations,
        namespaced=_both(own.namespaced, other.namespaced),
        clusterwide=_both(own.clusterwide, other.clusterwide),
    )


def _both(one: Kinds, other: Kinds) -> Kinds:
    unlisted = one.allowed is None and other.allowed is None
    return Kinds(None if unlisted else (one.allowed or ()) + (other.allowed or ()), one.denied + other.denied)


def _entries(text: str) -> list[Mapping[str, Any]]:
    try:
        documents = read(text)
    except YamlFault:
        return []
    listed = documents[0].value if documents else None
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
