"""Which URLs name a version."""

import pytest

from ringtrue.rules.remote_base_unpinned import moving


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("github.com/example/bases/cache", "names no version"),
        ("git@git.example.com:team/bases.git//cache", "names no version"),
        ("https://git.example.com/team/bases?timeout=90", "names no version"),
        ("https://git.example.com/team/bases?timeout=90&ref=v2", ""),
        ("github.com/example/bases?version=9f2c", ""),
        ("github.com/example/bases?ref=main", "follows branch 'main'"),
        ("github.com/example/bases?ref=refs/heads/master", "follows branch 'master'"),
        ("github.com/example/bases?ref=release-1.2", ""),
        ("https://example.com/crds.yaml", ""),
        ("https://raw.githubusercontent.com/example/a/v1.0/all.yaml", ""),
        ("https://raw.githubusercontent.com/example/a/refs/heads/main/all.yaml", "follows branch 'main'"),
        ("https://gitlab.example.com/team/a/-/raw/master/all.yml", "follows branch 'master'"),
        ("https://github.com/example/a/releases/download/v1.0/main/all.yaml", ""),
        ("https://github.com/example/a/releases/latest/download/all.yaml", "is the latest release"),
    ],
)
def test_moving(url: str, why: str) -> None:
    assert moving(url) == why
