"""What was rendered before is not rendered again."""

from pathlib import Path

from ringtrue.rendering.remembering import Remembering
from ringtrue.rendering.request import Rendered, Renderer, Request


def test_an_equal_request_is_answered_from_memory(tmp_path: Path, builtin: Renderer) -> None:
    file = tmp_path / "web.yaml"
    file.write_text("kind: Old")
    renderer = Remembering(builtin)
    (first,) = renderer.render([Request("web.yaml", "file")], tmp_path)
    file.write_text("kind: New")
    seen: list[Rendered] = []

    again = renderer.render(
        [Request("web.yaml", "file"), Request("web.yaml", "file", origins=True)], tmp_path, seen.append
    )

    assert [answer.values for answer in again] == [({"kind": "Old"},), ({"kind": "New"},)]
    assert again[0] == first
    assert seen == again


def test_another_root_is_another_question(tmp_path: Path, builtin: Renderer) -> None:
    renderer = Remembering(builtin)
    answers = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "web.yaml").write_text(f"kind: {name}")
        answers += renderer.render([Request("web.yaml", "file")], tmp_path / name)

    assert [answer.values for answer in answers] == [({"kind": "a"},), ({"kind": "b"},)]
