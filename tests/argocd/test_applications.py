"""What an Application says of itself."""

from typing import Any

import pytest

from ringtrue.argocd.applications import (
    IN_CLUSTER,
    creates_namespace,
    project_name,
    repositories,
    source_routes,
    target,
)
from ringtrue.argocd.projects import Target
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

GIT = "https://git.example.com"


def application(**spec: Any) -> Resource:
    return Resource({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": spec}, "argocd")


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ({"name": "staging"}, Target(name="staging")),
        ({"server": "https://one/"}, Target(server="https://one")),
        ({"server": "https://kubernetes.default.svc"}, Target(server="https://kubernetes.default.svc")),
        ({"name": "in-cluster"}, IN_CLUSTER),
        ({"name": "", "server": "https://one"}, Target(server="https://one")),
        ({"name": "in-cluster", "server": "https://kubernetes.default.svc"}, None),
        ({"namespace": "shop"}, None),
        (None, None),
    ],
)
def test_the_cluster_of_its_destination(destination: object, expected: Target | None) -> None:
    assert target(application(destination=destination)) == expected


@pytest.mark.parametrize(("spec", "expected"), [({}, "default"), ({"project": ""}, "default"), ({"project": "a"}, "a")])
def test_its_project(spec: dict[str, Any], expected: str) -> None:
    assert project_name(application(**spec)) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"source": {}}, (("spec", "source"),)),
        ({"source": {}, "sources": []}, (("spec", "source"),)),
        ({"source": {}, "sources": [{}, {}]}, (("spec", "sources", 0), ("spec", "sources", 1))),
        ({"source": {}, "sourceHydrator": {"drySource": {}}}, (("spec", "sourceHydrator", "drySource"),)),
    ],
)
def test_which_of_its_sources_count(spec: dict[str, Any], expected: tuple[Route, ...]) -> None:
    assert source_routes(application(**spec).data) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"source": {"repoURL": GIT}}, [(("spec", "source", "repoURL"), GIT)]),
        ({"source": {"path": "shop"}}, []),
        (
            {"sources": [{"repoURL": GIT}, {"repoURL": GIT, "ref": "values"}]},
            [(("spec", "sources", 0, "repoURL"), GIT), (("spec", "sources", 1, "repoURL"), GIT)],
        ),
        (
            {"sourceHydrator": {"drySource": {"repoURL": GIT}, "syncSource": {"repoURL": f"{GIT}/wet"}}},
            [
                (("spec", "sourceHydrator", "drySource", "repoURL"), GIT),
                (("spec", "sourceHydrator", "syncSource", "repoURL"), f"{GIT}/wet"),
            ],
        ),
        (
            {"sourceHydrator": {"drySource": {"repoURL": GIT}, "syncSource": {"repoURL": GIT}}},
            [(("spec", "sourceHydrator", "drySource", "repoURL"), GIT)],
        ),
    ],
)
def test_the_repositories_that_its_project_must_permit(spec: dict[str, Any], expected: list[tuple[Route, str]]) -> None:
    assert list(repositories(application(**spec))) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["PruneLast=true", "CreateNamespace=true"], ("spec", "syncPolicy", "syncOptions", 1)),
        (["CreateNamespace=True"], ()),
        (["CreateNamespace=false"], ()),
        ("CreateNamespace=true", ()),
        (None, ()),
    ],
)
def test_whether_it_makes_its_namespace(options: object, expected: Route) -> None:
    assert creates_namespace(application(syncPolicy={"syncOptions": options})) == expected
