"""Charts of this repository, rendered by a real helm as Argo CD asks for them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringtrue.config import Config
from ringtrue.environments import survey
from ringtrue.environments.environment import Survey
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

HELM = Path(__file__).parents[2] / ".tools" / "bin" / "helm"
URL = "https://git.example.com/team/shop.git"

CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "chart/values.yaml": "port: 80\nname: web\n",
    "chart/templates/service.yaml": (
        "apiVersion: v1\nkind: Service\nmetadata:\n"
        "  name: {{ .Release.Name }}-{{ .Values.name }}\n  namespace: {{ .Release.Namespace }}\n"
        "spec:\n  selector: {app: web}\n  ports: [{port: {{ .Values.port }}}]\n"
    ),
    "chart/crds/crd.yaml": (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: as.example.com}\n"
    ),
}

Looked = Callable[..., Survey]


@pytest.fixture
def looked(tmp_path: Path) -> Looked:
    """Surveys files with or without helm."""

    def look(files: dict[str, str], helm: bool = True) -> Survey:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        assert HELM.is_file(), "helm is missing: run `make tools`"
        path = str(HELM.parent) if helm else str(tmp_path)
        renderer = choose(Limits(), {**os.environ, "PATH": path})
        return survey(working_tree(tmp_path), Config(repository=URL), renderer)

    return look


def application(source: str = "", more: str = "") -> str:
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop, namespace: argocd}\nspec:\n"
        f"  project: p\n  source: {{repoURL: {URL!r}, path: chart{source}}}\n{more}"
        "  destination: {server: 'https://kubernetes.default.svc', namespace: shop}\n"
    )


def services(found: Survey) -> list[tuple[str, Any]]:
    return [
        (str(resource), resource.get("spec", "ports", 0, "port"))
        for environment in found.environments
        for resource in environment.resources
        if resource.kind == "Service"
    ]


@pytest.mark.parametrize(
    ("helm", "files", "expected"),
    [
        ("", {}, ("shop-web", 80)),
        (", helm: {releaseName: other}", {}, ("other-web", 80)),
        (", helm: {valueFiles: [prod.yaml]}", {"chart/prod.yaml": "port: 8080\n"}, ("shop-web", 8080)),
        (", helm: {valueFiles: [../values/prod.yaml]}", {"values/prod.yaml": "port: 81\n"}, ("shop-web", 81)),
        (", helm: {valueFiles: [/values/prod.yaml]}", {"values/prod.yaml": "port: 82\n"}, ("shop-web", 82)),
        (", helm: {valueFiles: [gone.yaml], ignoreMissingValueFiles: true}", {}, ("shop-web", 80)),
        (", helm: {values: 'port: 83', valueFiles: [p.yaml]}", {"chart/p.yaml": "port: 1\n"}, ("shop-web", 83)),
        (", helm: {values: 'port: 83', valuesObject: {port: 84}}", {}, ("shop-web", 84)),
        (", helm: {values: 'port: 83', valuesObject: {}}", {}, ("shop-web", 80)),
        (", helm: {valuesObject: {name: 'y'}}", {}, ("shop-y", 80)),
        (", helm: {values: 'port: 83', parameters: [{name: port, value: '85'}]}", {}, ("shop-web", 85)),
        (", helm: {parameters: [{name: port, value: '9'}, {name: port, value: '85'}]}", {}, ("shop-web", 85)),
        (", helm: {parameters: [{name: port, value: '85'}, {name: port, value: '9'}]}", {}, ("shop-web", 9)),
        (", helm: {parameters: [{name: name, value: $ARGOCD_APP_NAME}]}", {}, ("shop-shop", 80)),
        (", helm: {parameters: [{name: name, value: '007', forceString: true}]}", {}, ("shop-007", 80)),
        (", helm: {fileParameters: [{name: name, path: n.txt}]}", {"chart/n.txt": "filed"}, ("shop-filed", 80)),
    ],
)
def test_parameters(looked: Looked, helm: str, files: dict[str, str], expected: tuple[str, int]) -> None:
    found = looked({**CHART, **files, "argocd/a.yaml": application(helm)})
    assert services(found) == [(f"Service shop/{expected[0]}", expected[1])]
    assert found.faults == ()


def test_crds_come_along_unless_skipped(looked: Looked) -> None:
    kinds = [
        [
            resource.kind
            for environment in found.environments
            if environment.listed
            for resource in environment.resources
        ]
        for found in (
            looked({**CHART, "argocd/a.yaml": application()}),
            looked({"argocd/a.yaml": application(", helm: {skipCrds: true}")}),
        )
    ]
    assert kinds == [["CustomResourceDefinition", "Service"], ["Service"]]


def test_the_tree_is_left_alone(looked: Looked, tmp_path: Path) -> None:
    looked({**CHART, "argocd/a.yaml": application(", helm: {values: 'port: 1'}")})
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        [*CHART, "argocd/a.yaml"]
    )


def test_a_chart_that_does_not_render_is_a_warning_at_its_application(looked: Looked) -> None:
    (fault,) = looked({**CHART, "chart/templates/bad.yaml": '{{ fail "no" }}\n', "argocd/a.yaml": application()}).faults
    where: Any = fault.problem.where
    assert (where.resource.name, where.route) == ("shop", ("spec", "source", "path"))
    assert fault.problem.message.startswith("chart 'chart' does not render for Application argocd/shop: ")
    assert fault.problem.severity == "warning"


@pytest.mark.parametrize(
    ("helm", "files", "reason"),
    [
        (
            "",
            {"chart/Chart.yaml": "name: web\nversion: 1.0.0\ndependencies: [{name: redis, repository: x}]\n"},
            "is a chart that needs others, which are not here: 'redis'",
        ),
        (
            ", helm: {valueFiles: ['https://a.example/v.yaml']}",
            {},
            "reads the values file 'https://a.example/v.yaml' from",
        ),
        (", helm: {valueFiles: ['$other/v.yaml']}", {}, "reads the values file '$other/v.yaml' of another source"),
        (", helm: {valueFiles: ['*.yaml']}", {}, "reads values files by the pattern '*.yaml'"),
    ],
    ids=["dependencies", "url", "another source", "pattern"],
)
def test_what_is_not_here(looked: Looked, helm: str, files: dict[str, str], reason: str) -> None:
    found = looked({**CHART, **files, "argocd/a.yaml": application(helm)})
    (source,) = [s for e in found.environments for s in e.sources if s.path == "chart"]
    assert (source.status, source.reason[: len(reason)]) == ("skipped", reason)


def test_a_values_file_that_does_not_exist(looked: Looked) -> None:
    (fault,) = looked({**CHART, "argocd/a.yaml": application(", helm: {valueFiles: [gone.yaml]}")}).faults
    assert fault.problem.message == (
        "Application 'shop' reads path 'chart', which reads the values file 'gone.yaml', which does not exist"
    )


def test_without_helm_a_chart_is_skipped(looked: Looked) -> None:
    found = looked({**CHART, "argocd/a.yaml": application()}, helm=False)
    (source,) = [s for e in found.environments for s in e.sources if s.path == "chart"]
    assert (source.status, source.reason) == ("skipped", "is a Helm chart, and helm is not on PATH")
