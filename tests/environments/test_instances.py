"""Several Argo CDs in one repository, and what `[[clusters]]` says about them."""

from typing import Any

import pytest

from ringtrue.config import ClusterEntry
from ringtrue.errors import ConfigError


def clusters(found: Any) -> dict[tuple[str, str], list[str]]:
    """Objects by environment and cluster."""
    return {
        (environment.name, environment.cluster.name): [str(resource.id) for resource in environment.resources]
        for environment in found.environments
        if environment.listed
    }


def two(world: Any, folders: tuple[str, str] = ("clusters/eu", "clusters/us")) -> None:
    for folder, region in zip(folders, ("eu", "us"), strict=True):
        world.write(
            {
                f"{folder}/shop.yaml": world.application("shop", f"deploy/{region}", "shop"),
                f"{folder}/stock.yaml": world.application("stock", "deploy/stock", "stock"),
                f"deploy/{region}/s.yaml": world.service(f"web-{region}"),
                "deploy/stock/s.yaml": world.service("stock"),
            }
        )


def test_different_applications_of_one_name_are_two_argo_cds(world: Any) -> None:
    two(world)
    found = world.survey()
    assert clusters(found) == {
        ("in-cluster of clusters/eu", "in-cluster of clusters/eu"): ["Service shop/web-eu", "Service stock/stock"],
        ("in-cluster of clusters/us", "in-cluster of clusters/us"): ["Service shop/web-us", "Service stock/stock"],
    }
    (assumption,) = found.assumptions
    assert assumption == (
        "'clusters/eu' and 'clusters/us' are two Argo CDs: they have different Applications called 'shop'; "
        "[[clusters]] in ringtrue.toml can say otherwise"
    )


def test_equal_applications_in_two_folders_are_one(world: Any) -> None:
    application = world.application("shop", "deploy", "shop")
    world.write({"a/shop.yaml": application, "b/shop.yaml": application, "deploy/s.yaml": world.service("web")})
    assert clusters(world.survey()) == {("", "in-cluster"): ["Service shop/web"]}


def test_trees_are_told_apart_by_their_roots(world: Any) -> None:
    """Two roots read one folder of common Applications, and a folder of their own each."""
    for region in ("eu", "us"):
        world.write(
            {
                f"roots/{region}/own.yaml": world.application("own", f"apps/{region}", "argocd"),
                f"roots/{region}/common.yaml": world.application("common", "apps/common", "argocd"),
                f"apps/{region}/shop.yaml": world.application("shop", f"deploy/{region}", "shop"),
                f"deploy/{region}/s.yaml": world.service(f"web-{region}"),
            }
        )
    world.write({"apps/common/log.yaml": world.application("log", "deploy/log", "log")})
    world.write({"deploy/log/s.yaml": world.service("loki")})
    assert clusters(world.survey()) == {
        ("in-cluster of roots/eu", "in-cluster of roots/eu"): ["Service log/loki", "Service shop/web-eu"],
        ("in-cluster of roots/us", "in-cluster of roots/us"): ["Service log/loki", "Service shop/web-us"],
    }


def test_a_root_that_reads_its_own_folder(world: Any) -> None:
    world.write(
        {
            "argocd/root.yaml": world.application("root", "argocd", "argocd"),
            "argocd/shop.yaml": world.application("shop", "deploy", "shop"),
            "deploy/s.yaml": world.service("web"),
        }
    )
    assert clusters(world.survey()) == {("", "in-cluster"): ["Service shop/web"]}


def test_a_name_of_another_argo_cd_is_not_refuted_for_certain(world: Any) -> None:
    """The third folder may belong to either: nothing is joined, and nothing concluded from what is elsewhere."""
    two(world)
    world.write({"tools/x.yaml": world.application("tool", "deploy/tool", "tools")})
    world.write({"deploy/tool/s.yaml": world.service("tool")})
    scopes = {each.cluster.name: each.scope for each in world.survey().environments if each.listed}
    assert set(scopes) == {"in-cluster of clusters/eu", "in-cluster of clusters/us", "in-cluster of tools"}
    assert scopes["in-cluster of tools"].elsewhere == {}


def test_clusters_are_named_in_the_settings(world: Any) -> None:
    two(world, ("apps/a", "apps/b"))
    entries = (
        ClusterEntry("europe", ("apps/a",), (), (), 1),
        ClusterEntry("america", ("apps/b",), ("https://kubernetes.default.svc",), (), 5),
    )
    found = world.survey(clusters=entries)
    assert set(clusters(found)) == {("europe", "europe"), ("america", "america")}
    assert found.assumptions == ()


def test_folders_without_an_application_land_on_a_named_cluster(world: Any) -> None:
    world.write({f"overlays/{name}/s.yaml": world.service(f"web-{name}", name) for name in ("dev", "prod")})
    world.write({"logging/s.yaml": world.service("loki", "logging")})
    found = world.survey(clusters=(ClusterEntry("main", (), (), ("overlays", "logging"), 1),))
    assert clusters(found) == {
        ("", "main"): ["Service logging/loki"],
        ("dev", "main"): ["Service dev/web-dev"],
        ("prod", "main"): ["Service prod/web-prod"],
    }
    assert {len(environment.cluster.resources) for environment in found.environments} == {3}


def test_an_entry_that_matches_nothing(world: Any) -> None:
    two(world)
    with pytest.raises(ConfigError) as caught:
        world.survey(clusters=(ClusterEntry("eu", ("cluster/eu",), (), (), 7),))
    assert str(caught.value) == (
        "ringtrue.toml:7: [[clusters]] 'eu' matches nothing: see to its applications, destinations and paths"
    )


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("argocd/projects", {"in-cluster of clusters/eu": ["shop"], "in-cluster of clusters/us": ["shop"]}),
        ("clusters/eu/projects", {"in-cluster of clusters/eu": ["shop"], "in-cluster of clusters/us": []}),
    ],
)
def test_projects_apart_from_applications(world: Any, folder: str, expected: dict[str, list[str]]) -> None:
    """Nothing says which Argo CD reads them: each may, but for those in the folder of one."""
    two(world)
    world.write({f"{folder}/p.yaml": world.object("AppProject", "shop", "argocd", "argoproj.io/v1alpha1")})
    listed = [each for each in world.survey().environments if each.listed]
    assert {each.cluster.name: [project.name for project in each.instance.projects] for each in listed} == expected


def test_each_instance_has_its_own_projects(world: Any) -> None:
    two(world)
    world.write({"clusters/eu/p.yaml": world.object("AppProject", "shop", "argocd", "argoproj.io/v1alpha1")})
    found = world.survey()
    assert {
        each.cluster.name: [project.name for project in each.instance.projects]
        for each in found.environments
        if each.listed
    } == {"in-cluster of clusters/eu": ["shop"], "in-cluster of clusters/us": []}
