"""Go templates of ApplicationSets: filled by the built-in renderer, and by nothing else."""

import json
from pathlib import Path
from typing import Any

from ringtrue.rendering.request import Renderer, Request


def asked(value: Any, *parameters: dict[str, Any], options: tuple[str, ...] = ()) -> Request:
    expansion = {"value": value, "parameters": parameters, "options": options}
    return Request("", "template", expansion=json.dumps(expansion))


def test_each_set_of_parameters_gives_the_value_once(builtin: Renderer, tmp_path: Path) -> None:
    value = {"name": "{{.app}}", "{{.app}}": ["{{.port}}", 3, None]}
    (answer,) = builtin.render([asked(value, {"app": "a", "port": 80}, {"app": "b", "port": "http"})], tmp_path)
    assert (answer.error, answer.values) == (
        "",
        ({"name": "a", "a": ["80", 3, None]}, {"name": "b", "b": ["http", 3, None]}),
    )


def test_a_missing_key_is_an_error_where_the_options_say_so(builtin: Renderer, tmp_path: Path) -> None:
    strict, loose = asked("{{.gone}}", {"a": 1}, options=("missingkey=error",)), asked({"a": "{{.gone}}"}, {"a": 1})
    (first, second) = builtin.render([strict, loose], tmp_path)
    assert "map has no entry for key" in first.error
    assert second.values == ({"a": "<no value>"},)


def test_a_binary_cannot(with_kustomize: Renderer, tmp_path: Path) -> None:
    (answer,) = with_kustomize.render([asked("{{.a}}", {"a": 1})], tmp_path)
    assert answer.error == "Go templates need the built-in renderer, which could not be built here"
