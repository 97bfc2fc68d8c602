"""URLs in the form in which Argo CD compares them."""

import pytest

from ringtrue.argocd.urls import normalised


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Git.Example.com/Shop.git", "https://git.example.com/shop"),
        (" https://git.example.com/shop ", "https://git.example.com/shop"),
        ("git@git.example.com:teams/shop.git", "git@git.example.com/teams/shop"),
        ("ssh://git@git.example.com/teams/shop", "git@git.example.com/teams/shop"),
        ("ssh://git@git.example.com:22/shop.git", "git@git.example.com:22/shop"),
        ("https://*.example.com/teams/**", "https://*.example.com/teams/**"),
        ("registry.example.com/charts", "registry.example.com/charts"),
        ("*", "*"),
    ],
)
def test_a_url_that_is_only_shortened(url: str, expected: str) -> None:
    assert normalised(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example.com/{shop,bakery}",
        "https://git.example.com/my shop",
        "https://git.example.com:port/shop",
        "ssh://git@git.example.com:teams/shop",
        "https://git.example.com/shop#main",
    ],
)
def test_a_url_that_go_rewrites_or_refuses(url: str) -> None:
    assert normalised(url) is None
