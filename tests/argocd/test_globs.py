"""Patterns of AppProjects against gobwas/glob and Go's filepath.Match, whose answers these are."""

import pytest

from ringtrue.argocd.globs import matches, path_matches


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("shop", "shop", True),
        ("shop", "shops", False),
        ("shop-*", "shop-eu", True),
        ("shop-*", "shop", False),
        ("*", "", True),
        ("*-eu", "a/b-eu", True),
        ("sho?", "shop", True),
        ("sho?", "sho", False),
        ("{shop,bakery}-*", "bakery-eu", True),
        ("{shop,bakery}-*", "till-eu", False),
        ("shop-[a-c]", "shop-b", True),
        ("shop-[!a-c]", "shop-b", False),
        ("shop-[xyz]", "shop-y", True),
        ("shop-[c-a]", "shop-b", False),
        ("shop-[a", "shop-a", False),
        (r"shop\*", "shop*", True),
        (r"shop\*", "shops", False),
        ("a.c", "abc", False),
        ("a},b", "a},b", True),
    ],
)
def test_a_glob_without_separators(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("git/*", "git/shop", True),
        ("git/*", "git/teams/shop", False),
        ("git/**", "git/teams/shop", True),
        ("git/*/*", "git/teams/shop", True),
        ("git?shop", "git/shop", False),
        ("*", "git/teams/shop", True),
    ],
)
def test_a_glob_whose_star_stops_at_a_slash(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text, "/") is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("Deployment", "Deployment", True),
        ("Deployment", "deployment", False),
        ("*", "", True),
        ("*", "apps", True),
        ("*.k8s.io", "policy.k8s.io", True),
        ("Role*", "RoleBinding", True),
        ("Rol?", "Role", True),
        ("shop-[a-cx]", "shop-x", True),
        ("shop-[^a-c]", "shop-b", False),
        ("{a,b}", "a", False),
        ("{a,b}", "{a,b}", True),
        ("shop-[", "shop-[", False),
        (r"a\*", "a*", True),
        ("a&&b", "a&&b", True),
        ("[&~|]", "~", True),
    ],
)
def test_a_pattern_of_go(pattern: str, text: str, expected: bool) -> None:
    assert path_matches(pattern, text) is expected
