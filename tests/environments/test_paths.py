"""PATHs on the command line."""

from typing import Any

import pytest

from ringtrue.errors import NothingToCheck, UsageError


@pytest.fixture
def repository(world: Any) -> Any:
    """Two declared overlays on one base, an undeclared folder of plain files, a skipped leaf."""
    world.write(
        {
            "argo/dev.yaml": world.application("shop-dev", "overlays/dev", "dev"),
            "argo/prod.yaml": world.application("shop-prod", "overlays/prod", "prod"),
            "overlays/dev/kustomization.yaml": "resources: [../../base]\n",
            "overlays/prod/kustomization.yaml": "resources: [../../base]\n",
            "base/kustomization.yaml": "resources: [web.yaml]\n",
            "base/web.yaml": world.service("web"),
            "k8s/a.yaml": world.service("a"),
            "k8s/below/b.yaml": world.service("b"),
            "tests/case/kustomization.yaml": "resources: [s.yaml]\n",
            "tests/case/s.yaml": world.service("case"),
            "tests/broken/kustomization.yaml": "resources: [gone.yaml]\n",
            "notes.txt": "",
        }
    )
    return world


DEV = (True, "in-cluster", [("overlays/dev", "shop-dev", "rendered")], ["Service dev/web"])
PROD = (True, "in-cluster", [("overlays/prod", "shop-prod", "rendered")], ["Service prod/web"])


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["overlays/prod"], {"prod": PROD}),
        (["overlays/prod/"], {"prod": PROD}),
        (["overlays/prod/kustomization.yaml"], {"prod": PROD}),
        (["overlays"], {"dev": DEV, "prod": PROD}),
        (["overlays/dev", "overlays/prod"], {"dev": DEV, "prod": PROD}),
        (["base"], {"base": (True, "base", [("base", None, "rendered")], ["Service default/web"])}),
        (
            ["k8s"],
            {"k8s": (True, "k8s", [("k8s", None, "rendered")], ["Service default/a", "Service default/b"])},
        ),
        (
            ["k8s/a.yaml"],
            {"k8s/a.yaml": (True, "k8s/a.yaml", [("k8s/a.yaml", None, "rendered")], ["Service default/a"])},
        ),
        (
            ["tests/case"],
            {"tests/case": (True, "tests/case", [("tests/case", None, "rendered")], ["Service default/case"])},
        ),
    ],
    ids=["declared", "slash", "file-of-it", "folder", "two", "base", "plain", "file", "skipped"],
)
def test_only_what_is_named_is_an_environment(
    repository: Any, shape: Any, paths: list[str], expected: dict[str, Any]
) -> None:
    found = repository.survey(*paths, skip=("tests",))
    assert (shape(found), found.faults) == (expected, ())


def test_declared_path_keeps_its_neighbours(repository: Any) -> None:
    named = repository.survey("overlays/prod", skip=("tests",)).environments[0]
    (whole,) = (e for e in repository.survey(skip=("tests",)).environments if e.name == "prod")
    assert [r.id for r in named.cluster.resources] == [r.id for r in whole.cluster.resources]
    assert (named.scope.own, named.scope.environment_of, named.scope.filled, named.scope.open) == (
        whole.scope.own,
        whole.scope.environment_of,
        whole.scope.filled,
        whole.scope.open,
    )


def test_undeclared_path_keeps_its_siblings(repository: Any) -> None:
    named = repository.survey("k8s/below", skip=("tests",)).environments[0]
    (whole,) = (e for e in repository.survey(skip=("tests",)).environments if e.name == "k8s/below")
    assert named.scope.siblings == whole.scope.siblings == {"a": ("k8s",), "web": ("overlays/dev", "overlays/prod")}


def test_root_means_everything(repository: Any, shape: Any) -> None:
    assert shape(repository.survey(".", skip=("tests",))) == shape(repository.survey(skip=("tests",)))


def test_faults_of_others_are_not_told(repository: Any) -> None:
    assert repository.survey("k8s").faults == ()
    assert [fault.environments for fault in repository.survey("tests").faults] == [("tests/broken",)]


def test_hidden_and_ignored_folders_can_be_named(world: Any, shape: Any) -> None:
    world.write(
        {".made/kustomization.yaml": "resources: [s.yaml]\n", ".made/s.yaml": world.service("web"), "k/s.yaml": ""}
    )
    assert sorted(shape(world.survey(".made"))) == [".made"]


def test_no_such_path(repository: Any) -> None:
    with pytest.raises(UsageError, match=r"^'overlays/prd' does not exist$"):
        repository.survey("overlays/prd")


@pytest.mark.parametrize("path", ["notes.txt", "empty"])
def test_path_with_nothing_to_check(repository: Any, path: str) -> None:
    (repository.root / "empty").mkdir()
    with pytest.raises(NothingToCheck, match=rf"^nothing to check in '{path}': no kustomization, and no YAML"):
        repository.survey(path)
