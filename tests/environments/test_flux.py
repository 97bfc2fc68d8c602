"""Flux Kustomizations: what they read, where it lands, what cannot be followed."""

from typing import Any

import pytest

GIT = "{kind: GitRepository, name: flux-system}"


def kustomization(name: str, path: str, more: str = "", source: str = GIT) -> str:
    return (
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
        f"metadata: {{name: {name}, namespace: flux-system}}\n"
        f"spec: {{path: {path!r}, sourceRef: {source}{more}}}\n"
    )


def objects(found: Any) -> dict[tuple[str, str], list[str]]:
    """Objects by cluster and path of the source."""
    return {
        (environment.cluster.name, source.path): [str(resource.id) for resource in source.resources]
        for environment in found.environments
        for source in environment.sources
        if environment.listed
    }


def test_a_folder_without_a_kustomization_is_read_with_all_below(world: Any) -> None:
    world.write(
        {
            "flux/a.yaml": kustomization("apps", "./apps", ", targetNamespace: shop"),
            "apps/one.yaml": world.service("one", "elsewhere"),
            "apps/below/two.yaml": world.service("two"),
            "apps/built/kustomization.yaml": "namespace: other\nresources: [three.yaml]\n",
            "apps/built/three.yaml": world.service("three"),
        }
    )
    assert objects(world.survey()) == {
        ("in-cluster", "apps/built"): ["Service shop/three"],
        ("in-cluster", "apps"): ["Service shop/two", "Service shop/one"],
    }


def test_what_a_parent_changes_is_no_second_cluster(world: Any) -> None:
    """The child stands in a file without variables, and gets them from its parent."""
    patch = ', patches: [{target: {kind: Kustomization}, patch: "- {op: add, path: /spec/targetNamespace, value: x}"}]'
    world.write(
        {
            "flux/a.yaml": kustomization("parent", "./apps", patch),
            "apps/kustomization.yaml": "resources: [child.yaml]\n",
            "apps/child.yaml": kustomization("child", "./deploy"),
            "deploy/s.yaml": world.service("web"),
        }
    )
    found = world.survey()
    assert objects(found) == {("in-cluster", "deploy"): ["Service x/web"]}
    assert found.assumptions == ()


def test_another_cluster(world: Any) -> None:
    remote = ", kubeConfig: {secretRef: {name: eu}}"
    world.write({"flux/a.yaml": kustomization("apps", "./deploy", remote), "deploy/s.yaml": world.service("web")})
    assert objects(world.survey()) == {("eu", "deploy"): ["Service default/web"]}


def test_an_artifact_of_this_repository_is_followed(world: Any) -> None:
    generator = (
        "apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\n"
        "metadata: {name: parts, namespace: flux-system}\n"
        "spec:\n  sources: [{alias: all, kind: GitRepository, name: flux-system}]\n"
        "  artifacts: [{name: apps, copy: [{from: '@all/apps/prod/**', to: '@artifact/prod/'}]}]\n"
    )
    source = "{kind: ExternalArtifact, name: apps}"
    world.write({"flux/a.yaml": kustomization("apps", "./prod", source=source), "flux/g.yaml": generator})
    world.write({"apps/prod/s.yaml": world.service("web")})
    assert objects(world.survey()) == {("in-cluster", "apps/prod"): ["Service default/web"]}


def test_an_object_with_an_unknown_variable_opens_its_namespace(world: Any) -> None:
    secret = ", targetNamespace: shop, postBuild: {substituteFrom: [{kind: Secret, name: s}]}"
    world.write({"flux/a.yaml": kustomization("apps", "./deploy", secret)})
    world.write({"deploy/s.yaml": world.service("'${NAME}'") + "---\n" + world.service("web")})
    (environment,) = (each for each in world.survey().environments if each.listed)
    assert [str(resource.id) for resource in environment.resources] == ["Service shop/web"]
    assert [each.why for each in environment.scope.open["shop"]] == [
        "holds Service '${NAME}', in which ${NAME} is not known"
    ]


@pytest.mark.parametrize(
    ("path", "more", "source", "message"),
    [
        ("./gone", "", GIT, "Kustomization 'apps' reads path './gone', which does not exist"),
        (
            "./deploy",
            "",
            "{kind: OCIRepository, name: o}",
            "Kustomization 'apps' is not checked: its source is an OCI artifact, OCIRepository 'o'",
        ),
        (
            "./${WHERE}",
            "",
            GIT,
            (
                "Kustomization 'apps' is not checked: its source has the path './${WHERE}', with a variable that is "
                "not known here"
            ),
        ),
        (
            "./deploy",
            ", namePrefix: a-",
            GIT,
            (
                "Kustomization 'apps' is not checked: its source changes plain files by namePrefix, which ringtrue "
                "does for kustomizations only"
            ),
        ),
    ],
    ids=["no folder", "no git", "variable", "plain files"],
)
def test_what_is_not_followed(world: Any, path: str, more: str, source: str, message: str) -> None:
    world.write({"flux/a.yaml": kustomization("apps", path, more, source), "deploy/s.yaml": world.service("web")})
    world.write({"flux/b.yaml": kustomization("other", "./deploy")})
    assert [fault.problem.message for fault in world.survey().faults] == [message]
