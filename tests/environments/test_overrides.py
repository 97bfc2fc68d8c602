"""An Application's parameters for Kustomize: in its source, and in files beside the kustomization (KUS-12)."""

from typing import Any

import pytest

KUSTOMIZATION = {"deploy/kustomization.yaml": "namespace: shop\nresources: [s.yaml]\n"}


def names(found: Any) -> dict[str, list[str]]:
    """The objects of each source, by Application."""
    return {
        str(source.application_name): [str(resource.id) for resource in source.resources]
        for environment in found.environments
        for source in environment.sources
    }


def test_two_applications_read_one_folder_with_their_own_overrides(world: Any) -> None:
    east = world.application("east", "deploy", "shop", source=", kustomize: {namePrefix: east-}")
    west = world.application("west", "deploy", "shop", source=", kustomize: {namespace: west}")
    plain = world.application("plain", "deploy", "shop")
    world.write(
        {"apps/e.yaml": east, "apps/w.yaml": west, "apps/p.yaml": plain, "deploy/s.yaml": world.service("web")}
        | KUSTOMIZATION
    )
    assert names(world.survey("deploy")) == {
        "east": ["Service shop/east-web"],
        "plain": ["Service shop/web"],
        "west": ["Service west/web"],
    }


def test_variables_are_those_of_the_application(world: Any) -> None:
    annotations = "{of: $ARGOCD_APP_NAME/$ARGOCD_APP_NAMESPACE}"
    source = f", kustomize: {{commonAnnotationsEnvsubst: true, commonAnnotations: {annotations}}}"
    world.write({"a.yaml": world.application("app", "deploy", "shop", source=source)} | KUSTOMIZATION)
    world.write({"deploy/s.yaml": world.service("web")})
    (service,) = world.survey("deploy").environments[0].resources
    assert service.annotations == {"of": "app/shop"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".argocd-source.yaml": "kustomize: {nameSuffix: -a}\n"}, "Service shop/web-a"),
        ({".argocd-source-app.yaml": "kustomize: {nameSuffix: -b}\n"}, "Service shop/web-b"),
        (
            {
                ".argocd-source.yaml": "kustomize: {nameSuffix: -a, namePrefix: x-}\n",
                ".argocd-source-app.yaml": "kustomize: {nameSuffix: -b}\n",
            },
            "Service shop/x-web-b",
        ),
        ({".argocd-source-other.yaml": "kustomize: {nameSuffix: -b}\n"}, "Service shop/p-web"),
        ({".argocd-source.yaml": "kustomize: {namePrefix: null}\n"}, "Service shop/web"),
        ({".argocd-source.yaml": "path: gone\nrepoURL: https://a.example/other\n"}, "Service shop/p-web"),
        ({".argocd-source.yaml": ""}, "Service shop/p-web"),
    ],
    ids=["file", "own file", "own file last", "file of another", "taken away", "where it reads stays", "empty"],
)
def test_parameter_files(world: Any, files: dict[str, str], expected: str) -> None:
    """As Argo CD's repo-server merges them: RFC 7386, the Application's own file last."""
    prefix = ", kustomize: {namePrefix: p-}" if "p-web" in expected or "null" in str(files) else ""
    world.write({"a.yaml": world.application("app", "deploy", "shop", source=prefix)} | KUSTOMIZATION)
    world.write({"deploy/s.yaml": world.service("web")})
    world.write({f"deploy/{name}": text for name, text in files.items()})
    assert names(world.survey("deploy")) == {"app": [expected]}


def test_an_application_outside_the_control_plane_has_its_namespace_in_its_name(world: Any) -> None:
    application = world.application("app", "deploy", "shop").replace("namespace: argocd", "namespace: team")
    world.write({"a.yaml": application, "deploy/s.yaml": world.service("web")} | KUSTOMIZATION)
    world.write({"deploy/.argocd-source-team_app.yaml": "kustomize: {nameSuffix: -b}\n"})
    assert names(world.survey("deploy")) == {"app": ["Service shop/web-b"]}


@pytest.mark.parametrize(
    ("source", "files", "reason"),
    [
        ("", {".argocd-source.yaml": "a: [\n"}, "has a 'deploy/.argocd-source.yaml' that cannot be read: line 2: "),
        ("", {".argocd-source.yaml": "- a\n"}, "has a 'deploy/.argocd-source.yaml' that holds no mapping"),
        (
            ", kustomize: {namePrefix: a-}, directory: {recurse: true}",
            {},
            "has parameters for kustomize and directory, and takes one kind only",
        ),
    ],
    ids=["broken file", "no mapping", "two tools"],
)
def test_what_argo_cd_would_refuse(world: Any, said: Any, source: str, files: dict[str, str], reason: str) -> None:
    world.write({"a.yaml": world.application("app", "deploy", "shop", source=source)} | KUSTOMIZATION)
    world.write({f"deploy/{name}": text for name, text in files.items()})
    (fault,) = world.survey().faults
    assert fault.rule == "source-does-not-render"
    assert fault.problem.message.startswith(f"Application 'app' reads path 'deploy', which {reason}")


def test_parameters_for_a_kustomization_that_is_not_there(world: Any) -> None:
    world.write({"a.yaml": world.application("app", "deploy", "shop", source=", kustomize: {namePrefix: a-}")})
    world.write({"deploy/s.yaml": world.service("web")})
    (fault,) = world.survey().faults
    assert fault.problem.message == (
        "Application 'app' reads path 'deploy', which holds no kustomization, and the source has parameters for one"
    )


def test_overrides_that_fail_are_named(world: Any) -> None:
    patch = '{target: {kind: Service}, patch: "- {op: remove, path: /spec/gone}"}'
    world.write({"a.yaml": world.application("app", "deploy", "shop", source=f", kustomize: {{patches: [{patch}]}}")})
    world.write({"deploy/s.yaml": world.service("web")} | KUSTOMIZATION)
    (fault,) = world.survey().faults
    where: Any = fault.problem.where
    assert (where.resource.name, where.route) == ("app", ("spec", "source", "kustomize"))
    assert fault.problem.message.startswith("path 'deploy' does not render with the overrides of Application 'app': ")
