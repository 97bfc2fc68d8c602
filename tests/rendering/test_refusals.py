"""What is never built: remote entries in the closure, ways out of the root, charts. Each renderer says the same."""

import os
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ringtrue.rendering.process import environment
from ringtrue.rendering.request import Rendered, Renderer, Request

Tree = Mapping[str, str]
Plant = Callable[[Tree], Path]
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
WEB = "http://ADDRESS/x.yaml"
GENERATOR = "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: m}\n"


def alone(kustomization: str) -> Tree:
    return {"app/kustomization.yaml": kustomization, "app/m.yaml": MAP}


REMOTE: dict[str, tuple[Tree, str]] = {
    "resources": (alone(f"resources: [m.yaml, '{WEB}']"), f"app/kustomization.yaml: resources entry '{WEB}'"),
    "upper case field": (alone(f"Resources: ['{WEB}']"), f"app/kustomization.yaml: resources entry '{WEB}'"),
    "upper case scheme": (
        alone("resources: ['HTTP://ADDRESS/x.yaml']"),
        "app/kustomization.yaml: resources entry 'HTTP://ADDRESS/x.yaml'",
    ),
    "bases": (alone(f"bases: ['{WEB}']"), f"app/kustomization.yaml: bases entry '{WEB}'"),
    "components": (alone(f"components: ['{WEB}']"), f"app/kustomization.yaml: components entry '{WEB}'"),
    "patches": (
        alone(f"resources: [m.yaml]\npatches: [{{path: '{WEB}'}}]"),
        f"app/kustomization.yaml: patches entry '{WEB}'",
    ),
    "patchesStrategicMerge": (
        alone(f"patchesStrategicMerge: ['{WEB}']"),
        f"app/kustomization.yaml: patchesStrategicMerge entry '{WEB}'",
    ),
    "patchesJson6902": (
        alone(f"patchesJson6902: [{{path: '{WEB}', target: {{kind: ConfigMap}}}}]"),
        f"app/kustomization.yaml: patchesJson6902 entry '{WEB}'",
    ),
    "replacements": (
        alone(f"replacements: [{{path: '{WEB}'}}]"),
        f"app/kustomization.yaml: replacements entry '{WEB}'",
    ),
    "openapi": (
        alone(f"resources: [m.yaml]\nopenapi: {{path: '{WEB}'}}"),
        f"app/kustomization.yaml: openapi entry '{WEB}'",
    ),
    "crds": (alone(f"crds: ['{WEB}']"), f"app/kustomization.yaml: crds entry '{WEB}'"),
    "configurations": (alone(f"configurations: ['{WEB}']"), f"app/kustomization.yaml: configurations entry '{WEB}'"),
    "configMapGenerator": (
        alone(f"configMapGenerator: [{{name: m, files: ['key={WEB}']}}]"),
        f"app/kustomization.yaml: configMapGenerator entry '{WEB}'",
    ),
    "secretGenerator": (
        alone(f"secretGenerator: [{{name: m, envs: ['{WEB}']}}]"),
        f"app/kustomization.yaml: secretGenerator entry '{WEB}'",
    ),
    "generators": (alone(f"generators: ['{WEB}']"), f"app/kustomization.yaml: generators entry '{WEB}'"),
    "transformers": (alone(f"transformers: ['{WEB}']"), f"app/kustomization.yaml: transformers entry '{WEB}'"),
    "validators": (alone(f"validators: ['{WEB}']"), f"app/kustomization.yaml: validators entry '{WEB}'"),
    "a plugin written inline": (
        alone(f"generators:\n- |\n  {GENERATOR.replace(chr(10), chr(10) + '  ')}files: ['{WEB}']\n"),
        f"app/kustomization.yaml: generators entry '{WEB}'",
    ),
    "a plugin in a file": (
        alone("generators: [g.yaml]") | {"app/g.yaml": f"{GENERATOR}files: ['{WEB}']\n"},
        f"app/g.yaml: generators entry '{WEB}'",
    ),
    "a plugin in a directory": (
        alone("generators: [g]")
        | {"app/g/kustomization.yaml": "resources: [g.yaml]", "app/g/g.yaml": f"{GENERATOR}env: '{WEB}'\n"},
        f"app/g/g.yaml: resources entry '{WEB}'",
    ),
    "a merge key": (
        alone(f"commonAnnotations: &x {{path: '{WEB}'}}\nresources: [m.yaml]\npatches: [{{<<: *x}}]\n"),
        f"app/kustomization.yaml: patches entry '{WEB}'",
    ),
    "a base of a base": (
        {
            "app/kustomization.yaml": "resources: [../base]",
            "base/kustomization.yaml": "components: [../part]",
            "part/kustomization.yaml": f"kind: Component\nresources: ['{WEB}']",
        },
        f"part/kustomization.yaml: resources entry '{WEB}'",
    ),
    "git over ssh": (
        alone("resources: ['git@localhost:owner/repository.git']"),
        "app/kustomization.yaml: resources entry 'git@localhost:owner/repository.git'",
    ),
    "github shorthand": (
        alone("resources: ['github.com/owner/repository//base?ref=v1']"),
        "app/kustomization.yaml: resources entry 'github.com/owner/repository//base?ref=v1'",
    ),
    "a token in the address": (
        alone("resources: ['https://user:token@ADDRESS/owner/repository']"),
        "app/kustomization.yaml: resources entry 'https://***@ADDRESS/owner/repository'",
    ),
}


