from typing import Any

import pytest

from ringtrue.argocd.newer_fields import dropped
from ringtrue.manifests.resource import Resource


def fields(kind: str, spec: dict[str, Any], version: tuple[int, int]) -> list[tuple[object, ...]]:
    value = {"apiVersion": "argoproj.io/v1alpha1", "kind": kind, "metadata": {"name": "shop"}, "spec": spec}
    return [route for _, route in dropped(Resource(value, "argocd"), version)]


@pytest.mark.parametrize(
    ("spec", "last", "route"),
    [
        ({"source": {"kustomize": {"ignoreMissingComponents": True}}}, (2, 14), ("source", "kustomize")),
        ({"sources": [{}, {"tagPrefix": "web/"}]}, (3, 4), ("sources", 1)),
        ({"syncPolicy": {"automated": {"enabled": False}}}, (3, 0), ("syncPolicy", "automated")),
        ({"syncPolicy": {"retry": {"refresh": True}}}, (3, 1), ("syncPolicy", "retry")),
        ({"sourceHydrator": {"drySource": {"helm": {"releaseName": "a"}}}}, (3, 2), ("sourceHydrator", "drySource")),
    ],
    ids=["components", "prefix of the second", "not automated", "refresh", "hydrated chart"],
)
def test_field_is_dropped_up_to_a_version(
    spec: dict[str, Any], last: tuple[int, int], route: tuple[object, ...]
) -> None:
    before = fields("Application", spec, last)
    assert [each[1:-1] for each in before] == [route]
    assert fields("Application", spec, (3, last[1] + 1 if last[0] == 3 else 0)) == []


def test_only_the_outermost_dropped_field_counts() -> None:
    spec = {"sourceHydrator": {"drySource": {"directory": {"disableExtensionFilter": True}}}}
    outer = ("spec", "sourceHydrator", "drySource", "directory")
    assert fields("Application", spec, (3, 2)) == [outer]
    assert fields("Application", spec, (3, 5)) == [(*outer, "disableExtensionFilter")]


def test_each_item_of_a_list_counts() -> None:
    spec = {"clusterResourceWhitelist": [{"kind": "A", "name": "a"}, {"kind": "B"}, {"kind": "C", "name": "*"}]}
    assert fields("AppProject", spec, (3, 2)) == [("spec", "clusterResourceWhitelist", 0, "name")]


def test_what_says_the_same_as_its_absence_is_left_alone() -> None:
    hydrator = {"drySource": {"repoURL": "https://a"}, "syncSource": {"repoURL": "https://a"}}
    spec = {"sourceHydrator": hydrator, "syncPolicy": {"automated": {"enabled": True}, "retry": {"refresh": False}}}
    assert fields("Application", spec, (3, 0)) == []
