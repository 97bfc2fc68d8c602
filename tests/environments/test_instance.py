"""What is known of the Argo CD whose Applications are here."""

from typing import Any

import pytest


def settings(text: str, name: str = "argocd-cm") -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: argocd}}\ndata: {{{text}}}\n"


def instance(world: Any, **config: Any) -> tuple[object, ...]:
    world.write({"apps/web.yaml": world.application("web", "web", "web"), "web/s.yaml": world.service("web")})
    found = {each.instance for each in map(_Hashed, world.survey(**config).environments)}
    ((version, tracking, label, seen),) = found
    return version, tracking, label, seen


class _Hashed:
    """An environment's Argo CD, as values."""

    def __init__(self, environment: Any) -> None:
        one = environment.instance
        seen = None if one.settings is None else tuple(sorted(one.settings.items()))
        self.instance = (one.version, one.tracking, one.label, seen)


@pytest.mark.parametrize(
    ("written", "version", "tracking"), [("3.5", (3, 5), "annotation"), ("v2.14.3", (2, 14), "label")]
)
def test_defaults_are_those_of_the_version(world: Any, written: str, version: tuple[int, int], tracking: str) -> None:
    found = instance(world, argocd_version=written)
    assert found == (version, tracking, "app.kubernetes.io/instance", None)


def test_its_config_map_says_how_it_tracks(world: Any) -> None:
    world.write({"argocd/a.yaml": settings("application.resourceTrackingMethod: label")})
    seen = (("application.resourceTrackingMethod", "label"),)
    assert instance(world) == ((3, 6), "label", "app.kubernetes.io/instance", seen)


def test_its_config_map_may_name_another_label(world: Any) -> None:
    world.write({"argocd/a.yaml": settings("application.instanceLabelKey: example.com/app")})
    seen = (("application.instanceLabelKey", "example.com/app"),)
    assert instance(world) == ((3, 6), "annotation", "example.com/app", seen)


def test_of_two_that_differ_none_counts(world: Any) -> None:
    world.write({"a/a.yaml": settings("application.resourceTrackingMethod: label"), "b/b.yaml": settings("")})
    assert instance(world) == ((3, 6), "annotation", "app.kubernetes.io/instance", None)
