"""The one place that says where a page is read."""

from pathlib import Path

from ringtrue.manual import docs_path, docs_url

ROOT = Path(__file__).parents[2]


def test_a_page_of_the_published_site() -> None:
    assert docs_url("api-removed", "https://docs.example.com/") == "https://docs.example.com/rules/api-removed/"


def test_without_a_site_it_is_the_file_in_the_repository() -> None:
    assert docs_url("api-removed", "") == "docs/rules/api-removed.md"
    assert (ROOT / docs_path("api-removed")).is_file()
