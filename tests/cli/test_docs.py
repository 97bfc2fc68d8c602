"""The generated pages."""

from pathlib import Path

import pytest

from ringtrue import docs
from ringtrue.checking import entries
from ringtrue.gates.names import NAMES

ROOT = Path(__file__).parents[2]


def test_the_pages_of_this_repository_are_fresh() -> None:
    made = docs.pages(ROOT)

    assert [path for path, text in made.items() if (ROOT / path).read_text(encoding="utf-8") != text] == []
    assert {path.stem for path in (ROOT / "docs/rules").glob("*.md")} == entries().keys() | set(NAMES)


def test_stale_pages_are_named_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert docs.main([]) == 0
    (tmp_path / "docs/configuration.md").write_text("old")
    (tmp_path / "docs/rules/gone.md").write_text("of a rule that is no more")
    capsys.readouterr()

    assert docs.main(["--check"]) == 1
    assert capsys.readouterr().out == (
        "docs/configuration.md is stale: run `make docs`\ndocs/rules/gone.md is stale: run `make docs`\n"
    )
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
    assert not (tmp_path / "docs/rules/gone.md").exists()


def test_what_people_wrote_around_the_tables_stays() -> None:
    text = f"# Mine\n\n{docs.START}\nformer words\n{docs.END}\n\n## More\n"
    made = docs.indexed(text)

    assert made.startswith("# Mine\n\n")
    assert made.endswith(f"{docs.END}\n\n## More\n")
    assert "former" not in made
    assert docs.indexed(made) == made


def test_a_wrong_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert (docs.main(["--chek"]), capsys.readouterr().err) == (2, "usage: python -m ringtrue.docs [--check]\n")
