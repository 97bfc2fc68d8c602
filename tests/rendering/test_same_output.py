"""The built-in renderer, kustomize and kubectl give the same bytes, origins and values."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ringtrue.rendering.choose import build_yaml
from ringtrue.rendering.request import Origin, Rendered, Renderer, Request

KUSTOMIZATIONS = Path(__file__).parent / "kustomizations"
NAMES = sorted(path.parent.name for path in KUSTOMIZATIONS.glob("*/kustomization.yaml"))
MakeRenderer = Callable[[str], Renderer]
BASE = (Origin("base/service.yaml"), Origin("base/deployment.yaml"))
ORIGINS = {
    "base": BASE,
    "component": (Origin("component/account.yaml"),),
    "composed": (Origin("component/account.yaml"), *BASE),
    "flow": BASE,
    "generators": (
        Origin("", 0, "generators/kustomization.yaml"),
        Origin("", 0, "generators/kustomization.yaml"),
        *BASE,
    ),
    "labels-images-replicas": BASE,
    "list": (Origin("list/list.yaml"), Origin("list/list.yaml")),
    "old-fields": BASE,
    "openapi": (Origin("openapi/bakery.yaml"),),
    "openapi-absent": (Origin("openapi-absent/bakery.yaml"),),
    "origins-kept": BASE,
    "patches": BASE,
    "plugins": (Origin("", 0, "plugins/generator.yaml"), *BASE),
    "replacements": BASE,
    "scalars": (Origin("scalars/map.yaml"), Origin("scalars/map.yaml")),
}


@pytest.fixture(scope="module")
def texts(make_renderer: MakeRenderer) -> dict[str, dict[str, str | None]]:
    """For each renderer, what it prints for every case; all cases in one call, so that they meet in one process."""
    requests = [Request(name, "yaml") for name in NAMES]
    answers = {
        name: make_renderer(name).render(requests, KUSTOMIZATIONS) for name in ("builtin", "kustomize", "kubectl")
    }
    return {name: {answer.request.path: answer.text for answer in given} for name, given in answers.items()}


@pytest.mark.parametrize("case", NAMES)
@pytest.mark.parametrize("binary", ["kustomize", "kubectl"])
def test_the_bytes_are_those_of_the_binary(texts: dict[str, dict[str, str | None]], binary: str, case: str) -> None:
    assert texts["builtin"][case]
    assert texts["builtin"][case] == texts[binary][case]


@pytest.mark.parametrize("name", ["builtin", "kustomize"])
def test_origins_say_which_file_to_edit(make_renderer: MakeRenderer, name: str) -> None:
    requests = [Request(case, origins=True, values=False) for case in NAMES]
    answers = make_renderer(name).render(requests, KUSTOMIZATIONS)
    assert {answer.request.path: answer.origins for answer in answers} == ORIGINS


@pytest.mark.parametrize("name", ["builtin", "kustomize"])
def test_origins_do_not_change_the_result(make_renderer: MakeRenderer, name: str) -> None:
    renderer = make_renderer(name)
    with_origins = renderer.render([Request("scalars", origins=True)], KUSTOMIZATIONS)[0]
    without = renderer.render([Request("scalars")], KUSTOMIZATIONS)[0]
    assert (with_origins.values, with_origins.text) == (without.values, without.text)


def test_values_are_what_the_printed_text_says(
    texts: dict[str, dict[str, str | None]], builtin: Renderer, tmp_path: Path
) -> None:
    for name, text in texts["kustomize"].items():
        (tmp_path / f"{name}.yaml").write_text(text or "", encoding="utf-8")
    from_text = builtin.render([Request(f"{name}.yaml", "file") for name in NAMES], tmp_path)
    from_source = builtin.render([Request(name) for name in NAMES], KUSTOMIZATIONS)
    assert [answer.values for answer in from_source] == [answer.values for answer in from_text]


def test_values_keep_their_exact_types(make_renderer: MakeRenderer) -> None:
    answer = make_renderer("builtin").render([Request("scalars")], KUSTOMIZATIONS)[0]
    assert answer == Rendered(
        Request("scalars"),
        values=(
            {
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": {"name": "scalars"},
                "data": {
                    "yes": "on",
                    "octal": "0755",
                    "float": "1e3",
                    "tilde": "~",
                    "unicode": "snow ☃",
                    "block": "one\n\n  two\n",
                    "folded": "one two",
                },
            },
            {
                "apiVersion": "example.org/v1",
                "kind": "Thing",
                "metadata": {"name": "thing"},
                "spec": {
                    "big": 9007199254740993,
                    "small": 1e-7,
                    "float": 1,
                    "hex": 31,
                    "date": "2026-11-24T00:00:00Z",
                    "tilde": None,
                    "eq": "=",
                },
            },
        ),
    )


def test_a_schema_of_its_own_does_not_leak_into_other_sources(make_renderer: MakeRenderer) -> None:
    names = ["openapi-absent", "openapi", "openapi-absent"] * 5
    answers = make_renderer("builtin").render([Request(name) for name in names], KUSTOMIZATIONS)
    breads = [len(answer.values[0]["spec"]["breads"]) if answer.values else 0 for answer in answers]
    assert breads == [1, 2, 1] * 5


def test_build_yaml_gives_one_source(builtin: Renderer) -> None:
    assert build_yaml(builtin, "component", KUSTOMIZATIONS) == Rendered(
        Request("component", "yaml"), text="apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n"
    )
