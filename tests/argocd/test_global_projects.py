"""What global projects add to others."""

from typing import Any

import pytest

from ringtrue.argocd.global_projects import may_be_extended, whole
from ringtrue.argocd.projects import Kind, Kinds, project
from ringtrue.argocd.settings import NEWEST
from ringtrue.manifests.resource import Resource

SETTINGS = {
    "globalProjects": """\
- projectName: everywhere
  labelSelector:
    matchExpressions:
      - {key: team, operator: Exists}
"""
}


def resource(name: str, labels: dict[str, str] | None = None, **spec: Any) -> Resource:
    metadata = {"name": name, "labels": labels or {}}
    data = {"apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": metadata, "spec": spec}
    return Resource(data, "argocd")


SHOP = resource("shop", {"team": "shop"}, sourceRepos=["one"], clusterResourceBlacklist=[{"group": "", "kind": "Node"}])
EVERYWHERE = resource(
    "everywhere",
    sourceRepos=["two"],
    destinations=[{"server": "*", "namespace": "*"}],
    clusterResourceWhitelist=[{"group": "", "kind": "Namespace"}],
    namespaceResourceWhitelist=[{"group": "apps", "kind": "*"}],
)


def test_lists_are_joined() -> None:
    made = whole(project(SHOP), SETTINGS, [SHOP, EVERYWHERE], NEWEST)

    assert made is not None
    assert made.repositories == ("one", "two")
    assert made.destinations == ({"server": "*", "namespace": "*"},)
    assert made.clusterwide == Kinds((Kind("", "Namespace"),), (Kind("", "Node"),))
    assert made.namespaced == Kinds((Kind("apps", "*"),), ())


@pytest.mark.parametrize(
    ("own", "settings"),
    [
        (SHOP, {}),
        (SHOP, {"globalProjects": "- ["}),
        (SHOP, {"globalProjects": "everywhere"}),
        (resource("shop", sourceRepos=["one"]), SETTINGS),
        (EVERYWHERE, {"globalProjects": "- projectName: everywhere"}),
    ],
    ids=["no settings", "broken settings", "no list", "other labels", "the global project itself"],
)
def test_others_stay_as_they_are(own: Resource, settings: dict[str, str]) -> None:
    own_project = project(own)

    assert whole(own_project, settings, [own, EVERYWHERE], NEWEST) is own_project


def test_without_the_global_project_nothing_is_known() -> None:
    assert whole(project(SHOP), SETTINGS, [SHOP], NEWEST) is None


@pytest.mark.parametrize(
    ("labels", "used", "expected"),
    [
        ({"team": "shop"}, ["shop"], True),
        ({"team": "shop"}, ["shop", "everywhere"], False),
        ({}, ["shop"], False),
    ],
    ids=["one in no use", "all in use", "no labels"],
)
def test_without_settings_a_project_in_no_use_may_be_a_global_one(
    labels: dict[str, str], used: list[str], expected: bool
) -> None:
    own = resource("shop", labels)

    assert may_be_extended(project(own), [own, EVERYWHERE], used) is expected
