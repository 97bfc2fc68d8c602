"""What an AppProject permits: the questions that Argo CD's own tests ask of theirs, and what only it could know."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ringtrue.argocd.projects import (
    Project,
    Target,
    is_destination_permitted,
    is_kind_permitted,
    is_source_permitted,
    named,
    project,
)
from ringtrue.manifests.resource import Resource

GIT = "https://git.example.com"
HERE = Target("in-cluster", "https://kubernetes.default.svc")


def made(name: str = "shop", version: tuple[int, int] = (3, 6), **spec: Any) -> Project:
    return project(resource(name, **spec), version)


def resource(name: str = "shop", **spec: Any) -> Resource:
    return Resource(
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": {"name": name}, "spec": spec}, "argocd"
    )


@pytest.mark.parametrize(
    ("repositories", "url", "expected"),
    [
        (["*"], f"{GIT}/shop.git", True),
        ([f"{GIT}/shop.git"], f"{GIT}/shop.git", True),
        (["ssh://git@GIT.example.com/shop"], "ssh://git@git.example.com/shop", True),
        (["git@git.example.com:shop.git"], "ssh://git@git.example.com/shop", True),
        ([f"{GIT}/teams/*"], f"{GIT}/teams/shop.git", True),
        ([f"{GIT}/one.git", f"{GIT}/two.git"], f"{GIT}/two.git", True),
        ([f"{GIT}/one.git"], f"{GIT}/two.git", False),
        ([f"{GIT}/teams/*.git"], f"{GIT}/teams1/shop.git", False),
        ([f"{GIT}/foo"], f"{GIT}/foo1", False),
        ([f"{GIT}/group/*"], f"{GIT}/group/repo/owner", False),
        ([f"{GIT}/group/*/*"], f"{GIT}/group/repo/owner", True),
        ([f"{GIT}/group/**"], f"{GIT}/group/sub/repo/owner", True),
        ([], f"{GIT}/shop.git", False),
        (["git@git.example.com:shop.git"], f"{GIT}/shop.git", False),
    ],
)
def test_a_source_must_match_some_entry(repositories: Sequence[str], url: str, expected: bool) -> None:
    assert is_source_permitted(repositories, url) is expected


@pytest.mark.parametrize(
    ("repositories", "url", "expected"),
    [
        ([f"!{GIT}/shop.git"], f"{GIT}/shop.git", False),
        ([f"!{GIT}/shop.git"], f"{GIT}/bakery.git", True),
        ([f"!{GIT}/teams/*", "*"], f"{GIT}/teams/shop.git", False),
        ([f"{GIT}/one.git", f"!{GIT}/two.git"], f"{GIT}/two.git", False),
        ([f"!{GIT}/group/**"], f"{GIT}/group/sub/repo/owner", False),
        ([f"!{GIT}/teams/*.git", "*"], f"{GIT}/teams1/shop.git", True),
    ],
)
def test_an_entry_may_deny_a_source(repositories: Sequence[str], url: str, expected: bool) -> None:
    assert is_source_permitted(repositories, url) is expected


def test_what_is_rewritten_in_ways_not_followed_counts_as_permitted() -> None:
    assert is_source_permitted([f"{GIT}/{{shop,bakery}}"], f"{GIT}/till") is True


@pytest.mark.parametrize(
    ("entries", "target", "namespace", "expected"),
    [
        ([("", HERE.server, "shop")], HERE, "shop", True),
        ([("", HERE.server, "shop")], HERE, "kube-system", False),
        ([("", "https://other", "shop")], HERE, "shop", False),
        ([("", HERE.server, "*")], HERE, "kube-system", True),
        ([("", "https://*.default.svc", "shop")], HERE, "shop", True),
        ([("", "https://team1-*", "shop")], Target("dev", "https://team2-dev"), "shop", False),
        ([("", HERE.server, "shop-*")], HERE, "shop-eu", True),
        ([("", HERE.server, "shop-*")], HERE, "shop", False),
        ([("", "*", "*")], HERE, "shop", True),
        ([("in-cluster", "", "*")], HERE, "shop", True),
        ([("other", "", "*")], HERE, "shop", False),
        ([("", HERE.server, "*")], HERE, "", True),
        ([("", HERE.server, "shop")], HERE, "", False),
        (
            [("host", HERE.server, "!{kube-system,argocd}"), ("one", "https://one", "*")],
            Target("one", "https://one"),
            "kube-system",
            True,
        ),
        ([], HERE, "shop", False),
    ],
)
def test_a_destination_must_match_some_entry(
    entries: Sequence[tuple[str, str, str]], target: Target, namespace: str, expected: bool
) -> None:
    assert is_destination_permitted(destinations(entries), target, namespace) is expected


@pytest.mark.parametrize(
    ("entries", "target", "namespace", "expected"),
    [
        ([("", f"!{HERE.server}", "shop")], HERE, "shop", False),
        ([("", HERE.server, "!shop")], HERE, "kube-system", True),
        ([("", "!https://other", "shop")], HERE, "shop", True),
        ([("", f"!{HERE.server}", "*")], HERE, "kube-system", False),
        ([("", HERE.server, "!test-*")], HERE, "test-foo", False),
        ([("", HERE.server, "!test-*")], HERE, "test", True),
        ([("!in-cluster", "", "*")], HERE, "shop", False),
        ([("!other", "", "*")], HERE, "shop", True),
        ([("", "*", "kube-system"), ("", "*", "!kube-system")], HERE, "kube-system", False),
        ([("", "*", "*"), ("", "*", "!kube-system")], HERE, "kube-system", False),
        ([("", HERE.server, "*"), ("", f"!{HERE.server}", "*")], HERE, "kube-system", False),
        ([("", "*", "*"), ("", f"!{HERE.server}", "kube-system")], HERE, "kube-system", False),
        ([("", "*", "*"), ("", f"!{HERE.server}", "kube-system")], HERE, "default", True),
        ([("", "*", "test"), ("", f"!{HERE.server}", "other")], HERE, "test", True),
        ([("", "*", "*"), ("", "https://one", "!other")], Target("two", "https://two"), "other", True),
    ],
)
def test_an_entry_may_deny_a_destination(
    entries: Sequence[tuple[str, str, str]], target: Target, namespace: str, expected: bool
) -> None:
    assert is_destination_permitted(destinations(entries), target, namespace) is expected


@pytest.mark.parametrize(
    ("entries", "target", "expected"),
    [
        ([("", "https://one", "shop")], Target(name="staging"), True),
        ([("staging", "", "shop")], Target(server="https://one"), True),
        ([("", "https://one", "bakery")], Target(name="staging"), False),
        ([("", "https://one", "shop")], Target(server="https://two"), False),
        ([("", "*", "shop"), ("!production", "", "shop")], Target(server="https://one"), True),
        ([("", "*", "shop"), ("", "!https://one", "shop")], Target(server="https://one"), False),
        ([("*", "", "shop")], Target(server="https://one"), True),
    ],
)
def test_what_only_argo_cd_knows_of_a_cluster_may_be_anything(
    entries: Sequence[tuple[str, str, str]], target: Target, expected: bool
) -> None:
    assert is_destination_permitted(destinations(entries), target, "shop") is expected


def destinations(entries: Sequence[tuple[str, str, str]]) -> list[Mapping[str, Any]]:
    written = (dict(zip(("name", "server", "namespace"), each, strict=True)) for each in entries)
    return [{key: value for key, value in each.items() if value} for each in written]


ANY = {"group": "*", "kind": "*"}
NAMESPACE = {"group": "", "kind": "Namespace"}
DEPLOYMENT = {"group": "apps", "kind": "Deployment"}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, True),
        ({"namespaceResourceWhitelist": None}, True),
        ({"namespaceResourceWhitelist": []}, False),
        ({"namespaceResourceWhitelist": [ANY]}, True),
        ({"namespaceResourceWhitelist": [DEPLOYMENT]}, True),
        ({"namespaceResourceWhitelist": [{"group": "apps", "kind": "Stateful*"}]}, False),
        ({"namespaceResourceWhitelist": [{"group": "extensions", "kind": "Deployment"}]}, False),
        ({"namespaceResourceBlacklist": [DEPLOYMENT]}, False),
        ({"namespaceResourceWhitelist": [ANY], "namespaceResourceBlacklist": [{"group": "a*", "kind": "*"}]}, False),
        ({"namespaceResourceBlacklist": [{"group": "", "kind": "*"}]}, True),
        ({"clusterResourceBlacklist": [ANY]}, True),
    ],
)
def test_a_namespaced_kind(spec: Mapping[str, Any], expected: bool) -> None:
    assert is_kind_permitted(made(**spec), "apps", "Deployment", "web", namespaced=True) is expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, False),
        ({"clusterResourceWhitelist": []}, False),
        ({"clusterResourceWhitelist": [ANY]}, True),
        ({"clusterResourceWhitelist": [NAMESPACE]}, True),
        ({"clusterResourceWhitelist": [{**NAMESPACE, "name": "shop-*"}]}, True),
        ({"clusterResourceWhitelist": [{**NAMESPACE, "name": "bakery-*"}]}, False),
        ({"clusterResourceWhitelist": [ANY], "clusterResourceBlacklist": [NAMESPACE]}, False),
        ({"clusterResourceWhitelist": [ANY], "clusterResourceBlacklist": [{**NAMESPACE, "name": "shop-eu"}]}, False),
        ({"clusterResourceWhitelist": [ANY], "clusterResourceBlacklist": [{**NAMESPACE, "name": "other"}]}, True),
        ({"namespaceResourceWhitelist": [ANY]}, False),
    ],
)
def test_a_cluster_scoped_kind(spec: Mapping[str, Any], expected: bool) -> None:
    assert is_kind_permitted(made(**spec), "", "Namespace", "shop-eu", namespaced=False) is expected


def test_names_of_kinds_count_since_3_3() -> None:
    spec = {"clusterResourceWhitelist": [{**NAMESPACE, "name": "bakery"}]}

    assert is_kind_permitted(made(version=(3, 2), **spec), "", "Namespace", "shop", namespaced=False) is True
    assert is_kind_permitted(made(version=(3, 3), **spec), "", "Namespace", "shop", namespaced=False) is False


def test_all_projects_of_a_name() -> None:
    first, other, second = resource("shop"), resource("bakery"), resource("shop")

    assert [each.resource for each in named([first, other, second], "shop")] == [first, second]
