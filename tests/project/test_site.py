"""The docs site without building it: which pages it has, and that `make site` fails where it should."""

import json
from pathlib import Path

import pytest
import yaml

from check_site import loading, main, missing
from render_environments import ROOT
from ringtrue.manual.shipped import listed
from site_hooks import nav, read_on_a_site

DOCS = ROOT / "docs"


def built(folder: Path, *left_out: str) -> Path:
    """A site with a page for each name, as MkDocs lays them."""
    for name in listed().keys() - set(left_out):
        (folder / "rules" / name).mkdir(parents=True)
        (folder / "rules" / name / "index.html").write_text("<h1>x</h1>")
    found = [{"location": f"rules/{name}/", "title": name, "text": ""} for name in listed()]
    (folder / "search").mkdir()
    (folder / "search/search_index.json").write_text(json.dumps({"docs": found}))
    return folder


def test_the_navigation_has_every_page_once() -> None:
    pages = [
        page
        for section in nav(DOCS)
        for found in section.values()
        for page in ([found] if isinstance(found, str) else found)
    ]

    assert sorted(pages) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def test_the_navigation_s_sections() -> None:
    assert [title for section in nav(DOCS) for title in section] == [
        "Overview",
        "Use it",
        "How it is built",
        "How it is judged",
        "Rules",
        "Reasons of a reference",
        "Refusals of a push",
    ]


def test_links_are_read_on_a_site() -> None:
    text = "[gates.md](gates.md), [the gate](gates.md), [its schema](../scripts/x.json)"

    assert read_on_a_site(text, DOCS) == "[Gates](gates.md), [the gate](gates.md), its schema (`scripts/x.json`)"


def test_no_font_is_asked_of_anybody() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text())

    assert settings["theme"]["font"] is False
    assert settings["plugins"] == ["search"]


def test_a_whole_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (main([str(built(tmp_path))]), capsys.readouterr().out) == (0, "")


def test_a_name_without_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = built(tmp_path, "api-removed")

    assert main([str(site)]) == 1
    assert capsys.readouterr().out == "api-removed has no page at rules/api-removed/\n"


def test_a_page_that_the_search_does_not_know(tmp_path: Path) -> None:
    site = built(tmp_path)
    index = site / "search/search_index.json"
    index.write_text(index.read_text().replace('"title": "api-removed"', '"title": "gone"'))

    assert list(missing(site)) == ["the search does not find api-removed"]


@pytest.mark.parametrize(
    ("name", "text", "loads"),
    [
        (
            "a.html",
            '<link rel="stylesheet" href="https://fonts.example.com/a.css">',
            ["https://fonts.example.com/a.css"],
        ),
        ("a.html", '<link rel="preconnect" href="//fonts.example.com">', ["//fonts.example.com"]),
        ("a.html", "<script src=HTTPS://cdn.example.com/a.js></script>", ["HTTPS://cdn.example.com/a.js"]),
        ("a.html", '<img src="http://img.example.com/a.png">', ["http://img.example.com/a.png"]),
        ("a.html", "<style>@import 'https://a.example.com/x.css'</style>", ["https://a.example.com/x.css"]),
        ("a.css", "@font-face{src:url(https://f.example.com/x.woff2)}", ["https://f.example.com/x.woff2"]),
        ("a.html", '<a href="https://example.com">x</a><link rel="canonical" href="https://example.com">', []),
        ("a.html", '<script src="assets/a.js"></script><link rel="icon" href="/a.png">', []),
    ],
)
def test_what_a_page_loads(tmp_path: Path, name: str, text: str, loads: list[str]) -> None:
    (tmp_path / name).write_text(text)

    assert list(loading(tmp_path)) == [f"{name} loads {address}" for address in loads]
