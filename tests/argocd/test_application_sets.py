"""ApplicationSets as the Applications that the controller makes of them; Go templates are filled for real."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringtrue.argocd.application_sets import expanded, urls
from ringtrue.argocd.generators import Generating
from ringtrue.argocd.templates import Fill, NotExpanded, Parameters, fill_plainly
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Request

FILES = {
    "apps/api/kustomization.yaml": "",
    "apps/Web_UI/kustomization.yaml": "",
    "apps/web/old/kustomization.yaml": "",
    "clusters/eu/config.yaml": "cluster: {name: eu, tier: prod}\nreplicas: 3\n",
    "clusters/us/config.json": '[{"cluster": {"name": "us-1"}}, {"cluster": {"name": "us-2"}}]',
    "broken/config.yaml": "a: [\n",
}


class Files:
    def folders(self) -> Sequence[str]:
        found = {str(parent) for path in FILES for parent in Path(path).parents}
        return sorted(found - {"."})

    def files(self) -> Sequence[str]:
        return sorted(FILES)

    def read(self, path: str) -> bytes:
        return FILES[path].encode()


def fill_go(options: Sequence[str]) -> Fill:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    renderer = choose(Limits(), {"PATH": path})

    def fill(value: Any, sets: Sequence[Parameters]) -> list[Any]:
        asked = json.dumps({"value": {"it": value}, "parameters": sets, "options": options})
        (answer,) = renderer.render([Request("", "template", expansion=asked)], Path.cwd())
        if answer.error:
            raise NotExpanded(answer.error)
        return [each["it"] for each in answer.values or ()]

    return fill


def applications(text: str) -> list[Mapping[str, Any]]:
    """Of the spec of an ApplicationSet called `all` in namespace `argocd`."""
    spec = yaml.safe_load(text)
    go = spec.get("goTemplate") is True
    fill = fill_go(spec.get("goTemplateOptions", [])) if go else fill_plainly
    value = {"kind": "ApplicationSet", "metadata": {"name": "all", "namespace": "argocd"}, "spec": spec}
    return expanded(value, Generating(lambda url, revision: Files() if url == "here" else None, fill, go))


def names(text: str) -> list[str]:
    return [f"{each['metadata']['name']} {each['spec'].get('path', '')}".strip() for each in applications(text)]


TEMPLATE = "template: {metadata: {name: '%s'}, spec: {path: '%s'}}"


@pytest.mark.parametrize(
    ("generators", "name", "path", "expected"),
    [
        (
            "[{list: {elements: [{env: dev, values: {size: s}}, {env: prod}]}}]",
            "shop-{{env}}",
            "envs/{{ env }}/{{values.size}}",
            ["shop-dev envs/dev/s", "shop-prod envs/prod/{{values.size}}"],
        ),
        (
            "[{git: {repoURL: here, directories: [{path: apps/*}]}}]",
            "{{path.basenameNormalized}}",
            "{{path}}/{{path[1]}}",
            ["web-ui apps/Web_UI/Web_UI", "api apps/api/api", "web apps/web/web"],
        ),
        (
            "[{git: {repoURL: here, directories: [{path: apps/*}, {path: apps/web, exclude: true}, {path: '*/*/*'}]}}]",
            "{{path.basename}}",
            "",
            ["Web_UI", "api", "old"],
        ),
        (
            (
                "[{git: {repoURL: here, pathParamPrefix: app, values: {is: 'x-{{app.path.basename}}'},"
                " directories: [{path: apps/api}]}}]"
            ),
            "{{app.path.basename}}",
            "{{values.is}}",
            ["api x-api"],
        ),
        (
            "[{git: {repoURL: here, files: [{path: 'clusters/**/config.*'}]}}]",
            "{{cluster.name}}-{{path.filename}}",
            "{{replicas}}",
            ["eu-config.yaml 3", "us-1-config.json {{replicas}}", "us-2-config.json {{replicas}}"],
        ),
        (
            "[{git: {repoURL: here, files: [{path: clusters}, {path: 'clusters/us/*', exclude: true}]}}]",
            "{{cluster.name}}",
            "",
            ["eu"],
        ),
        (
            (
                "[{matrix: {generators: [{git: {repoURL: here, directories: [{path: apps/a*}]}},"
                " {list: {elements: [{env: dev}, {env: '{{path.basename}}'}]}}]}}]"
            ),
            "{{path.basename}}-{{env}}",
            "",
            ["api-dev", "api-api"],
        ),
        (
            (
                "[{merge: {mergeKeys: [env], generators: [{list: {elements: [{env: dev, size: s},"
                " {env: prod, size: s}]}},"
                " {list: {elements: [{env: prod, size: l}, {env: gone, size: m}]}}]}}]"
            ),
            "{{env}}-{{size}}",
            "",
            ["dev-s", "prod-l"],
        ),
        (
            (
                "[{list: {elements: [{env: dev}, {env: prod}]}, selector: {matchExpressions:"
                " [{key: env, operator: NotIn, values: [dev]}]}}]"
            ),
            "{{env}}",
            "",
            ["prod"],
        ),
    ],
    ids=["list", "folders", "excluded", "prefix and values", "files", "files excluded", "matrix", "merge", "selector"],
)
def test_plain_templates(generators: str, name: str, path: str, expected: list[str]) -> None:
    assert names(f"generators: {generators}\n{TEMPLATE % (name, path)}") == expected


@pytest.mark.parametrize(
    ("generators", "name", "path", "expected"),
    [
        (
            "[{list: {elements: [{env: dev, port: 8080, parts: [a, b]}]}}]",
            "{{.env}}-{{.port}}",
            "{{index .parts 1}}",
            ["dev-8080 b"],
        ),
        (
            "[{git: {repoURL: here, directories: [{path: apps/a*}], values: {up: '{{.path.basename | upper}}'}}}]",
            "{{.path.basename}}-{{.values.up}}",
            "{{index .path.segments 0}}",
            ["api-API apps"],
        ),
        (
            "[{git: {repoURL: here, files: [{path: clusters/eu/*}]}}]",
            "{{.cluster.name}}-{{.replicas}}",
            "{{.path.path}}/{{.path.filenameNormalized}}",
            ["eu-3 clusters/eu/config.yaml"],
        ),
        (
            (
                "[{matrix: {generators: [{list: {elements: [{env: dev, apps: [{app: a}, {app: b}]}]}},"
                " {list: {elementsYaml: '{{.apps | toJson}}'}}]}}]"
            ),
            "{{.env}}-{{.app}}",
            "",
            ["dev-a", "dev-b"],
        ),
        (
            (
                "[{matrix: {generators: [{list: {elements: [{env: dev}]}}, {git: {repoURL: here,"
                " directories: [{path: apps/a*}], values: {outer: '{{.env}}', inner: '{{.path.basename}}'}}}]}}]"
            ),
            "{{.values.outer}}-{{.values.inner}}",
            "",
            ["dev-api"],
        ),
    ],
    ids=["list", "folders", "files", "matrix with elementsYaml", "values of both sides"],
)
def test_go_templates(generators: str, name: str, path: str, expected: list[str]) -> None:
    options = "goTemplate: true\ngoTemplateOptions: ['missingkey=error']\n"
    assert names(f"{options}generators: {generators}\n{TEMPLATE % (name, path)}") == expected


def test_the_whole_application() -> None:
    made = applications(
        """
        goTemplate: true
        generators:
          - list:
              elements: [{env: dev}]
              template: {metadata: {labels: {own: 'yes'}}, spec: {destination: {namespace: 'own-{{.env}}'}}}
        template:
          metadata: {name: 'shop-{{.env}}', namespace: elsewhere, labels: {'{{.env}}': on, own: 'no'}}
          spec: {project: shop, destination: {server: here, namespace: shop}, sources: [{path: 'envs/{{.env}}'}]}
        templatePatch: |
          {{- if eq .env "dev" }}
          spec: {syncPolicy: {automated: {prune: true}}, project: null}
          {{- end }}
        """
    )
    assert made == [
        {
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": {"name": "shop-dev", "namespace": "argocd", "labels": {"dev": True, "own": "yes"}},
            "spec": {
                "destination": {"server": "here", "namespace": "own-dev"},
                "sources": [{"path": "envs/dev"}],
                "syncPolicy": {"automated": {"prune": True}},
            },
        }
    ]


@pytest.mark.parametrize(
    ("generators", "reason"),
    [
        ("[{clusters: {}}]", "asks Argo CD for its clusters (generator 'clusters')"),
        ("[{git: {repoURL: there, directories: [{path: a}]}}]", "reads another repository (generator 'git')"),
        ("[{git: {repoURL: here}}]", "has a git generator with neither directories nor files"),
        (
            "[{git: {repoURL: here, files: [{path: 'broken/*'}]}}]",
            "reads 'broken/config.yaml', which is no YAML: line 2: ",
        ),
        ("[{list: {elements: [{port: 8080}]}}]", "has a list element whose port is no text, which needs goTemplate"),
        ("[{fancy: {}}]", "has a generator of no known kind"),
        ("[{list: {elements: [{a: x}, {a: x}]}}]", "makes two Applications called '{{a'"),
        ("[{matrix: {generators: []}}]", "has a matrix generator that does not hold two generators"),
        (
            "[{matrix: {generators: [{list: {elements: [{a: x}]}}, {list: {elements: [{a: y}]}}]}}]",
            "has a matrix generator whose two sides differ in 'a'",
        ),
        ("[{merge: {generators: []}}]", "has a merge generator without two generators and a merge key"),
    ],
)
def test_what_is_not_expanded(generators: str, reason: str) -> None:
    with pytest.raises(NotExpanded) as caught:
        applications(f"generators: {generators}\n{TEMPLATE % ('{{a', '')}")
    assert str(caught.value).startswith(reason)


def test_a_missing_key_stops_the_set() -> None:
    with pytest.raises(NotExpanded, match='map has no entry for key "gone"'):
        applications(
            "goTemplate: true\ngoTemplateOptions: ['missingkey=error']\n"
            f"generators: [{{list: {{elements: [{{a: x}}]}}}}]\n{TEMPLATE % ('{{.gone}}', '')}"
        )


def test_the_repositories_it_reads() -> None:
    spec = {
        "generators": [{"matrix": {"generators": [{"git": {"repoURL": "a"}}, {"list": {}}]}}],
        "template": {"spec": {"sources": [{"repoURL": "b"}, {"repoURL": "{{url}}"}, {"repoURL": "c", "chart": "x"}]}},
    }
    assert list(urls({"spec": spec})) == ["a", "b"]