@pytest.mark.parametrize("case", REMOTE)
def test_a_remote_entry_is_refused_and_opens_no_connection(plant: Plant, renderer: Renderer, case: str) -> None:
    tree, message = REMOTE[case]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"127.0.0.1:{server.getsockname()[1]}"
        root = plant({name: text.replace("ADDRESS", address) for name, text in tree.items()})
        answer = renderer.render([Request("app", origins=True)], root)[0]
        with pytest.raises(BlockingIOError):
            server.accept()
    expected = f"{message.replace('ADDRESS', address)} is remote, and ringtrue fetches nothing"
    assert answer == Rendered(Request("app", origins=True), error=expected)


OTHER: dict[str, tuple[Tree, str]] = {
    "a file above the root": (
        alone("resources: [../../../etc/passwd]"),
        "app/kustomization.yaml: resources entry '../../../etc/passwd' leads out of the root",
    ),
    "a directory above the root": (
        alone("resources: [../..]"),
        "app/kustomization.yaml: resources entry '../..' leads out of the root",
    ),
    "an absolute path": (
        alone("configMapGenerator: [{name: m, files: [/etc/passwd]}]"),
        "app/kustomization.yaml: configMapGenerator entry '/etc/passwd' leads out of the root",
    ),
    "a link out of the root": (
        alone("resources: [link]") | {"app/link": "-> /etc"},
        "app/kustomization.yaml: resources entry 'link' leads out of the root",
    ),
    "a file below a link out of the root": (
        alone("patches: [{path: link/passwd}]") | {"app/link": "-> /etc"},
        "app/kustomization.yaml: patches entry 'link/passwd' leads out of the root",
    ),
    "helmCharts": (
        alone("helmCharts: [{name: redis, repo: 'https://charts.example'}]"),
        "app/kustomization.yaml: helmCharts entry 'redis' needs Helm, which ringtrue does not run",
    ),
    "helmChartInflationGenerator": (
        alone("helmChartInflationGenerator: [{chartName: redis}]"),
        "app/kustomization.yaml: helmChartInflationGenerator entry 'redis' needs Helm, which ringtrue does not run",
    ),
}


@pytest.mark.parametrize("case", OTHER)
def test_a_source_is_refused(plant: Plant, renderer: Renderer, case: str) -> None:
    tree, message = OTHER[case]
    assert renderer.render([Request("app")], plant(tree)) == [Rendered(Request("app"), error=message)]


def test_a_pipe_is_not_read(plant: Plant, renderer: Renderer) -> None:
    root = plant(alone("resources: [pipe]"))
    os.mkfifo(root / "app/pipe")
    expected = "app/kustomization.yaml: resources entry 'pipe' is neither a file nor a directory"
    assert renderer.render([Request("app")], root) == [Rendered(Request("app"), error=expected)]


def test_a_source_outside_the_root_is_refused(plant: Plant, renderer: Renderer) -> None:
    root = plant(alone("resources: [m.yaml]"))
    expected = "'../repository2' leads out of the root"
    assert renderer.render([Request("../repository2")], root) == [Rendered(Request("../repository2"), error=expected)]


def test_a_link_within_the_root_is_followed(plant: Plant, renderer: Renderer) -> None:
    root = plant(
        {
            "app/kustomization.yaml": "resources: [link, own.yaml]",
            "app/link": "-> ../shared/base",
            "app/own.yaml": MAP.replace("m}", "own}"),
            "shared/base/kustomization.yaml": "resources: [m.yaml]",
            "shared/base/m.yaml": MAP,
        }
    )
    answer = renderer.render([Request("app", origins=True)], root)[0]
    assert (answer.error, [place.path if place else None for place in answer.origins]) == (
        "",
        ["app/link/m.yaml", "app/own.yaml"],
    )


UNREADABLE: dict[str, tuple[str, str]] = {
    "an anchor set twice, which PyYAML refuses": (
        "crds: [&x a, &x b]\nresources: ['http://127.0.0.1:9/x']",
        "app/kustomization.yaml: ringtrue cannot read it, so it is not known whether it names something remote",
    ),
    "an address in base64": (
        "resources: [!!binary 'aHR0cDovL2E=']",
        "app/kustomization.yaml: resources entry 'http://a' is remote, and ringtrue fetches nothing",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_binary_never_sees_an_address_written_oddly(plant: Plant, with_kustomize: Renderer, case: str) -> None:
    text, message = UNREADABLE[case]
    assert with_kustomize.render([Request("app")], plant(alone(text))) == [Rendered(Request("app"), error=message)]


def test_a_binary_cannot_reach_the_network_even_when_asked(plant: Plant, kustomize: Path) -> None:
    root = plant(alone("resources: ['http://192.0.2.1/x.yaml', 'https://192.0.2.1/owner/repository']"))
    done = subprocess.run(
        [str(kustomize), "build", "app"],
        cwd=root,
        env=environment({}, str(root)),
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert "proxyconnect tcp: dial tcp 0.0.0.0:0" in done.stderr


def test_the_users_variables_are_not_rendered(
    plant: Plant, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kustomize takes a variable without a value from its own environment."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
    root = plant(
        {
            "kustomization.yaml": "configMapGenerator: [{name: env, envs: [names.env]}]\n",
            "names.env": "AWS_SECRET_ACCESS_KEY\nKEPT=1\n",
        }
    )
    answer = renderer.render([Request(".", "yaml")], root)[0]
    assert answer.error == ""
    assert 'KEPT: "1"' in (answer.text or "")
    assert "hunter2" not in (answer.text or "")
