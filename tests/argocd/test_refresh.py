"""Which changes Argo CD sees."""

import pytest

from ringtrue.argocd.refresh import is_seen, refresh_paths

NEWEST = (3, 6)


@pytest.mark.parametrize(
    ("annotation", "sources", "version", "expected"),
    [
        ("", ["app"], NEWEST, ()),
        (";", ["app"], NEWEST, ()),
        (".", ["app"], NEWEST, ("/app",)),
        ("../base", ["overlays/dev"], NEWEST, ("/overlays/base",)),
        (".;../../base", ["overlays/dev"], NEWEST, ("/overlays/dev", "/base")),
        ("/base;/apps", ["overlays/dev"], NEWEST, ("/base", "/apps")),
        (".;.", ["app"], NEWEST, ("/app",)),
        (".", ["one", "two"], NEWEST, ("/one", "/two")),
        (".", [""], NEWEST, ("/.",)),
        ("; . ; /base ;", ["app"], NEWEST, ("/app", "/base")),
        (".; /base", ["app"], (3, 3), ("/app", "/app/ /base")),
    ],
)
def test_refresh_paths(
    annotation: str, sources: list[str], version: tuple[int, int], expected: tuple[str, ...]
) -> None:
    assert refresh_paths(annotation, sources, version) == expected


@pytest.mark.parametrize(
    ("file", "paths", "expected"),
    [
        ("base/service.yaml", ["/base"], True),
        ("base/service.yaml", ["/base/"], True),
        ("base/deep/service.yaml", ["/base"], True),
        ("base2/service.yaml", ["/base"], False),
        ("base/service.yaml", ["/base/service.yaml"], True),
        ("base/service.yaml", ["/."], True),
        ("base/service.yaml", ["/"], True),
        ("base/service.yaml", ["/../base"], True),
        ("shared/db-secret.yaml", ["/shared/*-secret.yaml"], True),
        ("shared/deep/db-secret.yaml", ["/shared/*-secret.yaml"], False),
        ("shared/db.yaml", ["/shared/*-secret.yaml"], False),
        ("apps/web/service.yaml", ["/apps/*"], False),
        ("apps/web/service.yaml", ["/apps/*/*.yaml"], True),
        ("app/service.yaml", ["/overlays/dev", "/app"], True),
        ("app/service.yaml", [], False),
    ],
)
def test_is_seen(file: str, paths: list[str], expected: bool) -> None:
    assert is_seen(file, paths) is expected
