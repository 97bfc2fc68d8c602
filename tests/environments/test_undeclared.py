"""What no Application declares: leaves, plain directories, and what is left alone."""

import json
from typing import Any

import pytest

from ringtrue.errors import NothingToCheck

KUSTOMIZATION = "resources: [s.yaml]\n"


def test_each_leaf_and_each_plain_directory_is_an_environment(world: Any, shape: Any) -> None:
    world.write(
        {
            "shop/base/kustomization.yaml": KUSTOMIZATION,
            "shop/base/s.yaml": world.service("web"),
            "shop/prod/kustomization.yaml": "resources: [../base]\nnamespace: prod\n",
            "k8s/a.yaml": world.service("a"),
            "k8s/b.yml": world.service("b"),
            "k8s/below/c.yaml": world.service("c"),
        }
    )
    found = world.survey()
    assert shape(found) == {
        "k8s": (True, "k8s", [("k8s", None, "rendered")], ["Service default/a", "Service default/b"]),
        "k8s/below": (True, "k8s/below", [("k8s/below", None, "rendered")], ["Service default/c"]),
        "shop/prod": (True, "shop/prod", [("shop/prod", None, "rendered")], ["Service prod/web"]),
    }
    assert [(e.scope.leaf, e.scope.named, len(e.cluster.resources)) for e in found.environments] == [
        (True, False, 2),
        (True, False, 1),
        (True, False, 1),
    ]


def test_siblings_are_the_services_of_other_sources(world: Any) -> None:
    world.write({"a/s.yaml": world.service("one"), "b/s.yaml": world.service("one"), "c/s.yaml": world.service("two")})
    found = {e.name: e.scope.siblings for e in world.survey().environments}
    assert found == {
        "a": {"one": ("b",), "two": ("c",)},
        "b": {"one": ("a",), "two": ("c",)},
        "c": {"one": ("a", "b")},
    }


def test_files_in_the_root(world: Any, shape: Any) -> None:
    world.write({"s.yaml": world.service("web")})
    assert shape(world.survey()) == {".": (True, ".", [(".", None, "rendered")], ["Service default/web"])}


def test_what_an_application_reads_is_no_leaf(world: Any, shape: Any) -> None:
    world.write(
        {
            "app.yaml": world.application("app", "deploy", "shop", source=", directory: {recurse: true}"),
            "deploy/s.yaml": world.service("web"),
            "deploy/below/s.yaml": world.service("api"),
        }
    )
    assert sorted(shape(world.survey())) == ["", "."]


def test_what_is_left_alone_is_counted(world: Any, shape: Any) -> None:
    world.write(
        {
            "k8s/s.yaml": world.service("web"),
            "k8s/config.yaml": "colour: red\n",
            "docker-compose.yml": "services: {}\n",
            "values.yaml": "a: 1\n",
            "prod-values.yaml": "a: 1\n",
            "secret.yaml": b"\0GITCRYPT\0xyz",
            "package.json": "{}",
            "chart/Chart.yaml": "name: c\n",
            "chart/templates/s.yaml": world.service("{{ .Release.Name }}"),
            "chart/charts/sub/Chart.yaml": "name: d\n",
            "jobs/j.yaml": "apiVersion: v1\nkind: Service\n{{ if x }}\na: b\n{{ end }}\n",
            "app/kustomization.yaml": KUSTOMIZATION,
            "app/s.yaml": world.service("api"),
            "app/unused.yaml": world.service("unused"),
            ".hidden/s.yaml": world.service("hidden"),
        }
    )
    found = world.survey()
    assert {name: objects for name, (_, _, _, objects) in shape(found).items()} == {
        "app": ["Service default/api"],
        "k8s": ["Service default/web"],
    }
    assert found.skipped == {
        "chart": 1,
        "compose file": 1,
        "encrypted file": 1,
        "unreferenced file": 1,
        "other YAML file": 1,
        "template": 1,
        "values file": 2,
    }
    assert found.faults == ()


def test_manifests_that_no_kustomization_names(world: Any) -> None:
    left = world.service("left")
    world.write(
        {
            "shop/kustomization.yaml": "resources: [web.yaml, ../base]\n",
            "shop/web.yaml": world.service("web"),
            "shop/left.yaml": left,
            "shop/old/left.json": json.dumps({"apiVersion": "v1", "kind": "Service"}),
            "shop/values.yaml": "a: 1\n",
            "shop/chart/Chart.yaml": "name: c\n",
            "shop/chart/crd.yaml": left,
            "shop/extra/tool.yaml": left,
            "shop/draft/left.yaml": left,
            "base/kustomization.yaml": "resources: [log.yaml]\n",
            "base/log.yaml": world.service("log"),
            "base/left.yaml": left,
            "other/kustomization.yaml": "resources: [../shop/draft/left.yaml]\n",
            "app.yaml": world.application("tools", "shop/extra", "tools"),
        }
    )
    found = {each.name: each.unnamed for each in world.survey().environments}
    assert found["shop"] == ("base/left.yaml", "shop/left.yaml", "shop/old/left.json")
    assert found["other"] == ()


def test_documents_without_kind_are_no_manifests(world: Any, shape: Any) -> None:
    world.write({"k8s/s.yaml": f"note: x\n---\n{world.service('web')}---\n- kind: Service\n"})
    assert shape(world.survey())["k8s"][3] == ["Service default/web"]


@pytest.mark.parametrize(
    "text",
    [
        "{apiVersion: v1, kind: Service, metadata: {name: web}}",
        '{"kind": "Service", "apiVersion": "v1", "metadata": {"name": "web"}}',
        '"apiVersion": v1\n"kind": Service\nmetadata: {name: web}\n',
    ],
    ids=["flow", "json", "quoted"],
)
def test_manifests_in_every_spelling(world: Any, shape: Any, text: str) -> None:
    world.write({"k8s/s.yaml": text})
    assert shape(world.survey())["k8s"][3] == ["Service default/web"]


def test_skipped_folders(world: Any, shape: Any) -> None:
    world.write(
        {
            "tests/s.yaml": world.service("a"),
            "tests/app/kustomization.yaml": "resources: [../../deploy]\n",
            "deploy/kustomization.yaml": KUSTOMIZATION,
            "deploy/s.yaml": world.service("web"),
            "testing/s.yaml": world.service("b"),
        }
    )
    assert sorted(shape(world.survey(skip=("tests",)))) == ["deploy", "testing"]


def test_only_argo_cd_or_flux_objects_are_no_environment(world: Any, shape: Any) -> None:
    world.write(
        {
            "flux/k.yaml": world.object("Kustomization", "apps", "flux-system", "kustomize.toolkit.fluxcd.io/v1"),
            "argo/p.yaml": world.object("AppProject", "p", "argocd", "argoproj.io/v1alpha1"),
            "both/p.yaml": world.object("AppProject", "p", "argocd", "argoproj.io/v1alpha1")
            + "---\n"
            + world.service("web"),
        }
    )
    assert {name: listed for name, (listed, _, _, _) in shape(world.survey()).items()} == {
        "flux": False,
        "argo": False,
        "both": True,
    }


@pytest.mark.parametrize("files", [{}, {"readme.md": ""}, {"values.yaml": "a: 1\n"}], ids=["empty", "text", "values"])
def test_nothing_to_check(world: Any, files: dict[str, str]) -> None:
    world.write(files)
    with pytest.raises(NothingToCheck) as stopped:
        world.survey()
    assert str(stopped.value) == (
        "nothing to check: no kustomization, and no YAML or JSON file with apiVersion and kind"
    )
